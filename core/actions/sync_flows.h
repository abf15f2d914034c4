#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/actions/job_context.h"
#include "core/actions/read_tabs.h"
#include "core/run/run_result.h"
#include "core/sync/backlog_plan.h"

namespace roadmap {

// The flows that jobs are made of. Each plans and commits under the planning lock, then writes, then checks
// what it wrote. They take what was already read, so that a job reads every spreadsheet before it changes
// anything.

// What later flows of a dry run have to assume, since nothing is committed.
struct DryRunState {
  std::vector<InitiativeRecord> initiatives;  // as they would be stored
};

// Intake → database, keys → intake (flow0). A lost write is read and planned again. `highest_number_seen` is
// that of any key in sheets read beside the intake. In a dry run nothing is stored or written and `dry` is
// filled.
RunResult sync_intake(JobContext& job, IntakeRead intake, std::int64_t highest_number_seen,
                      std::optional<DryRunState>& dry);

struct BacklogSyncOptions {
  Publish publish = Publish::kScores;
  bool add_status_column = false;
};
// Database → backlogs (flow1).
RunResult sync_backlogs(JobContext& job, BacklogReads reads, const BacklogSyncOptions& options,
                        const std::optional<DryRunState>& dry);

// The largest number of any well-formed key in these tabs; 0 when there is none.
std::int64_t highest_key_number(const BacklogReads& backlogs);

}  // namespace roadmap
