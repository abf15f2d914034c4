#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "net/request_head.h"

namespace net {

// How far a chunked body was gone through.
struct ChunkScan {
  std::size_t at = 0;        // where the next line begins: a chunk's size, or a trailer field
  std::size_t payload = 0;   // bytes of all chunks so far
  std::size_t trailers = 0;  // fields after the last chunk
  bool last_seen = false;    // the chunk of size 0
  bool whole = false;        // the line that ends the body, too
};

// Whether `bytes`, all that has arrived of a body, is enough to take it, or to refuse it: it is there whole,
// malformed, or above the limit, which counts the payload; the framing of chunks has a limit of its own. Goes
// on from where `scan` stands.
bool body_has_come(std::string_view bytes, const BodyFraming& framing, std::size_t limit, ChunkScan& scan);

// Takes a body that has come from the front of `bytes` and decompresses it into `body`; `taken` is how long
// it was. `encoding` is the Content-Encoding ("" for none). Refuses with 413 above `limit` bytes counted
// after decompression, 400 for malformed chunks, too much framing of them or malformed compressed data, 415
// for encodings other than gzip and deflate.
std::optional<Refusal> take_body(std::string_view bytes, const BodyFraming& framing,
                                 std::string_view encoding, std::size_t limit, std::string& body,
                                 std::size_t& taken);

}  // namespace net
