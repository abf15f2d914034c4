#pragma once

#include "core/run/run_result.h"

namespace roadmap {

// Adds a part's counts, lists and summary to a total of the same kind (one backlog of several).
void merge_result(RunResult& total, RunResult part);

// Gives a job of several flows the one outcome that its reader sees: the last flow's counts and rows, the
// failed and skipped rows, warnings and kept cells of all. Initiatives done are counted once, in the last
// flow.
void lift_substeps(RunResult& result);

}  // namespace roadmap
