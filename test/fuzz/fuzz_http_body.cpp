// A request's fields and its body, whole and in pieces, plain and compressed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "net/body_sink.h"
#include "net/http_message.h"
#include "net/request_head.h"
#include "test/fuzz/expect.h"

namespace {

constexpr std::size_t kLimit = 4096;

// The body that a sink keeps when it is fed `step` bytes at a time; "refused" when it refuses.
std::string take(std::string_view input, std::string_view encoding, std::size_t step) {
  std::string body;
  net::BodySink sink(body, kLimit);
  if (sink.decode(encoding)) return "refused";
  for (std::size_t at = 0; at < input.size(); at += step) {
    if (const auto refusal = sink.take(input.substr(at, step))) {
      expect(refusal->status >= 400 && !refusal->detail.empty(), "a refusal has a status and a reason");
      return "refused";
    }
    expect(body.size() <= kLimit, "no more than the limit is kept");
  }
  return sink.finish() ? "refused" : "kept " + body;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const std::string_view encoding : {"", "gzip", "deflate"}) {
    const std::string whole = take(input, encoding, std::max<std::size_t>(size, 1));
    expect(take(input, encoding, 7) == whole, "pieces make the same body as the whole");
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
