#pragma once

#include <vector>

#include "core/actions/job_context.h"
#include "core/actions/read_tabs.h"

namespace roadmap {

// Finds where a job works on the tab it was called from: configured tab names exactly, then
// ignoring case, else, in a backlog spreadsheet that lacks its configured tab, a name that contains
// "backlog". Without a sheet context the first configured workbook of `supported` counts. Throws Error
// ("unknown_spreadsheet", "unknown_tab") that lists what would be right. May read the spreadsheet's tabs.
TabToRead find_tab_of_request(JobContext& job, const std::vector<Tab>& supported);

// Where a tab of the Product Ops workbook stands, for a job on that tab whatever the request was made from:
// in the configured workbook, or in the request's where that is none of the configured ones and
// sheets.allow_any_spreadsheet is set. Throws Error "unknown_spreadsheet" or "no_product_ops".
TabToRead product_ops_of_request(const JobContext& job, Tab tab);
// The same for a job that always works on the configured workbook.
TabToRead configured_product_ops(const JobContext& job, Tab tab);

}  // namespace roadmap
