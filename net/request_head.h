#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "net/connection_socket.h"
#include "net/http_message.h"
#include "net/refusal.h"

namespace net {

// Reads up to the empty line that ends a request's head, taking exactly that off the socket. On success
// `head` holds the request line and the field lines, each with its CRLF.
// Refuses with 408 at the deadline, 431 above `limit` bytes, 400 for what cannot be HTTP.
std::optional<Refusal> read_head(ConnectionSocket& socket, std::size_t limit, Moment deadline,
                                 std::string& head);

// Whether what has arrived of a head may still become one: false once it is there, or can only be refused.
// Empty lines before it are taken off the socket. Goes on from `scanned`, which is 0 for a new head.
bool head_awaits_more(ConnectionSocket& socket, std::size_t limit, std::size_t& scanned);

// The field lines of a head (RFC 9112, 5). Refuses with 400 what two implementations could read differently:
// folded lines, blanks before the colon, control characters.
std::optional<Refusal> parse_fields(std::string_view lines, Headers& fields);

// Refuses with 400 an HTTP/1.1 request without exactly one Host field (RFC 9112, 3.2).
std::optional<Refusal> check_host(const Headers& fields, std::string_view version);

// How a request's body is delimited (RFC 9112, 6).
struct BodyFraming {
  enum class Kind { kNone, kLength, kChunked };
  Kind kind = Kind::kNone;
  std::size_t length = 0;  // kLength only
};

// Refuses with 400 when the fields contradict each other (request smuggling), 501 for transfer codings other
// than chunked, 413 for a length above `limit`.
std::optional<Refusal> body_framing(const Headers& fields, std::size_t limit, BodyFraming& framing);

// True where a comma-separated field of that name lists `token`, ignoring case.
bool lists_token(const Headers& fields, std::string_view name, std::string_view token);

}  // namespace net
