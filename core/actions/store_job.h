#pragma once

#include <string>

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/sync/initiative_index.h"
#include "core/sync/scope_filter.h"

namespace roadmap {

// What a job on the database alone plans: what is stored, and what is said of it.
struct StoredPlan {
  StoreChanges changes;
  RunResult result;
};

// The skeleton of every job that touches no sheet: asks `planner` under the planning lock what becomes of the
// stored initiatives in the request's scope, and commits it. The result is the planner's, with the keys that
// are not stored and, in a dry run, each value that would change. Throws as Store does, and RunStopped when
// the run was told to stop before its commit.
RunResult store_job(JobContext& job, std::string step, std::string label, const StorePlanner& planner);

}  // namespace roadmap
