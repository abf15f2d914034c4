#include "net/request_body.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "net/ascii.h"

namespace net {
namespace {

constexpr std::size_t kInflateBytes = 16384;
// zlib.h, inflateInit2: 15 is the largest window, 32 more finds out whether the data is gzip or zlib.
constexpr int kWindowGzipOrZlib = 15 + 32;

// A chunk's size line with its extensions, and a trailer field; nothing here uses either.
constexpr std::size_t kMaxChunkLineBytes = 1024;
constexpr std::size_t kMaxTrailerLines = 64;
constexpr std::size_t kMaxChunkSizeDigits = 15;
constexpr std::string_view kChunkEnd = "\r\n";
// All that is no payload, of one body: what the leanest chunks need, of one byte each ("1", and a line's end
// before and behind the byte), so that a client may cut its body as it likes; and for extensions and
// trailers, which ordinary clients do not send, as much as a head may have.
constexpr std::size_t kFramingPerByte = 5;
constexpr std::size_t kMaxFramingBytes = 65536;

struct EndInflate {
  void operator()(z_stream* stream) const {
    ::inflateEnd(stream);
    delete stream;
  }
};

// Takes a body piece by piece and keeps at most `limit` bytes of it, decompressed.
class BodySink {
 public:
  BodySink(std::string& body, std::size_t limit) : body_(body), limit_(limit) {}

  // Chooses the Content-Encoding; call before the first piece. Refuses with 415 what it does not know.
  std::optional<Refusal> decode(std::string_view encoding) {
    if (encoding.empty() || ascii::same(encoding, "identity")) return std::nullopt;
    if (!ascii::same(encoding, "gzip") && !ascii::same(encoding, "x-gzip") &&
        !ascii::same(encoding, "deflate")) {
      return Refusal{415, "of content encodings only gzip and deflate are supported"};
    }
    auto stream = std::make_unique<z_stream>();
    // Fails for want of memory only.
    if (::inflateInit2(stream.get(), kWindowGzipOrZlib) != Z_OK) throw std::bad_alloc();
    inflater_.reset(stream.release());
    return std::nullopt;
  }

  // Refuses with 413 above the limit, 400 for malformed compressed data.
  std::optional<Refusal> take(std::string_view piece) {
    return inflater_ ? inflate_piece(piece) : keep(piece);
  }

  // Refuses with 400 when the compressed data ended early.
  std::optional<Refusal> finish() const {
    const bool began = inflater_ && inflater_->total_in > 0;
    if (began && !inflated_to_end_) return Refusal{400, "the compressed body ends early"};
    return std::nullopt;
  }

 private:
  std::optional<Refusal> keep(std::string_view bytes) {
    if (bytes.size() > limit_ - body_.size()) return too_large(limit_);
    body_.append(bytes);
    return std::nullopt;
  }

  std::optional<Refusal> inflate_piece(std::string_view piece) {
    std::array<char, kInflateBytes> inflated{};
    // zlib's input pointer lacks a const; it does not write there. A piece is far below 4 GiB.
    inflater_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    inflater_->avail_in = static_cast<uInt>(piece.size());
    for (;;) {
      if (inflated_to_end_ && inflater_->avail_in > 0) return Refusal{400, "data after the compressed body"};
      if (inflated_to_end_) return std::nullopt;
      inflater_->next_out = reinterpret_cast<Bytef*>(inflated.data());
      inflater_->avail_out = static_cast<uInt>(inflated.size());
      const int result = ::inflate(inflater_.get(), Z_NO_FLUSH);
      if (result == Z_BUF_ERROR) return std::nullopt;  // no progress without more input
      if (result != Z_OK && result != Z_STREAM_END) return Refusal{400, "malformed compressed body"};
      inflated_to_end_ = result == Z_STREAM_END;
      if (auto refusal = keep({inflated.data(), inflated.size() - inflater_->avail_out})) return refusal;
    }
  }

  std::string& body_;
  const std::size_t limit_;
  std::unique_ptr<z_stream, EndInflate> inflater_;
  bool inflated_to_end_ = false;
};

std::optional<std::size_t> parse_chunk_size(std::string_view line) {
  const std::string_view digits = ascii::trim(line.substr(0, line.find(';')));
  return digits.size() > kMaxChunkSizeDigits ? std::nullopt : ascii::number<std::size_t>(digits, 16);
}

bool has_too_much_framing(const ChunkScan& scan) {
  return scan.at - scan.payload > kFramingPerByte * scan.payload + kMaxFramingBytes;
}

// Goes on through the chunks in `bytes` as far as they have come whole, and gives each to `take`.
template <class Take>
std::optional<Refusal> go_through_chunks(std::string_view bytes, std::size_t limit, ChunkScan& scan,
                                         Take take) {
  while (!scan.whole) {
    const std::size_t feed = std::min(bytes.find('\n', scan.at), bytes.size());
    if (feed - scan.at > kMaxChunkLineBytes) return Refusal{400, "malformed chunk"};
    if (feed == bytes.size()) break;
    if (feed == scan.at || bytes[feed - 1] != '\r') return Refusal{400, "malformed chunk"};
    const std::string_view line = bytes.substr(scan.at, feed - 1 - scan.at);
    std::size_t end = feed + 1;
    if (scan.last_seen) {
      scan.whole = line.empty();
      if (!scan.whole && ++scan.trailers == kMaxTrailerLines) return Refusal{400, "too many trailer fields"};
    } else {
      const auto size = parse_chunk_size(line);
      if (!size) return Refusal{400, "malformed chunk size"};
      if (*size > limit - scan.payload) return too_large(limit);
      scan.last_seen = *size == 0;
      if (!scan.last_seen) {
        const std::string_view chunk = bytes.substr(end, *size);
        end += *size + kChunkEnd.size();
        if (bytes.size() < end) break;
        if (!bytes.substr(0, end).ends_with(kChunkEnd))
          return Refusal{400, "a chunk is longer than its size"};
        if (auto refusal = take(chunk)) return refusal;
        scan.payload += *size;
      }
    }
    scan.at = end;
    if (has_too_much_framing(scan)) {
      return Refusal{400, "chunk extensions and trailers exceed " + std::to_string(kMaxFramingBytes) +
                              " bytes; send the body without them"};
    }
  }
  return std::nullopt;
}

}  // namespace

bool body_has_come(std::string_view bytes, const BodyFraming& framing, std::size_t limit, ChunkScan& scan) {
  if (framing.kind != BodyFraming::Kind::kChunked) return bytes.size() >= framing.length;
  const auto pass_over = [](std::string_view) { return std::optional<Refusal>(); };
  return go_through_chunks(bytes, limit, scan, pass_over).has_value() || scan.whole;
}

std::optional<Refusal> take_body(std::string_view bytes, const BodyFraming& framing,
                                 std::string_view encoding, std::size_t limit, std::string& body,
                                 std::size_t& taken) {
  taken = 0;
  if (framing.kind == BodyFraming::Kind::kNone) return std::nullopt;
  BodySink sink(body, limit);
  if (auto refusal = sink.decode(encoding)) return refusal;
  ChunkScan scan;
  const auto keep = [&](std::string_view piece) { return sink.take(piece); };
  const bool chunked = framing.kind == BodyFraming::Kind::kChunked;
  auto refusal =
      chunked ? go_through_chunks(bytes, limit, scan, keep) : keep(bytes.substr(0, framing.length));
  if (chunked && !refusal && !scan.whole) throw std::logic_error("take_body: the body has not come");
  taken = chunked ? scan.at : framing.length;
  return refusal ? refusal : sink.finish();
}

}  // namespace net
