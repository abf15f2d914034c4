#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/store_job.h"
#include "core/fields/registry.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/switch_plan.h"

namespace roadmap {
namespace {

// The framework to activate: the run's, else the initiative's own choice, else the configured default.
std::optional<Framework> chosen_framework(const JobContext& job, const InitiativeRecord& initiative) {
  if (job.request.options.framework) return framework_named(*job.request.options.framework);
  if (const auto own = framework_named(to_text(initiative.value(fields::active_framework())))) return own;
  return framework_named(job.settings.default_framework);
}

struct Activation : StoredPlan {
  std::int64_t activated = 0;
  std::int64_t skipped_no_score = 0;
  std::int64_t skipped = 0;  // for any reason
};

void skip(Activation& activation, const std::string& key, const std::string& why) {
  ++activation.skipped;
  activation.result.rows.push_back({key, 0, RowStatus::kSkipped, why});
}

void activate(const JobContext& job, const InitiativeRecord& initiative, Activation& activation) {
  const bool has_active = !is_blank(initiative.value(fields::value_score()));
  if (job.request.options.only_missing && has_active) {
    ++activation.skipped;
    return;
  }
  const auto framework = chosen_framework(job, initiative);
  if (!framework) return skip(activation, initiative.key, "no framework is chosen");
  if (!has_score(initiative, *framework)) {
    ++activation.skipped_no_score;
    return skip(activation, initiative.key, no_score_yet(initiative, *framework));
  }
  InitiativeChange change = activation_of(initiative, *framework, job.clock.now(), "flow2.activate");
  if (!change.values.empty()) activation.changes.changed_initiatives.push_back(std::move(change));
  activation.result.rows.push_back({initiative.key, 0, RowStatus::kOk, {}});
  ++activation.activated;
}

}  // namespace

RunResult run_flow2_activate(JobContext& job) {
  const auto planner = [&](const Planning&, const InitiativeIndex&, const StoredSelection& selection) {
    Activation activation;
    for (const InitiativeRecord* initiative : selection.initiatives)
      activate(job, *initiative, activation);
    RunResult& result = activation.result;
    result.count("activated", activation.activated);
    result.count("skipped_no_score", activation.skipped_no_score);
    result.texts.emplace_back("framework", job.request.options.framework.value_or(""));
    result.summary.success = activation.activated;
    result.summary.skipped = activation.skipped;
    return StoredPlan(std::move(activation));
  };
  return store_job(job, "activate", "Activating frameworks", planner);
}

}  // namespace roadmap
