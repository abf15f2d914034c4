#include "sheets_client/limiter.h"

#include <algorithm>
#include <stdexcept>

namespace sheets {
namespace {

constexpr std::chrono::seconds kWindow{60};

std::size_t checked_rate(int per_minute) {
  if (per_minute < 1 || per_minute > kMaxCallsPerMinute)
    throw std::invalid_argument("a limit of " + std::to_string(per_minute) + " calls a minute is not 1 to " +
                                std::to_string(kMaxCallsPerMinute));
  return static_cast<std::size_t>(per_minute);
}

}  // namespace

CallLimiter::CallLimiter(int per_minute, const roadmap::Clock& clock, roadmap::Waiter& waiter)
    : per_minute_(checked_rate(per_minute)), clock_(clock), waiter_(waiter) {}

std::optional<std::chrono::milliseconds> CallLimiter::acquire(const roadmap::RunControl& control) {
  control.check(clock_.steady_now());
  const Moment asked = clock_.steady_now();
  const std::optional<Moment> turn = take_turn(asked, control.deadline);
  if (!turn) return std::nullopt;
  if (*turn <= asked) return std::chrono::milliseconds{0};
  try {
    roadmap::wait_labelled(waiter_, clock_, *turn, kQuotaLabel, control);
  } catch (...) {
    give_back(*turn);
    throw;
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady_now() - asked);
}

std::optional<CallLimiter::Moment> CallLimiter::take_turn(Moment now, Moment deadline) {
  const std::lock_guard lock(mutex_);
  while (!turns_.empty() && turns_.front() + kWindow <= now)
    turns_.pop_front();
  Moment turn = now;
  if (turns_.size() >= per_minute_) turn = std::max(now, turns_[turns_.size() - per_minute_] + kWindow);
  if (turn >= deadline) return std::nullopt;
  turns_.insert(std::upper_bound(turns_.begin(), turns_.end(), turn), turn);
  return turn;
}

void CallLimiter::give_back(Moment turn) {
  const std::lock_guard lock(mutex_);
  const auto found = std::lower_bound(turns_.begin(), turns_.end(), turn);
  if (found != turns_.end() && *found == turn) turns_.erase(found);
}

int CallLimiter::in_use() const {
  const std::lock_guard lock(mutex_);
  const auto first = std::upper_bound(turns_.begin(), turns_.end(), clock_.steady_now() - kWindow);
  return static_cast<int>(turns_.end() - first);
}

}  // namespace sheets
