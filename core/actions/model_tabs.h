#pragma once

#include "core/actions/job_context.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/run/settings.h"
#include "core/sync/row_report.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// Where math models and their parameters stand.
struct ModelTabs {
  TabLayout math_models;
  TabLayout params;
};

// Those of the workbook that the request was made from, whichever of its tabs; without a sheet context, of
// the configured Product Ops workbook. Throws Error as find_tab_of_request does.
ModelTabs find_model_tabs(JobContext& job);

// MathModels, with the columns that a suggestion goes to. Throws Error naming the tabs or headers found where
// one is missing.
SheetTable read_math_models(JobContext& job, const ModelTabs& tabs);

struct ModelTables {
  SheetTable math_models;
  SheetTable params;
};
// Both tabs with the columns that seeding needs, in one call. Throws likewise.
ModelTables read_model_tables(JobContext& job, const ModelTabs& tabs);

// The selected keys, or every key of MathModels. Row numbers of a request made from another tab are dropped.
Selection selected_models(const JobContext& job, const SheetTable& math_models);
// Who asked for named rows reads the answer in each of them; a run over all rows reports news.
StatusPolicy status_policy(const Scope& scope);

// What a job on a selection of math models answers with, but for its counts.
RunResult result_on_models(const Selection& selection, TabReport report);

}  // namespace roadmap
