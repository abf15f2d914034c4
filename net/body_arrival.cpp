#include "net/body_arrival.h"

#include "net/request_body.h"

namespace net {
namespace {

constexpr std::string_view kChunkLineEnd = "\r\n";

// The line from `from` on; nullopt: its end has not arrived. An endless one counts as arrived.
std::optional<std::string_view> line_at(std::string_view bytes, std::size_t from) {
  const std::size_t end = bytes.find(kChunkLineEnd, from);
  if (end != std::string_view::npos) return bytes.substr(from, end - from);
  if (bytes.size() - from > kMaxChunkLineBytes) return bytes.substr(from);
  return std::nullopt;
}

bool trailers_have_come(std::string_view bytes, ChunkScan& scan) {
  while (const auto line = line_at(bytes, scan.at)) {
    if (line->empty() || line->size() > kMaxChunkLineBytes) return true;
    scan.at += line->size() + kChunkLineEnd.size();
  }
  return false;
}

bool chunks_have_come(std::string_view bytes, std::size_t limit, ChunkScan& scan) {
  while (!scan.last_seen) {
    if (scan.at > bytes.size()) return false;
    const auto line = line_at(bytes, scan.at);
    // A bare line feed is malformed, and would hide the end of the line for ever.
    if (!line) return bytes.find('\n', scan.at) != std::string_view::npos;
    const auto size = parse_chunk_size(*line);
    if (!size) return true;
    scan.payload += *size;
    if (scan.payload > limit) return true;
    scan.last_seen = *size == 0;
    scan.at += line->size() + kChunkLineEnd.size() + (scan.last_seen ? 0 : *size + kChunkLineEnd.size());
  }
  return trailers_have_come(bytes, scan);
}

}  // namespace

bool body_has_come(std::string_view bytes, const BodyFraming& framing, std::size_t limit, ChunkScan& scan) {
  switch (framing.kind) {
    case BodyFraming::Kind::kNone:
      return true;
    case BodyFraming::Kind::kLength:
      return bytes.size() >= framing.length;
    case BodyFraming::Kind::kChunked:
      break;
  }
  return chunks_have_come(bytes, limit, scan);
}

}  // namespace net
