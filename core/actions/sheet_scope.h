#pragma once

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// Where a flow on one Product Ops tab reads and writes: the configured workbook, or the request's where that
// is allowed. Throws Error when neither is usable.
TabLayout product_ops_layout(JobContext& job, Tab tab);

// The keys of a request on a tab: those of its scope, or all that stand there.
Selection keys_in_scope(const JobContext& job, const SheetTable& table);

}  // namespace roadmap
