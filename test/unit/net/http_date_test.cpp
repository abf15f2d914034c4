#include "net/http_date.h"

#include <catch2/catch.hpp>
#include <chrono>

namespace net {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const HttpTime kEarlyMarch = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + hours{5};

TEST_CASE("Retry-After is read as seconds or as a date and never turns negative") {
  const HttpTime now = kEarlyMarch + minutes{6} + seconds{7};
  CHECK(parse_retry_after("7", now) == seconds{7});
  CHECK(parse_retry_after("0", now) == seconds{0});
  CHECK(parse_retry_after("Wed, 04 Mar 2026 05:06:37 GMT", now) == seconds{30});
  CHECK(parse_retry_after("Wed, 04 Mar 2026 05:00:00 GMT", now) == seconds{0});
  CHECK(parse_retry_after("-7", now) == std::nullopt);
  CHECK(parse_retry_after("soon", now) == std::nullopt);
  CHECK(parse_retry_after("", now) == std::nullopt);
}

TEST_CASE("only the date form that servers must send is read") {
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") ==
        std::chrono::sys_days{std::chrono::year{1994} / 11 / 6} + hours{8} + minutes{49} + seconds{37});
  CHECK(http_date(std::chrono::floor<seconds>(kEarlyMarch)) == "Wed, 04 Mar 2026 05:00:00 GMT");
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == std::nullopt);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994") == std::nullopt);
  CHECK(parse_http_date("Sun, 31 Feb 1994 08:49:37 GMT") == std::nullopt);
  CHECK(parse_http_date("Sun, 06 Nov 1994 25:49:37 GMT") == std::nullopt);
  CHECK(parse_http_date("Sun, 06 Nov 19x4 08:49:37 GMT") == std::nullopt);
}

}  // namespace
}  // namespace net
