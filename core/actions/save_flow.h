#pragma once

#include <optional>
#include <string>

#include "core/actions/job_context.h"
#include "core/actions/read_tabs.h"
#include "core/run/run_result.h"
#include "core/sync/param_save_plan.h"
#include "core/sync/row_report.h"

namespace roadmap {

struct SaveOptions {
  StatusPolicy status = StatusPolicy::kEverySelectedRow;
  std::string sheet_token;  // Updated Source of the rows
  ParamRows param_rows = ParamRows::kSelected;
  MissingParams missing_params = MissingParams::kKeep;
};

struct Saved {
  RunResult result;          // selection_result, with a dry run's plan
  std::int64_t changed = 0;  // stored records that changed
  std::int64_t created = 0;  // math models or parameters that were not stored before
  std::int64_t upserts = 0;  // parameter rows that were taken
};

// Rows of one tab → database, by selection (Save selected), and their Status. A save of Scoring_Inputs
// also adds a row to MathModels, where that table is given, for each initiative that is marked Use Math Model
// and has none.
Saved save_rows(JobContext& job, SheetTable table, std::optional<SheetTable> math_models,
                const Selection& selection, const SaveOptions& options);

// Every key of a tab, for jobs on all rows.
Selection every_key(const SheetTable& table);

}  // namespace roadmap
