#pragma once

#include <chrono>
#include <string>

namespace roadmap {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

// Wall and steady time. Implementations are safe to call from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcTime now() const = 0;
  virtual std::chrono::steady_clock::time_point steady_now() const = 0;
};

class SystemClock : public Clock {
 public:
  UtcTime now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  std::chrono::steady_clock::time_point steady_now() const override {
    return std::chrono::steady_clock::now();
  }
};

// "2026-01-02T03:04:05.678Z": how every time is stored, logged and written to a sheet.
std::string to_iso8601(UtcTime time);
// "20260102T030405Z", as in names.
std::string to_compact_time(UtcTime time);
// The inverse of to_iso8601; milliseconds may be missing. Throws std::invalid_argument for anything else.
UtcTime from_iso8601(const std::string& text);

}  // namespace roadmap
