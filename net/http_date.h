#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace net {

using HttpTime = std::chrono::sys_time<std::chrono::milliseconds>;

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7: the form that senders must use), whatever the locale.
std::string http_date(std::chrono::sys_seconds time);

// The moment that such a text names. nullopt for anything else, the two obsolete forms included.
std::optional<HttpTime> parse_http_date(std::string_view text);

// Retry-After: seconds, or an HTTP date measured against `now`; never negative. nullopt when it is neither.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view text, HttpTime now);

}  // namespace net
