// The actions on the database alone: what is stored is all that they read and change.
#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/fields/registry.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/scope_filter.h"
#include "core/sync/score_plan.h"
#include "core/sync/switch_plan.h"

namespace roadmap {
namespace {

struct StoredPlan {
  StoreChanges changes;
  RunResult result;
};

void list_planned_values(const StoreChanges& changes, const InitiativeIndex& stored, RunResult& result) {
  result.always_listed = kListPlan;
  for (const InitiativeChange& change : changes.changed_initiatives) {
    const InitiativeRecord* before = stored.find(change.key);
    for (const auto& [id, value] : change.values) {
      result.plan.push_back({"", "", 0, change.key, std::string(field(id).name),
                             before == nullptr ? Cell{} : before->value(id), value});
    }
  }
}

// Asks `planner` what becomes of the stored initiatives in the request's scope, and commits it. The result is
// the planner's, with the keys that are not stored and, in a dry run, each value that would change.
RunResult run_on_stored(JobContext& job, JobStep step,
                        StoredPlan (*planner)(const JobContext&, const Planning&, const InitiativeIndex&,
                                              const StoredSelection&)) {
  job.expect_steps(1);
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const StoredSelection selection = select_stored(job.request.scope, stored, planning);
    StoredPlan plan = planner(job, planning, stored, selection);
    RunResult& result = plan.result;
    result.rows.insert(result.rows.begin(), selection.unknown.begin(), selection.unknown.end());
    result.summary.failed += static_cast<std::int64_t>(selection.unknown.size());
    result.summary.skipped += selection.skipped_no_key;
    if (job.dry_run()) list_planned_values(plan.changes, stored, result);
    return plan;
  };
  JobTabs none{};
  return carry_out(job, none, {{}, std::move(step)}, ask).plan.result;
}

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

void count_scored(const ScorePlan& plan, RunResult& result) {
  std::vector<std::pair<std::string, std::int64_t>> scored;
  for (const FrameworkInfo& info : frameworks()) {
    std::int64_t count = 0;
    for (const ScoredInitiative& initiative : plan.initiatives) {
      const bool is_scored = initiative.scores[static_cast<std::size_t>(info.framework)].scored();
      count += initiative.failure.empty() && is_scored ? 1 : 0;
    }
    scored.emplace_back(info.name, count);
  }
  result.count_groups.emplace_back("scored", std::move(scored));
}

StoredPlan plan_computation(const JobContext& job, const Planning& planning, const InitiativeIndex& stored,
                            const StoredSelection& selection) {
  std::vector<std::string> keys;
  for (const InitiativeRecord* initiative : selection.initiatives)
    keys.push_back(initiative->key);
  StoredScoring known(planning.math_models(keys), planning.params(keys), planning.current_scores(keys));
  std::vector<ScoringCase> cases;
  for (const InitiativeRecord* initiative : selection.initiatives)
    cases.push_back(known.scoring_case(*initiative));
  std::vector<CalibrationRow> rows;
  for (const InitiativeRecord& initiative : stored.all())
    rows.push_back(calibration_row(initiative));
  ScorePlan plan = plan_scores({cases, known, job.settings.scoring, rows, {}, job.clock.now()});

  RunResult result;
  for (const ScoredInitiative& scored : plan.initiatives) {
    const bool failed = !scored.failure.empty();
    result.rows.push_back({scored.key, 0, failed ? RowStatus::kFailed : RowStatus::kOk,
                           failed ? scored.failure : scored.message});
    (failed ? result.summary.failed : result.summary.success) += 1;
  }
  result.hints = plan.hints;
  result.count("processed", static_cast<std::int64_t>(plan.initiatives.size()));
  count_scored(plan, result);
  return {std::move(plan.changes), std::move(result)};
}

}  // namespace

RunResult run_flow2_activate(JobContext& job) {
  return run_on_stored(job, {"activate", "Activating frameworks"}, plan_activation);
}

RunResult run_flow3_compute_all_frameworks(JobContext& job) {
  return run_on_stored(job, {"compute", "Computing scores"}, plan_computation);
}

}  // namespace roadmap
