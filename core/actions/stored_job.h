#pragma once

#include "core/actions/job.h"
#include "core/sync/scope_filter.h"

namespace roadmap {

// What a job on the database alone stores, and says.
struct StoredPlan {
  StoreChanges changes;
  RunResult result;
};

using StoredPlanner = StoredPlan (*)(const JobContext&, const Planning&, const InitiativeIndex&,
                                     const StoredSelection&);

// Asks `planner` what becomes of the stored initiatives in the request's scope, and carries it out. The
// result is the planner's, with the keys that are not stored and, in a dry run, each value that would change.
// `planner` is asked under the planning lock. Throws as carry_out does.
RunResult run_on_stored(JobContext& job, JobStep step, StoredPlanner planner);

}  // namespace roadmap
