#include "app/http/request_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include <charconv>
#include <stdexcept>

#include "app/config/suggestion.h"
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

QueryReader::QueryReader(const Exchange& exchange)
    : request_(exchange.request), declared_(exchange.route.query) {
  std::vector<std::string_view> known;
  for (const QueryParameter& parameter : declared_)
    known.push_back(parameter.name);
  for (const auto& [name, value] : request_.query) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    problem(name, fmt::format("is no parameter here{}; there {} {}", did_you_mean(name, known),
                              known.size() == 1 ? "is" : "are", known.empty() ? "none" : spoken_list(known)));
  }
}

std::optional<std::string> QueryReader::text(std::string_view name) const {
  const std::optional<std::string_view> value = request_.param(name);
  if (!value || value->empty()) return std::nullopt;
  return std::string(*value);
}

int QueryReader::whole(std::string_view name) {
  const auto declared =
      std::find_if(declared_.begin(), declared_.end(), [&](const auto& one) { return one.name == name; });
  const auto* range = declared == declared_.end() ? nullptr : std::get_if<WholeNumber>(&declared->value);
  if (range == nullptr) throw std::logic_error("the route has no number '" + std::string(name) + "'");
  const std::optional<std::string_view> value = request_.param(name);
  if (!value) return range->fallback;
  int number = 0;
  const char* end = value->data() + value->size();
  const auto [stop, error] = std::from_chars(value->data(), end, number);
  if (error == std::errc{} && stop == end && number >= range->min && number <= range->max) return number;
  problem(name, fmt::format("must be a whole number from {} to {}", range->min, range->max));
  return range->fallback;
}

std::optional<UtcTime> QueryReader::time(std::string_view name) {
  const std::optional<std::string> value = text(name);
  if (!value) return std::nullopt;
  try {
    return from_iso8601(*value);
  } catch (const std::invalid_argument&) {
    problem(name, "must be a time such as 2026-01-02T03:04:05Z");
    return std::nullopt;
  }
}

void QueryReader::problem(std::string_view name, const std::string& what) {
  constexpr std::size_t kMaxNameLength = 60;
  if (!problems_.empty()) problems_ += "; ";
  problems_ += fmt::format("'{}' {}", name.substr(0, kMaxNameLength), what);
}

}  // namespace roadmap::app
