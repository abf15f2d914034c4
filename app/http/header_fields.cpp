#include "app/http/header_fields.h"

#include <algorithm>
#include <string>

#include "app/http/response.h"
#include "core/fields/text.h"

namespace roadmap::app {

std::string host_of(std::string_view header) {
  const std::size_t bracket = header.find(']');
  if (!header.empty() && header.front() == '[' && bracket != std::string_view::npos) {
    return std::string(header.substr(0, bracket + 1));
  }
  return std::string(header.substr(0, std::min(header.find(':'), header.size())));
}

bool declares_json(const net::HttpRequest& request) {
  const std::string type = lower(request.headers.get("Content-Type").value_or(""));
  const std::size_t semicolon = std::min(type.find(';'), type.size());
  if (trim(std::string_view(type).substr(0, semicolon)) != "application/json") return false;
  const std::size_t charset = type.find("charset=", semicolon);
  if (charset == std::string::npos) return true;
  const std::string_view name = trim(std::string_view(type).substr(charset + 8));
  return name == "utf-8" || name == "\"utf-8\"" || name == "utf8";
}

net::HttpResponse not_declared_as_json() {
  return problem(415, "The request must be JSON in UTF-8: send the header Content-Type: application/json.");
}

}  // namespace roadmap::app
