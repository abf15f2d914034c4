#pragma once

#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/sync/row_report.h"

namespace roadmap {

// The result of a job on a selection: selected_count, saved_count, failed_count and skipped_no_key, a row for
// each selected key, the summary. saved_count is the initiatives that are OK.
RunResult selection_result(const Selection& selection, TabReport report);

// The answer to a selection without a usable key: nothing was read.
RunResult nothing_selected(const Selection& selection);

}  // namespace roadmap
