#include "core/actions/handlers.h"
#include "core/actions/result_merge.h"
#include "core/actions/save_flow.h"
#include "core/actions/sync_flows.h"

namespace roadmap {

// Intake, then what PMs typed in the backlogs, then the backlogs: all under the same merge rules as the
// parts. The last part writes what is to be said of the second.
RunResult run_flow1_full_sync(JobContext& job) {
  job.expect_steps(6);
  job.step("read_intake", "Reading intake");
  IntakeRead intake = read_intake(job);
  job.step("read_backlog", "Reading the backlog");
  BacklogReads backlogs = read_backlogs(job);

  RunResult result;
  result.add_substep("flow0.intake_sync", sync_intake(job, std::move(intake), &backlogs));
  BacklogSyncOptions options;
  RunResult saved;
  for (const BacklogRead& backlog : backlogs.backlogs) {
    SaveOptions only_store;
    only_store.status = StatusPolicy::kNone;
    Saved part = save_rows(job, backlog.table, std::nullopt, every_key(backlog.table), only_store);
    for (const RowOutcome& row : part.result.rows) {
      if (row.status == RowStatus::kFailed) options.refused.emplace(row.initiative_key, row.message);
      if (row.status == RowStatus::kOk) options.saved.insert(row.initiative_key);
    }
    merge_result(saved, std::move(part.result));
  }
  result.add_substep("flow1.backlogsheet_read", std::move(saved));
  result.add_substep("flow1.backlog_sync", sync_backlogs(job, std::move(backlogs), options));
  lift_substeps(result);
  result.always_listed |= kListKeptPmValues;
  return result;
}

}  // namespace roadmap
