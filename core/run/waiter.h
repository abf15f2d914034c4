#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "core/clock.h"
#include "core/run/run_control.h"

namespace roadmap {

// How a thread lets time pass; tests let it pass at once. Safe to call from many threads.
class Waiter {
 public:
  virtual ~Waiter() = default;
  // Blocks until that moment, or until stop is requested, which wakes it at once.
  virtual void wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) = 0;
};

class ThreadWaiter : public Waiter {
 public:
  void wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) override;
};

// Waits until that moment, telling control.on_wait the label before and "" after. Throws RunStopped when
// the wait was cut short.
void wait_labelled(Waiter& waiter, const Clock& clock, std::chrono::steady_clock::time_point moment,
                   std::string_view label, const RunControl& control);

// A number in [0, 1), another one each time. Called from many threads.
using RandomFraction = std::function<double()>;
RandomFraction system_random();

inline constexpr std::chrono::milliseconds kBackoffUnit{1000};
inline constexpr std::chrono::milliseconds kMaxBackoff{64000};
// A server that asks for more patience than this is treated as down.
inline constexpr std::chrono::milliseconds kMaxRetryAfter{300000};

// Full jitter: anything from nothing to unit · 2^attempt (attempt 0 is the first retry), at most kMaxBackoff.
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
std::chrono::milliseconds full_jitter(int attempt, std::chrono::milliseconds unit, double fraction);

// Waits between tries. Thread safety: safe to call from many threads.
class Backoff {
 public:
  Backoff(int max_retries, const Clock& clock, Waiter& waiter, RandomFraction random);

  // Waits before retry number `attempt` (0: the first). False, at once, when retries are used up or the wait
  // would end after control.deadline. Throws RunStopped when stopped while waiting.
  bool wait_before_retry(int attempt, std::chrono::milliseconds unit,
                         std::optional<std::chrono::milliseconds> retry_after, std::string_view label,
                         const RunControl& control);

  // Waits around 2^attempt seconds, at least `at_least`; RunStopped at once when that is beyond the deadline.
  void wait(int attempt, std::chrono::milliseconds at_least, std::string_view label,
            const RunControl& control);

 private:
  const int max_retries_;
  const Clock& clock_;
  Waiter& waiter_;
  RandomFraction random_;
};

}  // namespace roadmap
