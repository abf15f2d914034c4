#include "net/request_body.h"

#include "net/ascii.h"
#include "net/body_sink.h"

namespace net {
namespace {

// Of a trailer section; nothing here uses them.
constexpr std::size_t kMaxTrailerLines = 64;
// Sixteen hexadecimal digits would overflow the comparison with the limit.
constexpr std::size_t kMaxChunkSizeDigits = 15;

std::optional<Refusal> await_more(ConnectionSocket& socket, Moment deadline) {
  switch (socket.read_more(deadline)) {
    case ReadOutcome::kData:
      return std::nullopt;
    case ReadOutcome::kClosed:
      return Refusal{};
    case ReadOutcome::kDeadline:
      break;
  }
  return Refusal{408, "the request body did not arrive in time"};
}

std::optional<Refusal> read_bytes(ConnectionSocket& socket, std::size_t count, Moment deadline,
                                  BodySink& sink) {
  while (count > 0) {
    if (socket.buffered().empty()) {
      if (auto refusal = await_more(socket, deadline)) return refusal;
    }
    const std::string_view piece = socket.buffered().substr(0, count);
    if (auto refusal = sink.take(piece)) return refusal;
    count -= piece.size();
    socket.consume(piece.size());
  }
  return std::nullopt;
}

// One line without its CRLF.
std::optional<Refusal> read_line(ConnectionSocket& socket, Moment deadline, std::string& line) {
  for (;;) {
    const std::string_view bytes = socket.buffered();
    const std::size_t feed = bytes.find('\n');
    if (feed != std::string_view::npos) {
      if (feed == 0 || bytes[feed - 1] != '\r') return Refusal{400, "malformed chunk"};
      line = bytes.substr(0, feed - 1);
      socket.consume(feed + 1);
      return std::nullopt;
    }
    if (bytes.size() > kMaxChunkLineBytes) return Refusal{400, "malformed chunk"};
    if (auto refusal = await_more(socket, deadline)) return refusal;
  }
}

std::optional<Refusal> skip_trailers(ConnectionSocket& socket, Moment deadline) {
  std::string line;
  for (std::size_t lines = 0; lines < kMaxTrailerLines; ++lines) {
    if (auto refusal = read_line(socket, deadline, line)) return refusal;
    if (line.empty()) return std::nullopt;
  }
  return Refusal{400, "too many trailer fields"};
}

std::optional<Refusal> read_chunks(ConnectionSocket& socket, Moment deadline, BodySink& sink) {
  std::string line;
  for (;;) {
    if (auto refusal = read_line(socket, deadline, line)) return refusal;
    const auto size = parse_chunk_size(line);
    if (!size) return Refusal{400, "malformed chunk size"};
    if (*size == 0) return skip_trailers(socket, deadline);
    if (auto refusal = read_bytes(socket, *size, deadline, sink)) return refusal;
    if (auto refusal = read_line(socket, deadline, line)) return refusal;
    if (!line.empty()) return Refusal{400, "a chunk is longer than its size"};
  }
}

}  // namespace

std::optional<std::size_t> parse_chunk_size(std::string_view line) {
  const std::string_view digits = ascii::trim(line.substr(0, line.find(';')));
  if (digits.empty() || digits.size() > kMaxChunkSizeDigits) return std::nullopt;
  std::size_t size = 0;
  for (const char digit : digits) {
    if (ascii::hex_value(digit) < 0) return std::nullopt;
    size = size * 16 + static_cast<std::size_t>(ascii::hex_value(digit));
  }
  return size;
}

std::optional<Refusal> read_body(ConnectionSocket& socket, const BodyFraming& framing,
                                 std::string_view encoding, std::size_t limit, Moment deadline,
                                 std::string& body) {
  if (framing.kind == BodyFraming::Kind::kNone) return std::nullopt;
  BodySink sink(body, limit);
  if (auto refusal = sink.decode(encoding)) return refusal;
  const bool chunked = framing.kind == BodyFraming::Kind::kChunked;
  auto refusal =
      chunked ? read_chunks(socket, deadline, sink) : read_bytes(socket, framing.length, deadline, sink);
  return refusal ? refusal : sink.finish();
}

}  // namespace net
