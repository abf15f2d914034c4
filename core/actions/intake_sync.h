#pragma once

#include "core/actions/job_context.h"
#include "core/actions/read_tabs.h"
#include "core/run/run_result.h"

namespace roadmap {

// Intake → database, keys → intake (flow0): a part of a job, or all of it. Takes what was already read, so
// that a job reads every spreadsheet before it changes anything. `backlogs`: those read beside the intake,
// whose keys are never issued again; nullptr: none.
RunResult sync_intake(JobContext& job, IntakeRead intake, const BacklogReads* backlogs);

}  // namespace roadmap
