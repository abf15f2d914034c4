#include "sheets_client/endpoint.h"

#include <algorithm>

#include "net/client_address.h"

namespace sheets {
namespace {

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
  if (url.starts_with(kHttps)) return !host_of(url.substr(kHttps.size())).empty();
  return url.starts_with(kHttp) && net::is_loopback(std::string(host_of(url.substr(kHttp.size()))));
}

void require_safe_url(std::string_view key, std::string_view url) {
  if (is_safe_url(url)) return;
  throw InvalidSetting(
      key, "'" + std::string(url) +
               "' must be an https:// address; http:// is accepted only for this machine (localhost, "
               "127.0.0.1, [::1])");
}

}  // namespace sheets
