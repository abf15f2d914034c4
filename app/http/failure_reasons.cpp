#include "app/http/failure_reasons.h"

#include <algorithm>
#include <nlohmann/json.hpp>

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

}  // namespace roadmap::app
