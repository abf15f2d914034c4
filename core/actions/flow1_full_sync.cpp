#include "core/actions/handlers.h"
#include "core/actions/result_merge.h"
#include "core/actions/save_flow.h"
#include "core/actions/sync_flows.h"

namespace roadmap {

// Intake, then what PMs typed in the backlogs, then the backlogs: all under the same merge rules as the
// parts.
RunResult run_flow1_full_sync(JobContext& job) {
  job.expect_steps(8);
  job.step("read_intake", "Reading intake");
  IntakeRead intake = read_intake(job);
  job.step("read_backlog", "Reading the backlog");
  BacklogReads backlogs = read_backlogs(job);

  RunResult result;
  std::optional<DryRunState> dry;
  result.add_substep("flow0.intake_sync",
                     sync_intake(job, std::move(intake), highest_key_number(backlogs), dry));
  RunResult saved;
  const SaveOptions options{SaveRule::kEditsOnly, StatusPolicy::kChangedAndFailedRows,
                            "flow1.backlogsheet_write"};
  for (const BacklogRead& backlog : backlogs.backlogs) {
    const Selection all = every_key(backlog.table);
    merge_result(saved, save_rows(job, backlog.table, std::nullopt, all, options).result);
  }
  result.add_substep("flow1.backlogsheet_read", std::move(saved));
  result.add_substep("flow1.backlog_sync",
                     sync_backlogs(job, std::move(backlogs), {Publish::kScores, false}, dry));
  lift_substeps(result);
  result.always_listed |= kListKeptPmValues;
  return result;
}

}  // namespace roadmap
