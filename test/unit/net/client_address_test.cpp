#include "net/client_address.h"

#include <catch2/catch.hpp>

using namespace net;

TEST_CASE("a proxy is trusted by its address, however that is spelt") {
  CHECK(is_trusted_proxy("10.0.0.1", {"127.0.0.1", " ::ffff:10.0.0.1"}));
  CHECK(is_trusted_proxy("::1", {"0:0:0:0:0:0:0:1"}));
  CHECK_FALSE(is_trusted_proxy("10.0.0.2", {"127.0.0.1", "10.0.0.1"}));
}

TEST_CASE("a peer that has left is no trusted proxy, whatever the list holds") {
  CHECK_FALSE(is_trusted_proxy("", {"proxy.example", "10.0.0.0/8", ""}));
  Headers fields;
  fields.add("X-Forwarded-For", "10.9.9.9");
  fields.add("X-Forwarded-Proto", "https");
  CHECK(client_address("", fields, {"proxy.example"}).empty());
  CHECK_FALSE(client_spoke_tls("", fields, {"proxy.example"}));
}

TEST_CASE("only names of this machine are loopback") {
  for (const char* host : {"127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"}) {
    CAPTURE(host);
    CHECK(is_loopback(host));
  }
  for (const char* host : {"", "0.0.0.0", "::", "128.0.0.1", "127.", "127.1", "127.0.0.1.1", "127.0.0.256",
                           "127.example.com", "localhost.example.com"}) {
    CAPTURE(host);
    CHECK_FALSE(is_loopback(host));
  }
}

TEST_CASE("an address has neither a name nor a port nor a mask") {
  CHECK(is_address("192.0.2.7"));
  CHECK(is_address("2001:db8::1"));
  for (const char* text : {"", "localhost", "192.0.2.7:80", "10.0.0.0/8", "[::1]"}) {
    CAPTURE(text);
    CHECK_FALSE(is_address(text));
  }
}
