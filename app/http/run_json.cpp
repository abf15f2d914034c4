#include "app/http/run_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/http/response.h"
#include "core/run/run_result.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxRunsKept = 2000;

bool some_failed(const ActionRun& listed) {
  const auto summary = listed.result ? summary_of(*listed.result) : std::nullopt;
  return is_final(listed.status) && summary && summary->failed > 0;
}

std::string member_text(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json& member_list(const Json& object, const char* name) {
  static const Json kNone = Json::array();
  const auto found = object.find(name);
  return found != object.end() && found->is_array() ? *found : kNone;
}

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

std::vector<FailureReason> failure_reasons(const std::string& result_json_text) {
  const Json result = Json::parse(result_json_text, nullptr, false);
  if (!result.is_object() || !result.contains("raw") || !result["raw"].is_object()) return {};
  std::map<std::string, int> counts;
  for (const Json& row : member_list(result["raw"], "rows")) {
    if (row.is_object() && member_text(row, "status") == "failed") ++counts[member_text(row, "message")];
  }
  for (const Json& source : member_list(result["raw"], "failed_sources")) {
    if (source.is_object()) ++counts[member_text(source, "tab") + ": " + member_text(source, "reason")];
  }
  std::vector<FailureReason> reasons;
  reasons.reserve(counts.size());
  for (const auto& [message, count] : counts)
    reasons.push_back({message, count});
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const FailureReason& a, const FailureReason& b) { return a.count > b.count; });
  if (reasons.size() > kMaxFailureReasons) reasons.resize(kMaxFailureReasons);
  return reasons;
}

std::optional<std::vector<FailureReason>> FailureReasons::of(const ActionRun& listed, Budget& budget) {
  if (!some_failed(listed)) return std::vector<FailureReason>{};
  const std::string& run_id = listed.run_id;
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(run_id);
    if (found != known_.end()) return found->second;
  }
  if (budget == 0) return std::nullopt;
  const std::optional<ActionRun> run = ledger_.find(run_id);
  if (!run || !run->result) return std::vector<FailureReason>{};
  budget -= std::min(budget, run->result->size());
  std::vector<FailureReason> reasons = failure_reasons(*run->result);
  const std::lock_guard lock(mutex_);
  if (known_.emplace(run_id, reasons).second) order_.push_back(run_id);
  if (order_.size() > kMaxRunsKept) {
    known_.erase(order_.front());
    order_.pop_front();
  }
  return reasons;
}

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
