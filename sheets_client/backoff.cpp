#include "sheets_client/backoff.h"

#include <algorithm>
#include <charconv>
#include <random>

#include "sheets_client/http_date.h"

namespace sheets {

using std::chrono::milliseconds;

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

std::optional<milliseconds> parse_retry_after(std::string_view text, roadmap::UtcTime now) {
  if (const auto date = parse_http_date(text)) return std::max(milliseconds{0}, milliseconds{*date - now});
  unsigned seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return std::chrono::seconds{seconds};
}

Backoff::Backoff(int max_retries, const roadmap::Clock& clock, Waiter& waiter, RandomFraction random)
    : max_retries_(max_retries), clock_(clock), waiter_(waiter), random_(std::move(random)) {}

bool Backoff::wait_before_retry(int attempt, milliseconds unit, std::optional<milliseconds> retry_after,
                                std::string_view label, const roadmap::RunControl& control) {
  const milliseconds at_least = retry_after.value_or(milliseconds{0});
  if (attempt >= max_retries_ || at_least > kMaxRetryAfter) return false;
  const auto until = clock_.steady_now() + std::max(at_least, full_jitter(attempt, unit, random_()));
  if (until >= control.deadline) return false;
  wait_labelled(waiter_, clock_, until, label, control);
  return true;
}

void Backoff::wait(int attempt, milliseconds at_least, const roadmap::RunControl& control) {
  check_stopped(control, clock_);
  const milliseconds pause =
      std::max(std::min(at_least, kMaxRetryAfter), full_jitter(attempt, kBackoffUnit, random_()));
  const auto until = clock_.steady_now() + pause;
  if (until >= control.deadline) throw roadmap::RunStopped(roadmap::StopReason::kDeadline);
  wait_labelled(waiter_, clock_, until, kRetryLabel, control);
}

}  // namespace sheets
