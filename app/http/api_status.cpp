// Handlers for whoever watches the service, and for the console's gauges.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "app/config/config.h"
#include "app/http/api.h"
#include "app/http/response.h"
#include "app/process/version.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

Json token_json(const ServiceStatus& status) {
  Json json = {{"account", status.account}, {"fetched_at", nullptr}, {"outcome", nullptr}};
  if (status.token) {
    json["fetched_at"] = to_iso8601(status.token->at);
    json["outcome"] = status.token->issued ? "issued" : "failed";
  }
  return json;
}

// `sheet_id` is Google's, for links, null where it is not known.
Json tabs_json(const Settings& settings, const SheetIdOf& sheet_id_of) {
  Json tabs = Json::array();
  for (const ConfiguredTab& tab : configured_tabs(settings)) {
    const auto sheet_id = sheet_id_of ? sheet_id_of(tab.spreadsheet_id, tab.tab) : std::nullopt;
    tabs.push_back(Json{{"workbook", tab.workbook},
                        {"spreadsheet_id", tab.spreadsheet_id},
                        {"tab", tab.tab},
                        {"sheet_id", sheet_id ? Json(*sheet_id) : Json(nullptr)}});
  }
  return tabs;
}

}  // namespace

net::HttpResponse Api::get_status(const Exchange& exchange) {
  const ServiceStatus status = parts_.status();
  const Metrics::Levels& levels = status.levels;
  const Json json = {
      {"version", version()},
      {"started_at", to_iso8601(status.started_at)},
      {"queue", {{"queued", levels.queued}, {"max_queued", levels.max_queued}}},
      {"workers", {{"running", levels.running}, {"threads", levels.worker_threads}}},
      {"quota",
       {{"reads", {{"used", levels.reads_in_last_minute}, {"per_minute", levels.reads_per_minute}}},
        {"writes", {{"used", levels.writes_in_last_minute}, {"per_minute", levels.writes_per_minute}}}}},
      {"token", token_json(status)},
      {"tabs", tabs_json(parts_.settings, parts_.sheet_id)},
      {"workspace", status.has_workspace}};
  return tagged_by_content(json_response(200, dumped(json)), exchange.request);
}

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
