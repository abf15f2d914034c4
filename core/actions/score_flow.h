#pragma once

#include "core/actions/job_context.h"
#include "core/actions/read_tabs.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"

namespace roadmap {

// Score selected (product.md, job 2): saves the selected initiatives' rows of all three tabs, computes every
// framework, writes scores and warnings into Scoring_Inputs and Status on `branch`, the tab that the PM
// stands on. One read was done; one write and one look back follow. `tabs` holds at least Scoring_Inputs and
// the branch.
RunResult score_selected(JobContext& job, Tab branch, ProductOpsTables tabs, const Selection& selection);

}  // namespace roadmap
