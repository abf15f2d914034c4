#pragma once

#include <zlib.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/refusal.h"

namespace net {

// Takes a request body piece by piece and keeps at most `limit` bytes of it, decompressed.
// Thread safety: one thread at a time.
class BodySink {
 public:
  BodySink(std::string& body, std::size_t limit) : body_(body), limit_(limit) {}

  // Chooses the Content-Encoding; call before the first piece. Refuses with 415 what it does not know.
  std::optional<Refusal> decode(std::string_view encoding);
  // Refuses with 413 above the limit, 400 for malformed compressed data.
  std::optional<Refusal> take(std::string_view piece);
  // Refuses with 400 when the compressed data ended early.
  std::optional<Refusal> finish() const;

 private:
  struct EndInflate {
    void operator()(z_stream* stream) const;
  };

  std::optional<Refusal> keep(std::string_view bytes);
  std::optional<Refusal> inflate_piece(std::string_view piece);

  std::string& body_;
  const std::size_t limit_;
  std::unique_ptr<z_stream, EndInflate> inflater_;
  bool inflated_to_end_ = false;
};

}  // namespace net
