#pragma once

#include <cstddef>
#include <string_view>

#include "net/request_head.h"

namespace net {

// How far a chunked body was looked through.
struct ChunkScan {
  std::size_t at = 0;       // where the next chunk's size line begins
  std::size_t payload = 0;  // bytes of all chunks so far
  bool last_seen = false;   // the chunk of size 0; trailers follow from `at` on
};

// Whether `bytes`, all that has arrived of a body, is enough to read it, or to refuse it: it is there whole,
// malformed, or above the limit. Goes on from where `scan` stands.
bool body_has_come(std::string_view bytes, const BodyFraming& framing, std::size_t limit, ChunkScan& scan);

}  // namespace net
