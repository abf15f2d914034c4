#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_message.h"
#include "net/sockets.h"

namespace net {

// Why the server does not pass a request on: the status to answer with and one sentence for the client.
struct Refusal {
  int status = 400;
  std::string detail;
};
// 413, of a body.
Refusal too_large(std::size_t limit);

// Whether what has arrived of a head may still become one: false once it is there, or can only be refused.
// Empty lines before it are taken off the socket. Goes on from `scanned`, which is 0 for a new head.
bool head_awaits_more(ConnectionSocket& socket, std::size_t limit, std::size_t& scanned);

// Takes a head that no longer awaits more off the socket, up to and with the empty line that ends it. On
// success `head` holds the request line and the field lines, each with its CRLF. Refuses with 431 above
// `limit` bytes, 400 for what cannot be HTTP.
std::optional<Refusal> take_head(ConnectionSocket& socket, std::size_t limit, std::string& head);

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
