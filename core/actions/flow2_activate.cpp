#include "core/actions/handlers.h"
#include "core/actions/stored_job.h"
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

void activate(const JobContext& job, const InitiativeRecord& initiative, StoredPlan& plan,
              std::int64_t& skipped_no_score) {
  RunResult& result = plan.result;
  const auto skip = [&](std::string why) {
    ++result.summary.skipped;
    result.rows.push_back({initiative.key, 0, RowStatus::kSkipped, std::move(why)});
  };
  const bool has_active = !is_blank(initiative.value(fields::value_score()));
  if (job.request.options.only_missing && has_active) {
    ++result.summary.skipped;
    return;
  }
  const auto framework = chosen_framework(job, initiative);
  if (!framework) return skip("no framework is chosen");
  if (!has_score(initiative, *framework)) {
    ++skipped_no_score;
    return skip(no_score_yet(initiative, *framework));
  }
  InitiativeChange change = activation_of(initiative, *framework, job.clock.now(), "flow2.activate");
  if (!change.values.empty()) plan.changes.changed_initiatives.push_back(std::move(change));
  result.rows.push_back({initiative.key, 0, RowStatus::kOk, {}});
  ++result.summary.success;
}

StoredPlan plan_activation(const JobContext& job, const Planning&, const InitiativeIndex&,
                           const StoredSelection& selection) {
  StoredPlan plan;
  std::int64_t skipped_no_score = 0;
  for (const InitiativeRecord* initiative : selection.initiatives)
    activate(job, *initiative, plan, skipped_no_score);
  plan.result.count("activated", plan.result.summary.success);
  plan.result.count("skipped_no_score", skipped_no_score);
  plan.result.texts.emplace_back("framework", job.request.options.framework.value_or(""));
  return plan;
}

}  // namespace

RunResult run_flow2_activate(JobContext& job) {
  return run_on_stored(job, {"activate", "Activating frameworks"}, plan_activation);
}

}  // namespace roadmap
