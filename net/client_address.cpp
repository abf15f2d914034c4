#include "net/client_address.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "net/ascii.h"

namespace net {
namespace {

// One spelling per address: "::FFFF:10.0.0.1" and "10.0.0.1" are the same host.
std::string shown(const in6_addr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* written = IN6_IS_ADDR_V4MAPPED(&address)
                            ? ::inet_ntop(AF_INET, &address.s6_addr[12], text.data(), text.size())
                            : ::inet_ntop(AF_INET6, &address, text.data(), text.size());
  return written != nullptr ? written : std::string{};
}

// As it is compared; empty for what is no address.
std::string canonical(std::string_view text) {
  std::string address(ascii::trim(text));
  in_addr v4{};
  if (::inet_pton(AF_INET, address.c_str(), &v4) == 1) return address;
  in6_addr v6{};
  return ::inet_pton(AF_INET6, address.c_str(), &v6) == 1 ? shown(v6) : std::string{};
}

// The addresses of every X-Forwarded-For field, the nearest last.
std::vector<std::string_view> forwarded_for(const Headers& fields) {
  std::vector<std::string_view> addresses;
  for (const auto& [name, value] : fields) {
    if (!ascii::same(name, "X-Forwarded-For")) continue;
    ascii::each_element(value, [&](std::string_view address) { addresses.push_back(address); });
  }
  return addresses;
}

}  // namespace

bool is_address(std::string_view text) { return !canonical(text).empty(); }

bool is_loopback(const std::string& host) {
  constexpr std::uint32_t kLoopbackNet = 127;
  in_addr v4{};
  return host == "localhost" || host == "::1" || host == "[::1]" ||
         (::inet_pton(AF_INET, host.c_str(), &v4) == 1 && ntohl(v4.s_addr) >> 24 == kLoopbackNet);
}

std::string peer_address(int socket) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return {};
  if (peer.ss_family == AF_INET6) return shown(reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_addr);
  if (peer.ss_family != AF_INET) return {};
  std::array<char, INET_ADDRSTRLEN> text{};
  const auto* v4 = reinterpret_cast<const sockaddr_in*>(&peer);
  return ::inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size()) ? text.data() : std::string{};
}

bool is_trusted_proxy(const std::string& address, const std::vector<std::string>& trusted_proxies) {
  // What is no address, of a peer that has left or in the list, is nobody's.
  return !address.empty() &&
         std::any_of(trusted_proxies.begin(), trusted_proxies.end(),
                     [&](const std::string& proxy) { return canonical(proxy) == address; });
}

std::string client_address(const std::string& peer, const Headers& fields,
                           const std::vector<std::string>& trusted_proxies) {
  std::string nearest = peer;
  const auto addresses = forwarded_for(fields);
  for (auto hop = addresses.rbegin(); hop != addresses.rend() && is_trusted_proxy(nearest, trusted_proxies);
       ++hop) {
    const std::string address = canonical(*hop);
    if (address.empty()) break;
    nearest = address;
  }
  return nearest;
}

bool client_spoke_tls(const std::string& peer, const Headers& fields,
                      const std::vector<std::string>& trusted_proxies) {
  const auto scheme = fields.get("X-Forwarded-Proto");
  return scheme && ascii::same(ascii::trim(*scheme), "https") && is_trusted_proxy(peer, trusted_proxies);
}

}  // namespace net
