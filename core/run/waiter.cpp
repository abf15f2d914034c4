#include "core/run/waiter.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <utility>

namespace roadmap {
namespace {

using std::chrono::milliseconds;

}  // namespace

void ThreadWaiter::wait_until(std::chrono::steady_clock::time_point moment, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  // cppcheck-suppress localMutex; nobody else takes it: only the time or the stop ends the wait
  std::unique_lock lock(mutex);
  woken.wait_until(lock, stop, moment, [] { return false; });
}

void wait_labelled(Waiter& waiter, const Clock& clock, std::chrono::steady_clock::time_point moment,
                   std::string_view label, const RunControl& control) {
  control.on_wait(label);
  waiter.wait_until(std::min(moment, control.deadline), control.stop);
  control.on_wait("");
  control.check(clock.steady_now());
}

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
