#include "core/run/backoff.h"

#include <algorithm>
#include <random>

namespace roadmap {

namespace {

using std::chrono::milliseconds;

}  // namespace

RandomFraction system_random() {
  return [] {
    thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>{0.0, 1.0}(engine);
  };
}

milliseconds full_jitter(int attempt, milliseconds unit, double fraction) {
  constexpr int kMaxDoublings = 16;  // beyond kMaxBackoff for any unit of a millisecond or more
  const milliseconds most = std::min(kMaxBackoff, unit * (1 << std::clamp(attempt, 0, kMaxDoublings)));
  return milliseconds{static_cast<milliseconds::rep>(static_cast<double>(most.count()) * fraction)};
}

Backoff::Backoff(int max_retries, const Clock& clock, Waiter& waiter, RandomFraction random)
    : max_retries_(max_retries), clock_(clock), waiter_(waiter), random_(std::move(random)) {}

bool Backoff::wait_before_retry(int attempt, milliseconds unit, std::optional<milliseconds> retry_after,
                                std::string_view label, const RunControl& control) {
  const milliseconds at_least = retry_after.value_or(milliseconds{0});
  if (attempt >= max_retries_ || at_least > kMaxRetryAfter) return false;
  const auto until = clock_.steady_now() + std::max(at_least, full_jitter(attempt, unit, random_()));
  if (until >= control.deadline) return false;
  wait_labelled(waiter_, clock_, until, label, control);
  return true;
}

void Backoff::wait(int attempt, milliseconds at_least, std::string_view label, const RunControl& control) {
  control.check(clock_.steady_now());
  const milliseconds pause =
      std::max(std::min(at_least, kMaxRetryAfter), full_jitter(attempt, kBackoffUnit, random_()));
  const auto until = clock_.steady_now() + pause;
  if (until >= control.deadline) throw RunStopped(StopReason::kDeadline);
  wait_labelled(waiter_, clock_, until, label, control);
}

}  // namespace roadmap
