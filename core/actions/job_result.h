#pragma once

#include <vector>

#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"

namespace roadmap {

// What the results of jobs have in common.

// The result of a job on a selection: selected_count, saved_count, failed_count and skipped_no_key, a row for
// each selected key, the summary. saved_count is the initiatives that are OK.
RunResult selection_result(const Selection& selection, TabReport report);

// The answer to a selection without a usable key: nothing was read.
RunResult nothing_selected(const Selection& selection);

// Counts each row as done, skipped or failed.
void count_rows(const std::vector<RowOutcome>& rows, RunSummary& summary);

// Lists the stored values of initiatives that a dry run would change, as cells without a sheet.
void list_planned_values(const StoreChanges& changes, const InitiativeIndex& stored, RunResult& result);

// Adds a part's counts, lists and summary to a total of the same kind (one backlog of several).
void merge_result(RunResult& total, RunResult part);

// Gives a job of several flows the one outcome that its reader sees: the last flow's counts and rows, the
// failed and skipped rows, warnings and kept cells of all. Initiatives done are counted once, in the last
// flow.
void lift_substeps(RunResult& result);

}  // namespace roadmap
