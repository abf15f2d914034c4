#include "net/request_head.h"

#include <algorithm>
#include <charconv>

#include "net/ascii.h"

namespace net {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

enum class HeadState { kIncomplete, kComplete, kMalformed };

// Looks for the end of the head from `scanned` on, which it advances. Every line must end in CRLF: a bare
// line feed would otherwise wait for its end until the deadline.
HeadState scan_head(std::string_view bytes, std::size_t& scanned) {
  if (bytes.empty() || bytes == "\r") return HeadState::kIncomplete;
  if (!ascii::is_token(bytes.front())) return HeadState::kMalformed;
  for (; scanned < bytes.size(); ++scanned) {
    if (bytes[scanned] != '\n') continue;
    if (scanned == 0 || bytes[scanned - 1] != '\r') return HeadState::kMalformed;
    if (bytes.substr(0, scanned + 1).ends_with(kHeadEnd)) {
      ++scanned;
      return HeadState::kComplete;
    }
  }
  return HeadState::kIncomplete;
}

// An empty line before a request is ignored (RFC 9112, 2.2): old clients send one after a body.
void skip_empty_lines(ConnectionSocket& socket) {
  while (socket.buffered().starts_with(kLineEnd))
    socket.consume(kLineEnd.size());
}

std::string_view next_line(std::string_view& lines) {
  const std::size_t end = std::min(lines.find(kLineEnd), lines.size());
  const std::string_view line = lines.substr(0, end);
  lines.remove_prefix(std::min(end + kLineEnd.size(), lines.size()));
  return line;
}

std::size_t count_fields(const Headers& fields, std::string_view name) {
  return static_cast<std::size_t>(std::count_if(
      fields.begin(), fields.end(), [&](const auto& field) { return ascii::same(field.first, name); }));
}

std::optional<std::size_t> parse_length(std::string_view text) {
  std::size_t length = 0;
  // from_chars would take no sign for an unsigned type either, but stops before trailing characters.
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return length;
}

}  // namespace

std::optional<Refusal> read_head(ConnectionSocket& socket, std::size_t limit, Moment deadline,
                                 std::string& head) {
  std::size_t scanned = 0;
  for (;;) {
    if (scanned == 0) skip_empty_lines(socket);
    const HeadState state = scan_head(socket.buffered(), scanned);
    if (scanned > limit) {
      return Refusal{431, "request line and header fields exceed " + std::to_string(limit) + " bytes"};
    }
    if (state == HeadState::kMalformed) return Refusal{400, "this is not an HTTP/1.1 request"};
    if (state == HeadState::kComplete) break;
    switch (socket.read_more(deadline)) {
      case ReadOutcome::kData:
        break;
      case ReadOutcome::kClosed:
        return Refusal{};
      case ReadOutcome::kDeadline:
        return Refusal{408, "the request head did not arrive in time"};
    }
  }
  head = socket.buffered().substr(0, scanned - kLineEnd.size());
  socket.consume(scanned);
  return std::nullopt;
}

bool head_awaits_more(ConnectionSocket& socket, std::size_t limit, std::size_t& scanned) {
  if (scanned == 0) skip_empty_lines(socket);
  return scan_head(socket.buffered(), scanned) == HeadState::kIncomplete && scanned <= limit;
}

std::optional<Refusal> parse_fields(std::string_view lines, Headers& fields) {
  while (!lines.empty()) {
    const std::string_view line = next_line(lines);
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view name = line.substr(0, colon);
    if (colon == line.size() || name.empty() || !std::all_of(name.begin(), name.end(), ascii::is_token)) {
      return Refusal{400, "malformed header field"};
    }
    const std::string_view value = ascii::trim(line.substr(colon + 1));
    if (std::any_of(value.begin(), value.end(), ascii::is_control)) {
      return Refusal{400, "header field with a control character"};
    }
    fields.add(std::string(name), std::string(value));
  }
  return std::nullopt;
}

std::optional<Refusal> check_host(const Headers& fields, std::string_view version) {
  const std::size_t hosts = count_fields(fields, "Host");
  if (hosts == 1 || (hosts == 0 && version == "HTTP/1.0")) return std::nullopt;
  return Refusal{400, hosts == 0 ? "the Host field is missing" : "more than one Host field"};
}

std::optional<Refusal> body_framing(const Headers& fields, std::size_t limit, BodyFraming& framing) {
  const auto coding = fields.get("Transfer-Encoding");
  const auto length = fields.get("Content-Length");
  if (coding && length) return Refusal{400, "Content-Length and Transfer-Encoding together"};
  if (coding) {
    if (count_fields(fields, "Transfer-Encoding") > 1 || !ascii::same(*coding, "chunked")) {
      return Refusal{501, "of transfer codings only chunked is supported"};
    }
    framing.kind = BodyFraming::Kind::kChunked;
    return std::nullopt;
  }
  if (!length) return std::nullopt;
  const auto bytes = parse_length(*length);
  if (count_fields(fields, "Content-Length") > 1 || !bytes) return Refusal{400, "malformed Content-Length"};
  if (*bytes > limit) return Refusal{413, "the body exceeds " + std::to_string(limit) + " bytes"};
  framing = {BodyFraming::Kind::kLength, *bytes};
  return std::nullopt;
}

bool lists_token(const Headers& fields, std::string_view name, std::string_view token) {
  for (const auto& [key, value] : fields) {
    if (!ascii::same(key, name)) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (ascii::same(ascii::trim(rest.substr(0, comma)), token)) return true;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return false;
}

}  // namespace net
