#pragma once

#include <map>
#include <set>
#include <string>

#include "core/actions/job_context.h"
#include "core/actions/read_tabs.h"
#include "core/run/run_result.h"
#include "core/sync/backlog_plan.h"

namespace roadmap {

// The flows that jobs on intake and backlogs are made of. They take what was already read, so that a job
// reads every spreadsheet before it changes anything.

// Intake → database, keys → intake (flow0). `backlogs`: those read beside the intake, whose keys are never
// issued again; nullptr: none.
RunResult sync_intake(JobContext& job, IntakeRead intake, const BacklogReads* backlogs);

struct BacklogSyncOptions {
  Publish publish = Publish::kScores;
  bool add_status_column = false;
  // Of a job that saved the backlogs' rows before: what it stored, and why it could not (by key).
  std::set<std::string> saved;
  std::map<std::string, std::string> refused;
};
// Database → backlogs (flow1).
RunResult sync_backlogs(JobContext& job, BacklogReads reads, const BacklogSyncOptions& options);

}  // namespace roadmap
