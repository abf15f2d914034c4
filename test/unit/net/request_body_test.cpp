#include "net/request_body.h"

#include <rapidcheck.h>
#include <sys/socket.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <thread>

#include "gzip.h"

namespace net {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

struct BodyRead {
  std::optional<Refusal> refusal;
  std::string body;
  std::string left_over;
};

// What read_body makes of `wire`, sent by a peer in pieces of `piece` bytes, which then ends its direction.
BodyRead read_from_wire(const std::string& wire, BodyFraming framing, std::string_view encoding,
                        std::size_t limit = 1u << 20, std::size_t piece = 65536) {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  ConnectionSocket socket{FileDescriptor(ends[0])};
  std::thread peer([&wire, piece, fd = ends[1]] {
    const FileDescriptor closing(fd);
    for (std::size_t at = 0; at < wire.size(); at += piece) {
      const std::string bytes = wire.substr(at, piece);
      if (::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return;
    }
  });
  BodyRead read;
  read.refusal = read_body(socket, framing, encoding, limit, steady_clock::now() + seconds(20), read.body);
  ::shutdown(socket.fd(), SHUT_RD);
  peer.join();
  read.left_over = socket.buffered();
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

TEST_CASE("a peer that leaves within its body is nobody to answer") {
  CHECK(read_from_wire("hel", of_length(5), "").refusal->status == Refusal::kNobodyThere);
  CHECK(read_from_wire("5\r\nhel", kChunked, "").refusal->status == Refusal::kNobodyThere);
}

}  // namespace
}  // namespace net
