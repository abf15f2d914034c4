#include "sheets_client/endpoint.h"

#include <algorithm>
#include <charconv>

namespace sheets {
namespace {

bool is_loopback_v4(std::string_view host) {
  int parts = 0;
  while (true) {
    const std::size_t dot = host.find('.');
    const std::string_view part = host.substr(0, dot);
    int value = -1;
    const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc{} || stop != part.data() + part.size() || value < 0 || value > 255) return false;
    if (parts == 0 && value != 127) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts == 4;
    host.remove_prefix(dot + 1);
  }
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" || is_loopback_v4(host);
}

// Without the port; empty when there is none, or when the authority is not plainly host and port.
std::string_view host_of(std::string_view rest) {
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos) return {};
  if (authority.substr(0, 1) == "[") return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace

bool is_safe_url(std::string_view url) {
  constexpr std::string_view kHttps = "https://";
  constexpr std::string_view kHttp = "http://";
  const bool printable = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127; });
  if (!printable || url.find('\\') != std::string_view::npos) return false;
  if (url.substr(0, kHttps.size()) == kHttps) return !host_of(url.substr(kHttps.size())).empty();
  return url.substr(0, kHttp.size()) == kHttp && is_loopback(host_of(url.substr(kHttp.size())));
}

void require_safe_url(std::string_view key, std::string_view url) {
  if (is_safe_url(url)) return;
  throw InvalidSetting(
      key, "'" + std::string(url) +
               "' must be an https:// address; http:// is accepted only for this machine (localhost, "
               "127.0.0.1, [::1])");
}

}  // namespace sheets
