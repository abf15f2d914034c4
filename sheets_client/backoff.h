#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

#include "core/clock.h"
#include "core/run_control.h"
#include "sheets_client/waiter.h"

namespace sheets {

// A number in [0, 1), another one each time. Called from many threads.
using RandomFraction = std::function<double()>;
RandomFraction system_random();

inline constexpr std::chrono::milliseconds kBackoffUnit{1000};
// Google's quota comes back within a minute and often without a Retry-After: five tries have to span it.
inline constexpr std::chrono::milliseconds kQuotaBackoffUnit{4000};
inline constexpr std::chrono::milliseconds kMaxBackoff{64000};
// A server that asks for more patience than this is treated as down.
inline constexpr std::chrono::milliseconds kMaxRetryAfter{300000};

// Full jitter: anything from nothing to unit · 2^attempt (attempt 0 is the first retry), at most kMaxBackoff.
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
std::chrono::milliseconds full_jitter(int attempt, std::chrono::milliseconds unit, double fraction);

// Retry-After: seconds, or an HTTP date measured against `now`; never negative. nullopt when it is neither.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view text, roadmap::UtcTime now);

// Waits between tries. Thread safety: safe to call from many threads.
class Backoff {
 public:
  Backoff(int max_retries, const roadmap::Clock& clock, Waiter& waiter, RandomFraction random);

  // Waits before retry number `attempt` (0: the first). False, at once, when retries are used up or the wait
  // would end after control.deadline. Throws RunStopped when stopped while waiting.
  bool wait_before_retry(int attempt, std::chrono::milliseconds unit,
                         std::optional<std::chrono::milliseconds> retry_after, std::string_view label,
                         const roadmap::RunControl& control);

  // Waits around 2^attempt seconds, at least `at_least`; RunStopped at once when that is beyond the deadline.
  void wait(int attempt, std::chrono::milliseconds at_least, const roadmap::RunControl& control);

 private:
  const int max_retries_;
  const roadmap::Clock& clock_;
  Waiter& waiter_;
  RandomFraction random_;
};

}  // namespace sheets
