// A request's fields and its body, whole and in pieces, plain and compressed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "net/http_message.h"
#include "net/request_body.h"
#include "net/request_head.h"
#include "test/fuzz/expect.h"

namespace {

constexpr std::size_t kLimit = 4096;

// The body that is made of that input in chunks of `step` bytes; "refused" when it is refused.
std::string take(std::string_view input, std::string_view encoding, std::size_t step) {
  std::ostringstream chunks;
  for (std::size_t at = 0; at < input.size(); at += step) {
    const std::string_view piece = input.substr(at, step);
    chunks << std::hex << piece.size() << "\r\n" << piece << "\r\n";
  }
  const std::string wire = chunks.str() + "0\r\n\r\n";
  const net::BodyFraming chunked{net::BodyFraming::Kind::kChunked, 0};
  net::ChunkScan scan;
  expect(net::body_has_come(wire, chunked, kLimit, scan), "all of it is there");
  std::string body;
  std::size_t taken = 0;
  const auto refusal = net::take_body(wire, chunked, encoding, kLimit, body, taken);
  expect(body.size() <= kLimit, "no more than the limit is kept");
  if (!refusal) {
    expect(taken == wire.size(), "all of it is taken");
    return "kept " + body;
  }
  expect(refusal->status >= 400 && !refusal->detail.empty(), "a refusal has a status and a reason");
  return "refused";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const std::string_view encoding : {"", "gzip", "deflate"}) {
    const std::string whole = take(input, encoding, std::max<std::size_t>(size, 1));
    expect(take(input, encoding, 7) == whole, "pieces make the same body as the whole");
  }

  // And what claims to be a body is refused, or waits for more, whatever it is.
  net::ChunkScan scan;
  std::string body;
  std::size_t taken = 0;
  const net::BodyFraming chunked{net::BodyFraming::Kind::kChunked, 0};
  if (net::body_has_come(input, chunked, kLimit, scan) &&
      !net::take_body(input, chunked, "", kLimit, body, taken)) {
    expect(taken <= size && body.size() <= kLimit, "a body is part of the input, and within the limit");
  }

  net::Headers fields;
  if (net::parse_fields(input, fields)) return 0;
  net::BodyFraming framing;
  const auto refusal = net::body_framing(fields, kLimit, framing);
  if (!refusal) expect(framing.length <= kLimit, "a length above the limit is refused");
  (void)net::check_host(fields, "HTTP/1.1");
  (void)net::parse_query(input);
  expect(net::percent_decode(net::percent_encode(input)) == input, "percent encoding is undone");
  return 0;
}
