#include "net/http_message.h"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <chrono>

namespace net {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("header names compare without case and keep their order") {
  Headers headers{{"Content-Type", "text/plain"}, {"X-A", "1"}};
  headers.add("x-a", "2");
  CHECK(headers.get("content-TYPE") == "text/plain");
  CHECK(headers.get("X-a") == "1");
  CHECK_FALSE(headers.get("X-B"));
  headers.set("X-A", "3");
  CHECK(headers.get("x-a") == "3");
  CHECK(std::distance(headers.begin(), headers.end()) == 2);
}

TEST_CASE("a malformed escape is kept as it stands") {
  CHECK(percent_decode("a%2Fb") == "a/b");
  CHECK(percent_decode("a+b") == "a+b");
  CHECK(percent_decode("%") == "%");
  CHECK(percent_decode("%4") == "%4");
  CHECK(percent_decode("%zz%41") == "%zzA");
}

TEST_CASE("any text survives escaping and unescaping") {
  CHECK(rc::check([](const std::string& text) { RC_ASSERT(percent_decode(percent_encode(text)) == text); }));
}

TEST_CASE("an escaped text holds unreserved characters and escapes only") {
  CHECK(percent_encode("a B/ü~") == "a%20B%2F%C3%BC~");
}

TEST_CASE("a query keeps order and repeats, and reads '+' as a blank") {
  const auto pairs = parse_query("a=1&b=x+y%26&&a=2&flag&e=");
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"a", "1"}, {"b", "x y&"}, {"a", "2"}, {"flag", ""}, {"e", ""}};
  CHECK(pairs == expected);
}

TEST_CASE("param finds the first value of a name") {
  HttpRequest request;
  request.query = parse_query("ranges=A1&ranges=B2");
  CHECK(request.param("ranges") == "A1");
  CHECK_FALSE(request.param("range"));
}

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
