// Handlers for whoever watches the service.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/http/api.h"
#include "app/http/response.h"

namespace roadmap::app {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

net::HttpResponse Api::get_health(const Exchange&) { return json_response(200, R"({"status":"ok"})"); }

net::HttpResponse Api::get_readiness(const Exchange&) {
  const std::vector<ReadinessCheck> checks = parts_.readiness();
  const bool ready = std::all_of(checks.begin(), checks.end(),
                                 [](const ReadinessCheck& check) { return check.problem.empty(); });
  Json json = {{"status", ready ? "ready" : "not ready"}, {"checks", Json::array()}};
  for (const ReadinessCheck& check : checks) {
    Json entry = {{"name", check.name}, {"ok", check.problem.empty()}};
    if (!check.problem.empty()) entry["detail"] = check.problem;
    json["checks"].push_back(std::move(entry));
  }
  return json_response(ready ? 200 : 503, dumped(json));
}

net::HttpResponse Api::get_metrics(const Exchange&) {
  net::HttpResponse response;
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = parts_.metrics.render(parts_.levels());
  return response;
}

}  // namespace roadmap::app
