#pragma once

#include "core/actions/job_context.h"
#include "core/run/run_result.h"

namespace roadmap {

struct IntakeRead;
struct BacklogReads;

// One function an action, in a file named after it; the saves stand together in
// save_rows.cpp, what updates the backlogs in backlog_sync.cpp. action_registry.cpp names them. Each runs the
// job on the caller's thread, returns its result, throws Error when the run as a whole failed and RunStopped
// when it was stopped.
RunResult run_flow0_intake_sync(JobContext& job);
RunResult run_flow1_backlog_sync(JobContext& job);
RunResult run_flow1_full_sync(JobContext& job);
RunResult run_flow2_activate(JobContext& job);
RunResult run_flow3_sync_inputs(JobContext& job);
RunResult run_flow3_compute_all_frameworks(JobContext& job);
RunResult run_flow3_write_scores(JobContext& job);
RunResult run_flow4_sync_mathmodels(JobContext& job);
RunResult run_flow4_sync_params(JobContext& job);
RunResult run_flow4_suggest_mathmodels(JobContext& job);
RunResult run_flow4_seed_params(JobContext& job);
RunResult run_pm_backlog_sync(JobContext& job);
RunResult run_pm_add_to_scoring(JobContext& job);
RunResult run_pm_score_selected(JobContext& job);
RunResult run_pm_switch_framework(JobContext& job);
RunResult run_pm_save_selected(JobContext& job);

// Intake → database, keys → intake, as a part of another job: takes what was already read, so that a job
// reads every spreadsheet before it changes anything. `backlogs`: those read beside the intake, whose keys
// are never issued again; nullptr: none.
RunResult sync_intake(JobContext& job, IntakeRead intake, const BacklogReads* backlogs);

}  // namespace roadmap
