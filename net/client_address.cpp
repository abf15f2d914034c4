#include "net/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

#include "net/ascii.h"

namespace net {
namespace {

// One spelling per address: "::FFFF:10.0.0.1" and "10.0.0.1" are the same host. nullopt for what is none.
std::optional<std::string> canonical(std::string_view text) {
  const std::string address(ascii::trim(text));
  std::array<char, INET6_ADDRSTRLEN> shown{};
  in_addr v4{};
  if (::inet_pton(AF_INET, address.c_str(), &v4) == 1) return address;
  in6_addr v6{};
  if (::inet_pton(AF_INET6, address.c_str(), &v6) != 1) return std::nullopt;
  const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6);
  const char* written = mapped ? ::inet_ntop(AF_INET, &v6.s6_addr[12], shown.data(), shown.size())
                               : ::inet_ntop(AF_INET6, &v6, shown.data(), shown.size());
  if (written == nullptr) return std::nullopt;
  return written;
}

// The addresses of every X-Forwarded-For field, the nearest last.
std::vector<std::string_view> forwarded_for(const Headers& fields) {
  std::vector<std::string_view> addresses;
  for (const auto& [name, value] : fields) {
    if (!ascii::same(name, "X-Forwarded-For")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      addresses.push_back(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return addresses;
}

}  // namespace

bool is_trusted_proxy(const std::string& address, const std::vector<std::string>& trusted_proxies) {
  return std::any_of(trusted_proxies.begin(), trusted_proxies.end(),
                     [&](const std::string& proxy) { return canonical(proxy) == address; });
}

std::string client_address(const std::string& peer, const Headers& fields,
                           const std::vector<std::string>& trusted_proxies) {
  std::string nearest = peer;
  const auto addresses = forwarded_for(fields);
  for (auto hop = addresses.rbegin(); hop != addresses.rend() && is_trusted_proxy(nearest, trusted_proxies);
       ++hop) {
    const auto address = canonical(*hop);
    if (!address) break;
    nearest = *address;
  }
  return nearest;
}

bool client_spoke_tls(const std::string& peer, const Headers& fields,
                      const std::vector<std::string>& trusted_proxies) {
  const auto scheme = fields.get("X-Forwarded-Proto");
  return scheme && ascii::same(ascii::trim(*scheme), "https") && is_trusted_proxy(peer, trusted_proxies);
}

}  // namespace net
