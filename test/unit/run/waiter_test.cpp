#include "core/run/waiter.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "test/fakes/fake_time.h"

namespace roadmap {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kWaiting = "Waiting to try again";

TEST_CASE("full jitter doubles its upper end and stops at a minute or so") {
  CHECK(full_jitter(0, kBackoffUnit, 0.999999) == milliseconds{999});
  CHECK(full_jitter(3, kBackoffUnit, 0.5) == milliseconds{4000});
  CHECK(full_jitter(3, kBackoffUnit, 0.0) == milliseconds{0});
  CHECK(full_jitter(50, milliseconds{4000}, 0.5) == kMaxBackoff / 2);
  CHECK(rc::check([] {
    const int attempt = *rc::gen::inRange(-3, 1000);
    const double fraction = *rc::gen::inRange(0, 1000) / 1000.0;
    const milliseconds wait = full_jitter(attempt, kBackoffUnit, fraction);
    RC_ASSERT(wait >= milliseconds{0});
    RC_ASSERT(wait <= kMaxBackoff);
  }));
}

TEST_CASE("the system's random numbers stay within 0 and 1 and differ") {
  const RandomFraction random = system_random();
  double least = 1, most = 0;
  for (int i = 0; i < 1000; ++i) {
    const double fraction = random();
    least = std::min(least, fraction);
    most = std::max(most, fraction);
  }
  CHECK(least >= 0.0);
  CHECK(most < 1.0);
  CHECK(most - least > 0.5);
}

TEST_CASE("retries end with their number, with the deadline and with a server that wants too much patience") {
  test::FakeTime time;
  Backoff backoff(2, time, time, [] { return 1.0; });
  RunControl control;
  const auto retry = [&](int attempt, std::optional<milliseconds> retry_after = {}) {
    return backoff.wait_before_retry(attempt, kBackoffUnit, retry_after, kWaiting, control);
  };
  CHECK(retry(0));
  CHECK(retry(1, seconds{20}));
  CHECK_FALSE(retry(2));
  CHECK_FALSE(retry(0, kMaxRetryAfter + seconds{1}));
  CHECK(time.waits() == std::vector<milliseconds>{seconds{1}, seconds{20}});
  control.deadline = time.steady_now() + milliseconds{1500};
  CHECK(retry(0));
  CHECK_FALSE(retry(0));
}

TEST_CASE("backing off before a lost write is planned again honours the least wait and the deadline") {
  test::FakeTime time;
  Backoff backoff(5, time, time, [] { return 0.5; });
  RunControl control;
  backoff.wait(2, milliseconds{0}, kWaiting, control);
  backoff.wait(0, seconds{9}, kWaiting, control);
  CHECK(time.waits() == std::vector<milliseconds>{seconds{2}, seconds{9}});
  control.deadline = time.steady_now() + seconds{3};
  CHECK_THROWS_AS(backoff.wait(0, seconds{9}, kWaiting, control), RunStopped);
  CHECK(time.waits().size() == 2);
}

}  // namespace
}  // namespace roadmap
