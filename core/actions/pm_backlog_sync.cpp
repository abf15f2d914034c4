#include "core/actions/handlers.h"
#include "core/actions/result_merge.h"
#include "core/actions/sync_flows.h"

namespace roadmap {

// See latest intake: every spreadsheet is read before anything is changed, so that one that cannot be read
// fails the run with nothing done.
RunResult run_pm_backlog_sync(JobContext& job) {
  job.expect_steps(6);
  job.step("read_intake", "Reading intake");
  IntakeRead intake = read_intake(job);
  job.step("read_backlog", "Reading the backlog");
  BacklogReads backlogs = read_backlogs(job);

  RunResult result;
  result.add_substep("flow0.intake_sync", sync_intake(job, std::move(intake), &backlogs));
  BacklogSyncOptions options;
  options.publish = Publish::kNoScores;
  options.add_status_column = true;
  result.add_substep("flow1.backlog_sync", sync_backlogs(job, std::move(backlogs), options));
  lift_substeps(result);
  result.always_listed |= kListKeptPmValues;
  return result;
}

}  // namespace roadmap
