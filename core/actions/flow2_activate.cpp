#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/planned_values.h"
#include "core/fields/registry.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/scope_filter.h"
#include "core/sync/switch_plan.h"

namespace roadmap {
namespace {

// The framework to activate: the run's, else the initiative's own choice, else the configured default.
std::optional<Framework> chosen_framework(const JobContext& job, const InitiativeRecord& initiative) {
  if (job.request.options.framework) return framework_named(*job.request.options.framework);
  if (const auto own = framework_named(to_text(initiative.value(fields::active_framework())))) return own;
  return framework_named(job.settings.default_framework);
}

struct Activation {
  StoreChanges changes;
  RunResult result;
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
    return skip(activation, initiative.key,
                fmt::format("no {} score yet, run Score first", framework_info(*framework).name));
  }
  InitiativeChange change = activation_of(initiative, *framework, job.clock.now(), "flow2.activate");
  if (!change.values.empty()) activation.changes.changed_initiatives.push_back(std::move(change));
  activation.result.rows.push_back({initiative.key, 0, RowStatus::kOk, {}});
  ++activation.activated;
}

}  // namespace

RunResult run_flow2_activate(JobContext& job) {
  job.expect_steps(1);
  job.step("activate", "Activating frameworks");
  Planning planning = job.begin_planning();
  const InitiativeIndex stored(planning.initiatives());
  const StoredSelection selection = select_stored(job.request.scope, stored, planning);
  Activation activation;
  activation.result.rows = selection.unknown;
  for (const InitiativeRecord* initiative : selection.initiatives)
    activate(job, *initiative, activation);
  job.commit(planning, activation.changes);
  RunResult result = std::move(activation.result);
  result.count("activated", activation.activated);
  result.count("skipped_no_score", activation.skipped_no_score);
  result.texts.emplace_back("framework", job.request.options.framework.value_or(""));
  if (job.dry_run()) {
    result.always_listed = kListPlan;
    list_planned_values(activation.changes, stored, result);
  }
  result.summary.success = activation.activated;
  result.summary.failed = static_cast<std::int64_t>(selection.unknown.size());
  result.summary.skipped = activation.skipped + selection.skipped_no_key;
  return result;
}

}  // namespace roadmap
