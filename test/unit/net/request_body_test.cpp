#include "net/request_body.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "gzip.h"

namespace net {
namespace {

struct BodyRead {
  bool has_come = false;
  std::optional<Refusal> refusal;
  std::string body;
  std::string left_over;
};

// What is made of `wire`, which arrives in pieces of `piece` bytes.
BodyRead read_from_wire(const std::string& wire, BodyFraming framing, std::string_view encoding,
                        std::size_t limit = 1u << 20, std::size_t piece = 65536) {
  BodyRead read;
  ChunkScan scan;
  std::string_view arrived;
  do {
    arrived = std::string_view(wire).substr(0, arrived.size() + piece);
    read.has_come = body_has_come(arrived, framing, limit, scan);
  } while (!read.has_come && arrived.size() < wire.size());
  if (!read.has_come) return read;
  std::size_t taken = 0;
  read.refusal = take_body(arrived, framing, encoding, limit, read.body, taken);
  if (!read.refusal) read.left_over = wire.substr(taken);
  return read;
}

constexpr BodyFraming kChunked{BodyFraming::Kind::kChunked, 0};
BodyFraming of_length(std::size_t bytes) { return {BodyFraming::Kind::kLength, bytes}; }

TEST_CASE("a body arrives whole however it is cut into chunks and packets") {
  CHECK(rc::check([](const std::vector<std::string>& parts) {
    const auto piece = *rc::gen::inRange<std::size_t>(1, 40);
    std::string wire;
    std::string expected;
    for (const std::string& part : parts) {
      if (part.empty()) continue;
      wire += test::chunk(part);
      expected += part;
    }
    const BodyRead read = read_from_wire(wire + "0\r\n\r\n", kChunked, "", 1u << 20, piece);
    RC_ASSERT(!read.refusal);
    RC_ASSERT(read.body == expected);
  }));
}

TEST_CASE("any compressed body is delivered as it was before compression") {
  CHECK(rc::check([](const std::string& text) {
    const std::string packed = test::gzip(text);
    const auto piece = *rc::gen::inRange<std::size_t>(1, 40);
    const BodyRead read = read_from_wire(packed, of_length(packed.size()), "gzip", 1u << 20, piece);
    RC_ASSERT(!read.refusal);
    RC_ASSERT(read.body == text);
  }));
}

TEST_CASE("a body takes what belongs to it and leaves the next request alone") {
  const BodyRead by_length = read_from_wire("helloGET /", of_length(5), "");
  CHECK(by_length.body == "hello");
  CHECK(by_length.left_over == "GET /");
  const BodyRead chunked = read_from_wire("2;ext=1\r\nhi\r\n0\r\nTrailer: x\r\n\r\nGET /", kChunked, "");
  CHECK_FALSE(chunked.refusal);
  CHECK(chunked.body == "hi");
  CHECK(chunked.left_over == "GET /");
}

TEST_CASE("a body of exactly the limit is taken and one byte more is refused with 413") {
  const std::string text(1000, 'x');
  const std::string packed = test::gzip(text);
  const auto check = [&](const std::string& wire, BodyFraming framing, std::string_view encoding) {
    CHECK_FALSE(read_from_wire(wire, framing, encoding, 1000).refusal);
    const auto refused = read_from_wire(wire, framing, encoding, 999).refusal;
    REQUIRE(refused);
    CHECK(refused->status == 413);
  };
  check(text, of_length(1000), "");
  check(test::chunk(text) + "0\r\n\r\n", kChunked, "");
  check(packed, of_length(packed.size()), "gzip");
  check(test::chunk(packed) + "0\r\n\r\n", kChunked, "gzip");
}

TEST_CASE("malformed chunks are refused with 400") {
  const std::string wire = GENERATE(as<std::string>{}, "x\r\n", "-1\r\n", "0x5\r\nhello\r\n", "\r\n", " \r\n",
                                    "5\r\nhelloo\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n",
                                    "ffffffffffffffff\r\n", "+5\r\nhello\r\n0\r\n\r\n");
  CAPTURE(wire);
  const auto refusal = read_from_wire(wire, kChunked, "").refusal;
  REQUIRE(refusal);
  CHECK(refusal->status == 400);
}

TEST_CASE("endless chunk extensions and trailers are refused with 400") {
  CHECK(read_from_wire("5;" + std::string(100000, 'e'), kChunked, "").refusal->status == 400);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 1000; ++i)
    trailers += "A: b\r\n";
  CHECK(read_from_wire(trailers + "\r\n", kChunked, "").refusal->status == 400);
}

TEST_CASE("extensions of all chunks together have a limit, beside which a body may be cut as it likes") {
  const auto refusal_of = [](std::size_t chunks, const std::string& extension, std::size_t piece = 65536) {
    std::string wire;
    for (std::size_t i = 0; i < chunks; ++i)
      wire += "1" + extension + "\r\nx\r\n";
    return read_from_wire(wire + "0\r\n\r\n", kChunked, "", 100000, piece).refusal.value_or(Refusal{200, {}});
  };
  CHECK(refusal_of(100000, "").status == 200);
  // 655 bytes a chunk that nobody needs: 100 of them stay below the limit.
  const std::string extension = ";" + std::string(654, 'e');
  for (const std::size_t piece : {1000u, 65536u}) {
    CHECK(refusal_of(100, extension, piece).status == 200);
    CHECK(refusal_of(101, extension, piece).status == 400);
  }
  CHECK(refusal_of(101, extension).detail ==
        "chunk extensions and trailers exceed 65536 bytes; send the body without them");
}

TEST_CASE("damaged compressed bodies are refused with 400") {
  const std::string packed = test::gzip(std::string(5000, 'x'));
  const auto status = [](const std::string& wire) {
    return read_from_wire(wire, of_length(wire.size()), "gzip").refusal.value_or(Refusal{200, {}}).status;
  };
  CHECK(status(packed) == 200);
  CHECK(status(packed.substr(0, packed.size() - 1)) == 400);
  CHECK(status(packed + "more") == 400);
  CHECK(status("not compressed at all") == 400);
  CHECK(status("") == 200);
}

TEST_CASE("an unknown content encoding is refused with 415") {
  CHECK(read_from_wire("x", of_length(1), "br").refusal->status == 415);
}

TEST_CASE("a body is waited for as long as it may still become whole") {
  CHECK_FALSE(read_from_wire("hel", of_length(5), "").has_come);
  for (const char* wire :
       {"", "5", "5\r", "5\r\n", "5\r\nhel", "5\r\nhello", "5\r\nhello\r\n0\r\n", "0\r\nTrailer: x\r\n"}) {
    CAPTURE(wire);
    CHECK_FALSE(read_from_wire(wire, kChunked, "").has_come);
  }
}

TEST_CASE("a chunk's line and a trailer have the same limit however they arrive") {
  for (const std::size_t piece : {1u, 100u, 65536u}) {
    CAPTURE(piece);
    const auto status = [&](const std::string& wire) {
      return read_from_wire(wire, kChunked, "", 1u << 20, piece).refusal.value_or(Refusal{200, {}}).status;
    };
    CHECK(status("5;" + std::string(1000, 'e') + "\r\nhello\r\n0\r\n\r\n") == 200);
    CHECK(status("5;" + std::string(1100, 'e') + "\r\nhello\r\n0\r\n\r\n") == 400);
    CHECK(status("0\r\nA: " + std::string(1000, 'b') + "\r\n\r\n") == 200);
    CHECK(status("0\r\nA: " + std::string(1100, 'b') + "\r\n\r\n") == 400);
  }
}

}  // namespace
}  // namespace net
