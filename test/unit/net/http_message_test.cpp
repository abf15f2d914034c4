#include "net/http_message.h"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

namespace net {
namespace {

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

}  // namespace
}  // namespace net
