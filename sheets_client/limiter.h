#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/clock.h"
#include "core/run/run_control.h"
#include "core/run/waiter.h"

namespace sheets {

// What the progress view says while a call waits.
inline constexpr std::string_view kQuotaLabel = "Waiting for Google's quota";
inline constexpr std::string_view kRetryLabel = "Waiting to try Google Sheets again";

inline constexpr int kMaxCallsPerMinute = 1'000'000;

// At most so many calls in any 60 seconds, wherever Google's own minute begins. Turns are given in the order
// of asking. One for reads and one for writes, shared by all runs.
// Thread safety: safe to call from many threads.
class CallLimiter {
 public:
  // `per_minute`: 1 to kMaxCallsPerMinute, else std::invalid_argument.
  CallLimiter(int per_minute, const roadmap::Clock& clock, roadmap::Waiter& waiter);

  // Blocks until a call may be made and returns how long that took. nullopt, at once and without taking a
  // turn, when the turn would come after control.deadline. Throws RunStopped when stopped while waiting; the
  // turn goes back.
  std::optional<std::chrono::milliseconds> acquire(const roadmap::RunControl& control);

  // Calls made in the last 60 seconds or already given a turn.
  int in_use() const;
  int per_minute() const { return static_cast<int>(per_minute_); }

 private:
  using Moment = std::chrono::steady_clock::time_point;
  std::optional<Moment> take_turn(Moment now, Moment deadline);
  void give_back(Moment turn);

  const std::size_t per_minute_;
  const roadmap::Clock& clock_;
  roadmap::Waiter& waiter_;
  mutable std::mutex mutex_;
  std::deque<Moment> turns_;  // ascending; the last minute's and those still to come
};

}  // namespace sheets
