#include "core/actions/store_job.h"

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

RunResult store_job(JobContext& job, std::string step, std::string label, const StorePlanner& planner) {
  job.expect_steps(1);
  job.step(std::move(step), std::move(label));
  Planning planning = job.begin_planning();
  const std::shared_ptr<const InitiativeIndex> known = job.stored(planning);
  const InitiativeIndex& stored = *known;
  const StoredSelection selection = select_stored(job.request.scope, stored, planning);
  auto [changes, result] = planner(planning, stored, selection);
  job.commit(planning, changes);
  result.rows.insert(result.rows.begin(), selection.unknown.begin(), selection.unknown.end());
  result.summary.failed += static_cast<std::int64_t>(selection.unknown.size());
  result.summary.skipped += selection.skipped_no_key;
  if (job.dry_run()) list_planned_values(changes, stored, result);
  return result;
}

}  // namespace roadmap
