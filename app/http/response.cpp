#include "app/http/response.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

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

}  // namespace roadmap::app
