#include "core/run/backoff.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "fakes.h"
#include "net/http_date.h"
#include "sheets_client/google_waits.h"

namespace sheets {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("full jitter doubles its upper end and stops at a minute or so") {
  CHECK(roadmap::full_jitter(0, roadmap::kBackoffUnit, 0.999999) == milliseconds{999});
  CHECK(roadmap::full_jitter(3, roadmap::kBackoffUnit, 0.5) == milliseconds{4000});
  CHECK(roadmap::full_jitter(3, roadmap::kBackoffUnit, 0.0) == milliseconds{0});
  CHECK(roadmap::full_jitter(50, kQuotaBackoffUnit, 0.5) == roadmap::kMaxBackoff / 2);
  CHECK(rc::check([] {
    const int attempt = *rc::gen::inRange(-3, 1000);
    const double fraction = *rc::gen::inRange(0, 1000) / 1000.0;
    const milliseconds wait = roadmap::full_jitter(attempt, roadmap::kBackoffUnit, fraction);
    RC_ASSERT(wait >= milliseconds{0});
    RC_ASSERT(wait <= roadmap::kMaxBackoff);
  }));
}

TEST_CASE("the system's random numbers stay within 0 and 1 and differ") {
  const roadmap::RandomFraction random = roadmap::system_random();
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

TEST_CASE("Retry-After is read as seconds or as a date and never turns negative") {
  const roadmap::UtcTime now = roadmap::from_iso8601("2026-03-04T05:06:07Z");
  CHECK(net::parse_retry_after("7", now) == seconds{7});
  CHECK(net::parse_retry_after("0", now) == seconds{0});
  CHECK(net::parse_retry_after("Wed, 04 Mar 2026 05:06:37 GMT", now) == seconds{30});
  CHECK(net::parse_retry_after("Wed, 04 Mar 2026 05:00:00 GMT", now) == seconds{0});
  CHECK(net::parse_retry_after("-7", now) == std::nullopt);
  CHECK(net::parse_retry_after("soon", now) == std::nullopt);
  CHECK(net::parse_retry_after("", now) == std::nullopt);
}

TEST_CASE("only the date form that servers must send is read") {
  CHECK(net::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") ==
        roadmap::from_iso8601("1994-11-06T08:49:37Z"));
  CHECK(net::http_date(std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + std::chrono::hours{5}) ==
        "Wed, 04 Mar 2026 05:00:00 GMT");
  CHECK(net::parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == std::nullopt);
  CHECK(net::parse_http_date("Sun Nov  6 08:49:37 1994") == std::nullopt);
  CHECK(net::parse_http_date("Sun, 31 Feb 1994 08:49:37 GMT") == std::nullopt);
  CHECK(net::parse_http_date("Sun, 06 Nov 1994 25:49:37 GMT") == std::nullopt);
  CHECK(net::parse_http_date("Sun, 06 Nov 19x4 08:49:37 GMT") == std::nullopt);
}

TEST_CASE("retries end with their number, with the deadline and with a server that wants too much patience") {
  testing::FakeTime time;
  roadmap::Backoff backoff(2, time, time, [] { return 1.0; });
  roadmap::RunControl control;
  const auto retry = [&](int attempt, std::optional<milliseconds> retry_after = {}) {
    return backoff.wait_before_retry(attempt, roadmap::kBackoffUnit, retry_after, kRetryLabel, control);
  };
  CHECK(retry(0));
  CHECK(retry(1, seconds{20}));
  CHECK_FALSE(retry(2));
  CHECK_FALSE(retry(0, roadmap::kMaxRetryAfter + seconds{1}));
  CHECK(time.waits() == std::vector<milliseconds>{seconds{1}, seconds{20}});
  control.deadline = time.steady_now() + milliseconds{1500};
  CHECK(retry(0));
  CHECK_FALSE(retry(0));
}

TEST_CASE("backing off before a lost write is planned again honours the least wait and the deadline") {
  testing::FakeTime time;
  roadmap::Backoff backoff(5, time, time, [] { return 0.5; });
  roadmap::RunControl control;
  backoff.wait(2, milliseconds{0}, kRetryLabel, control);
  backoff.wait(0, seconds{9}, kRetryLabel, control);
  CHECK(time.waits() == std::vector<milliseconds>{seconds{2}, seconds{9}});
  control.deadline = time.steady_now() + seconds{3};
  CHECK_THROWS_AS(backoff.wait(0, seconds{9}, kRetryLabel, control), roadmap::RunStopped);
  CHECK(time.waits().size() == 2);
}

}  // namespace
}  // namespace sheets
