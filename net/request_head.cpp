#include "net/request_head.h"

#include <algorithm>

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
  for (;; ++scanned) {
    scanned = std::min(bytes.find('\n', scanned), bytes.size());
    if (scanned == bytes.size()) return HeadState::kIncomplete;
    if (bytes[scanned - 1] != '\r') return HeadState::kMalformed;
    if (bytes.substr(0, scanned + 1).ends_with(kHeadEnd)) {
      ++scanned;
      return HeadState::kComplete;
    }
  }
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

}  // namespace

Refusal too_large(std::size_t limit) { return {413, "the body exceeds " + std::to_string(limit) + " bytes"}; }

bool head_awaits_more(ConnectionSocket& socket, std::size_t limit, std::size_t& scanned) {
  // An empty line before a request is ignored (RFC 9112, 2.2): old clients send one after a body.
  while (scanned == 0 && socket.buffered().starts_with(kLineEnd))
    socket.consume(kLineEnd.size());
  return scan_head(socket.buffered(), scanned) == HeadState::kIncomplete && scanned <= limit;
}

std::optional<Refusal> take_head(ConnectionSocket& socket, std::size_t limit, std::string& head) {
  std::size_t scanned = 0;
  const HeadState state = scan_head(socket.buffered(), scanned);
  if (scanned > limit)
    return Refusal{431, "request line and header fields exceed " + std::to_string(limit) + " bytes"};
  if (state != HeadState::kComplete) return Refusal{400, "this is not an HTTP/1.1 request"};
  head = socket.buffered().substr(0, scanned - kLineEnd.size());
  socket.consume(scanned);
  return std::nullopt;
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
  const auto bytes = ascii::number<std::size_t>(*length);
  if (count_fields(fields, "Content-Length") > 1 || !bytes) return Refusal{400, "malformed Content-Length"};
  if (*bytes > limit) return too_large(limit);
  framing = {BodyFraming::Kind::kLength, *bytes};
  return std::nullopt;
}

bool lists_token(const Headers& fields, std::string_view name, std::string_view token) {
  bool listed = false;
  for (const auto& [key, value] : fields) {
    if (!ascii::same(key, name)) continue;
    ascii::each_element(value, [&](std::string_view element) { listed |= ascii::same(element, token); });
  }
  return listed;
}

}  // namespace net
