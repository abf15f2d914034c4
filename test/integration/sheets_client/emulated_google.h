#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/run/waiter.h"
#include "net/http_client.h"
#include "sheets_client/emulator/emulator.h"
#include "sheets_client/google_sheets.h"

namespace sheets::testing {

// The system's clock, moved by as much as a test wants.
class MovableClock : public roadmap::SystemClock {
 public:
  roadmap::UtcTime now() const override { return SystemClock::now() + offset_.load() + passed_.load(); }
  std::chrono::steady_clock::time_point steady_now() const override {
    return SystemClock::steady_now() + passed_.load();
  }
  void move(std::chrono::seconds by) { offset_ = offset_.load() + by; }  // the wall time alone is set
  void pass(std::chrono::seconds by) { passed_ = passed_.load() + by; }  // time goes by

 private:
  std::atomic<std::chrono::seconds> offset_{std::chrono::seconds{0}};
  std::atomic<std::chrono::seconds> passed_{std::chrono::seconds{0}};
};

// Notes how long it was to wait, and does not.
class ImpatientWaiter : public roadmap::Waiter {
 public:
  void wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token&) override {
    const std::lock_guard lock(mutex_);
    waits_.push_back(moment - std::chrono::steady_clock::now());
  }
  std::vector<std::chrono::steady_clock::duration> waits() const {
    const std::lock_guard lock(mutex_);
    return waits_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::chrono::steady_clock::duration> waits_;
};

// The emulator on a port of its own and the whole client before it: curl, signed assertions, tokens.
class EmulatedGoogle {
 public:
  explicit EmulatedGoogle(ClientOptions options = {}, emulator::EmulatorOptions emulator_options = {});

  // POST to the test endpoints: fault({"method": …}).
  void control(const std::string& path, const std::string& body);
  void fault(const std::string& description) { control("faults", description); }
  // Calls of a method since the last reset_calls.
  int calls(const std::string& method);
  void reset_calls() { control("calls/reset", ""); }

  // A workbook with the tab "Backlog" (20 × 6): a header, the keys K1 … K5 in A, "old" in B.
  void make_backlog(const std::string& id);
  std::vector<roadmap::CellRow> backlog(const std::string& id);

  MovableClock google_clock;
  MovableClock own_clock;
  emulator::EmulatorServer server;
  net::HttpClient transport{"integration-test/1"};
  ImpatientWaiter waiter;
  roadmap::Backoff backoff;
  std::unique_ptr<CachedTokens> tokens;
  std::unique_ptr<GoogleSheets> sheets;
  roadmap::RunControl run;
};

}  // namespace sheets::testing
