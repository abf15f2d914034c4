#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "net/connection_socket.h"
#include "net/refusal.h"
#include "net/request_head.h"

namespace net {

// A chunk's size line with its extensions; nothing here uses them.
inline constexpr std::size_t kMaxChunkLineBytes = 1024;

// The size that a chunk's line names, without its CRLF; nullopt where it is malformed.
std::optional<std::size_t> parse_chunk_size(std::string_view line);

// Reads and decompresses one request body into `body`. `encoding` is the Content-Encoding ("" for none).
// Refuses with 408 at the deadline, 413 above `limit` bytes counted after decompression, 400 for malformed
// chunks or compressed data, 415 for encodings other than gzip and deflate. After a refusal the rest of the
// body is still on the socket.
std::optional<Refusal> read_body(ConnectionSocket& socket, const BodyFraming& framing,
                                 std::string_view encoding, std::size_t limit, Moment deadline,
                                 std::string& body);

}  // namespace net
