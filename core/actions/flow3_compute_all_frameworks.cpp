#include "core/actions/handlers.h"
#include "core/actions/stored_job.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/score_plan.h"

namespace roadmap {
namespace {

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

RunResult run_flow3_compute_all_frameworks(JobContext& job) {
  return run_on_stored(job, {"compute", "Computing scores"}, plan_computation);
}

}  // namespace roadmap
