#include "app/http/run_json.h"

#include <nlohmann/json.hpp>

#include "app/http/response.h"
#include "core/run/run_result.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

Json time_json(const std::optional<UtcTime>& time) { return time ? Json(to_iso8601(*time)) : Json(nullptr); }

Json progress_json(const std::optional<RunProgress>& progress) {
  if (!progress) return nullptr;
  return {{"step", progress->step},
          {"label", progress->label},
          {"done", progress->done},
          {"total", progress->total}};
}

Json error_json(const std::optional<RunError>& error) {
  if (!error) return nullptr;
  return {{"code", error->code}, {"message", error->message}, {"detail", error->detail}};
}

// All members but the result.
Json head_json(const ActionRun& run) {
  return {{"run_id", run.run_id},
          {"action", run.action},
          {"status", to_string(run.status)},
          {"created_at", to_iso8601(run.created_at)},
          {"started_at", time_json(run.started_at)},
          {"finished_at", time_json(run.finished_at)},
          {"attempt", run.attempt},
          {"progress", progress_json(run.progress)},
          {"requested_by", Json{{"ui", run.requested_by_ui}, {"user_email", run.requested_by_email}}},
          {"spreadsheet_id", run.spreadsheet_id},
          {"tab", run.tab},
          {"scope_summary", run.scope_summary},
          {"error", error_json(run.error)}};
}

}  // namespace

std::string run_json(const ActionRun& run) {
  // The stored result is JSON of ours already and may be large: it is put in as it stands.
  std::string json = dumped(head_json(run));
  json.pop_back();
  json += ",\"result\":";
  json += run.result.value_or("null");
  json += '}';
  return json;
}

std::string listed_run_json(const ActionRun& run, const std::optional<std::vector<FailureReason>>& failures) {
  Json json = head_json(run);
  const std::optional<RunSummary> summary = run.result ? summary_of(*run.result) : std::nullopt;
  json["summary"] = nullptr;
  if (summary) {
    json["summary"] = Json{{"total", summary->total()},
                           {"success", summary->success},
                           {"skipped", summary->skipped},
                           {"failed", summary->failed}};
  }
  json["failures"] = nullptr;
  if (failures) {
    json["failures"] = Json::array();
    for (const FailureReason& reason : *failures)
      json["failures"].push_back(Json{{"message", reason.message}, {"count", reason.count}});
  }
  return dumped(json);
}

std::string run_record_json(const ActionRun& run, const std::vector<RunEvent>& events) {
  Json json = {{"run_id", run.run_id}, {"events", Json::array()}};
  json["idempotency_key"] = run.idempotency_key.empty() ? Json(nullptr) : Json(run.idempotency_key);
  for (const RunEvent& event : events) {
    json["events"].push_back(
        Json{{"at", to_iso8601(event.at)}, {"kind", event.kind}, {"detail", event.detail}});
  }
  std::string text = dumped(json);
  text.pop_back();
  text += ",\"request\":";
  text += run.payload;  // canonical JSON since it was recorded
  text += '}';
  return text;
}

}  // namespace roadmap::app
