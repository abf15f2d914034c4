#include "app/http/response.h"

#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "net/ascii.h"

namespace roadmap::app {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

net::HttpResponse json_response(int status, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.headers.set("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

net::HttpResponse problem(int status, const std::string& detail, const std::vector<RequestProblem>& errors) {
  Json json = {
      {"type", "about:blank"}, {"title", net::reason_phrase(status)}, {"status", status}, {"detail", detail}};
  if (!errors.empty()) {
    json["errors"] = Json::array();
    for (const RequestProblem& error : errors) {
      json["errors"].push_back(Json{{"pointer", error.pointer}, {"detail", error.detail}});
    }
  }
  net::HttpResponse response;
  response.status = status;
  response.headers.set("Content-Type", "application/problem+json");
  response.body = dumped(json);
  return response;
}

net::HttpResponse problem_for_now(int status, const std::string& detail, std::chrono::seconds retry_after) {
  net::HttpResponse response = problem(status, detail);
  response.headers.set("Retry-After", std::to_string(retry_after.count()));
  return response;
}

bool has_already(const net::HttpRequest& request, std::string_view tag) {
  bool found = false;
  net::ascii::each_element(request.headers.get("If-None-Match").value_or(""), [&](std::string_view known) {
    if (known.substr(0, 2) == "W/") known.remove_prefix(2);
    if (known == tag || known == "*") found = true;
  });
  return found;
}

net::HttpResponse not_modified(const std::string& tag) {
  net::HttpResponse response;
  response.status = 304;
  return tagged(std::move(response), tag);
}

net::HttpResponse tagged(net::HttpResponse response, const std::string& tag) {
  response.headers.set("ETag", tag);
  return response;
}

net::HttpResponse tagged_by_content(net::HttpResponse response, const net::HttpRequest& request) {
  const std::string tag =
      fmt::format("\"{:x}-{:x}\"", response.body.size(), std::hash<std::string>{}(response.body));
  return has_already(request, tag) ? not_modified(tag) : tagged(std::move(response), tag);
}

}  // namespace roadmap::app
