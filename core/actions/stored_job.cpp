#include "core/actions/stored_job.h"

#include "core/fields/registry.h"

namespace roadmap {
namespace {

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

}  // namespace

RunResult run_on_stored(JobContext& job, JobStep step, StoredPlanner planner) {
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

}  // namespace roadmap
