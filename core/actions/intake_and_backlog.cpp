// The actions that are made of the intake's flow and the backlogs': every spreadsheet is read before anything
// is changed, so that one that cannot be read fails the run with nothing done.
#include <optional>
#include <set>

#include "core/actions/handlers.h"
#include "core/actions/save_rows.h"
#include "core/actions/sync_flows.h"

namespace roadmap {
namespace {

// What PMs typed in the backlogs → database. What is to be said of a row is left to the update of its
// backlog.
RunResult save_backlogs(JobContext& job, const BacklogReads& backlogs, BacklogSyncOptions& options) {
  RunResult saved;
  for (const BacklogRead& backlog : backlogs.backlogs) {
    RunResult part = save_rows(job, {Tab::kBacklog, backlog.settings->layout}, {}, backlog.table).result;
    for (const RowOutcome& row : part.rows) {
      if (row.status == RowStatus::kFailed) options.refused.emplace(row.initiative_key, row.message);
      if (row.status == RowStatus::kOk) options.saved.insert(row.initiative_key);
    }
    saved.merge(std::move(part));
  }
  return saved;
}

// A row that both flows refuse is said, and counted, once.
void leave_to_the_update(RunResult& saved, const RunResult& updated) {
  std::set<std::pair<std::string, int>> said;
  for (const RowOutcome& row : updated.rows) {
    if (row.status == RowStatus::kFailed) said.emplace(row.initiative_key, row.row);
  }
  saved.summary.failed -= static_cast<std::int64_t>(std::erase_if(saved.rows, [&](const RowOutcome& row) {
    return row.status == RowStatus::kFailed && said.contains({row.initiative_key, row.row});
  }));
}

enum class BacklogEdits : std::uint8_t { kSaved, kLeft };

RunResult sync_both(JobContext& job, BacklogEdits edits, BacklogSyncOptions options) {
  job.expect_steps(6);
  job.step("read_intake", "Reading intake");
  IntakeRead intake = read_intake(job);
  job.step("read_backlog", "Reading the backlog");
  BacklogReads backlogs = read_backlogs(job);

  RunResult result;
  result.add_substep("flow0.intake_sync", sync_intake(job, std::move(intake), &backlogs));
  std::optional<RunResult> saved;
  if (edits == BacklogEdits::kSaved) saved = save_backlogs(job, backlogs, options);
  RunResult updated = sync_backlogs(job, std::move(backlogs), options);
  if (saved) {
    leave_to_the_update(*saved, updated);
    result.add_substep("flow1.backlogsheet_read", std::move(*saved));
  }
  result.add_substep("flow1.backlog_sync", std::move(updated));
  result.lift_substeps();
  result.always_listed |= kListKeptPmValues;
  return result;
}

}  // namespace

RunResult run_flow1_full_sync(JobContext& job) { return sync_both(job, BacklogEdits::kSaved, {}); }

// See latest intake.
RunResult run_pm_backlog_sync(JobContext& job) {
  BacklogSyncOptions options;
  options.publish = Publish::kNoScores;
  options.add_status_column = true;
  return sync_both(job, BacklogEdits::kLeft, std::move(options));
}

}  // namespace roadmap
