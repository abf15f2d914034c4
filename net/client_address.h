#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/http_message.h"

namespace net {

// Whether the text is an IPv4 or IPv6 address, without port or network mask.
bool is_address(std::string_view text);

// Whether a host, as addresses and Host fields name it without port, is reached from this machine alone:
// "localhost", 127.x.x.x with all its four numbers, "::1" or "[::1]".
bool is_loopback(const std::string& host);

// The address of a socket's peer without port; an IPv4-mapped IPv6 address as IPv4. Empty when it has left.
std::string peer_address(int socket);

// Who sent a request: the peer, or, where the peer is a trusted proxy, the last address of X-Forwarded-For
// that is not one. Whatever stands left of it was written by the client itself and proves nothing.
std::string client_address(const std::string& peer, const Headers& fields,
                           const std::vector<std::string>& trusted_proxies);

// Whether that peer's word about its client counts; never that of one that has left.
bool is_trusted_proxy(const std::string& address, const std::vector<std::string>& trusted_proxies);

// Whether the client spoke TLS: a trusted proxy's X-Forwarded-Proto says so. Nobody else's word counts.
bool client_spoke_tls(const std::string& peer, const Headers& fields,
                      const std::vector<std::string>& trusted_proxies);

}  // namespace net
