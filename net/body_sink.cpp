#include "net/body_sink.h"

#include <array>
#include <new>

#include "net/ascii.h"

namespace net {
namespace {

constexpr std::size_t kInflateBytes = 16384;
// zlib.h, inflateInit2: 15 is the largest window, 32 more finds out whether the data is gzip or zlib.
constexpr int kWindowGzipOrZlib = 15 + 32;

}  // namespace

void BodySink::EndInflate::operator()(z_stream* stream) const {
  ::inflateEnd(stream);
  delete stream;
}

std::optional<Refusal> BodySink::decode(std::string_view encoding) {
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

std::optional<Refusal> BodySink::take(std::string_view piece) {
  return inflater_ ? inflate_piece(piece) : keep(piece);
}

std::optional<Refusal> BodySink::finish() const {
  const bool began = inflater_ && inflater_->total_in > 0;
  if (began && !inflated_to_end_) return Refusal{400, "the compressed body ends early"};
  return std::nullopt;
}

std::optional<Refusal> BodySink::keep(std::string_view bytes) {
  if (bytes.size() > limit_ - body_.size()) {
    return Refusal{413, "the body exceeds " + std::to_string(limit_) + " bytes"};
  }
  body_.append(bytes);
  return std::nullopt;
}

std::optional<Refusal> BodySink::inflate_piece(std::string_view piece) {
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

}  // namespace net
