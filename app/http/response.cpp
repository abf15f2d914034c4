#include "app/http/response.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string status_title(int status) {
  static const std::array<std::pair<int, const char*>, 15> kTitles = {
      {{400, "Bad Request"},
       {401, "Unauthorized"},
       {403, "Forbidden"},
       {404, "Not Found"},
       {405, "Method Not Allowed"},
       {408, "Request Timeout"},
       {409, "Conflict"},
       {413, "Content Too Large"},
       {415, "Unsupported Media Type"},
       {422, "Unprocessable Content"},
       {429, "Too Many Requests"},
       {431, "Request Header Fields Too Large"},
       {500, "Internal Server Error"},
       {501, "Not Implemented"},
       {503, "Service Unavailable"}}};
  for (const auto& [code, title] : kTitles) {
    if (code == status) return title;
  }
  return "Error";
}

net::HttpResponse json_response(int status, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.headers.set("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

net::HttpResponse problem(int status, const std::string& detail, const std::vector<RequestProblem>& errors) {
  Json json = {
      {"type", "about:blank"}, {"title", status_title(status)}, {"status", status}, {"detail", detail}};
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
