#pragma once

#include <vector>

#include "core/actions/job_context.h"
#include "core/fields/field.h"
#include "core/run/selection.h"
#include "core/run/settings.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// Which kind of tab a request is about, and where it stands.
struct TabOfRequest {
  Tab tab{};
  TabLayout layout;
};

// Finds the branch of a job that works on the tab it was called from: configured tab names exactly, then
// ignoring case, else, in a backlog spreadsheet that lacks its configured tab, a name that contains
// "backlog". Without a sheet context the first configured workbook of `supported` counts. Throws Error
// ("unknown_spreadsheet", "unknown_tab") that lists what would be right. May read the spreadsheet's tabs.
TabOfRequest find_tab_of_request(JobContext& job, const std::vector<Tab>& supported);

// A tab of Product Ops for a flow on that tab alone: in the configured workbook, or in the request's where
// that is allowed. Throws Error where neither is usable, and as read_tab does.
SheetTable read_product_ops_tab(JobContext& job, Tab tab);

// Throws Error where no Product Ops workbook is configured.
void check_product_ops(const TabLayout& layout);

// Every key of a tab, for jobs on all rows.
Selection every_key(const SheetTable& table);
// The keys of a request on a tab: those of its scope, or all that stand there.
Selection keys_in_scope(const JobContext& job, const SheetTable& table);

}  // namespace roadmap
