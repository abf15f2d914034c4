#include "app/http/access.h"

#include <catch2/catch.hpp>
#include <string>

namespace roadmap::app {
namespace {

class TickingClock : public Clock {
 public:
  UtcTime now() const override { return {}; }
  std::chrono::steady_clock::time_point steady_now() const override { return now_; }
  void advance(std::chrono::seconds by) { now_ += by; }

 private:
  std::chrono::steady_clock::time_point now_{std::chrono::hours{1}};
};

using Verdict = SecretCheck::Verdict;

}  // namespace

TEST_CASE("the secret and the previous one are right, others are wrong") {
  TickingClock clock;
  SecretCheck check("new-secret", "old-secret", clock);
  CHECK(check.check("new-secret", "a") == Verdict::kGranted);
  CHECK(check.check("old-secret", "a") == Verdict::kGranted);
  CHECK(check.check("new-secre", "a") == Verdict::kWrong);
  CHECK(check.check("", "a") == Verdict::kWrong);
  CHECK(check.check(std::nullopt, "a") == Verdict::kMissing);
}

TEST_CASE("an empty previous secret is no secret") {
  TickingClock clock;
  SecretCheck check("secret", "", clock);
  CHECK(check.check("", "a") == Verdict::kWrong);
}

TEST_CASE("without any secret everybody is let in") {
  TickingClock clock;
  SecretCheck check("", "", clock);
  CHECK_FALSE(check.has_secret());
  CHECK(check.check(std::nullopt, "a") == Verdict::kGranted);
}

TEST_CASE("wrong secrets of one address are throttled for a minute, right ones never") {
  TickingClock clock;
  SecretCheck check("secret", "", clock);
  for (std::size_t i = 0; i < SecretCheck::kMaxWrong; ++i)
    CHECK(check.check("guess", "1.2.3.4") == Verdict::kWrong);
  CHECK(check.check("guess", "1.2.3.4") == Verdict::kThrottled);
  CHECK(check.check("secret", "1.2.3.4") == Verdict::kGranted);
  CHECK(check.check("guess", "1.2.3.5") == Verdict::kWrong);
  clock.advance(std::chrono::seconds{59});
  CHECK(check.check("guess", "1.2.3.4") == Verdict::kThrottled);
  clock.advance(std::chrono::seconds{1});
  CHECK(check.check("guess", "1.2.3.4") == Verdict::kWrong);
}

TEST_CASE("requests without a secret do not count as guesses") {
  TickingClock clock;
  SecretCheck check("secret", "", clock);
  for (int i = 0; i < 50; ++i)
    CHECK(check.check(std::nullopt, "1.2.3.4") == Verdict::kMissing);
  CHECK(check.check("guess", "1.2.3.4") == Verdict::kWrong);
}

TEST_CASE("guesses from very many addresses do not fill the memory") {
  TickingClock clock;
  SecretCheck check("secret", "", clock);
  for (std::size_t i = 0; i < SecretCheck::kMaxAddresses + 10; ++i)
    CHECK(check.check("guess", std::to_string(i)) == Verdict::kWrong);
  CHECK(check.check("secret", "0") == Verdict::kGranted);
}

}  // namespace roadmap::app
