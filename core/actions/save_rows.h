#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/actions/job_tabs.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/sync/row_report.h"
#include "core/sync/save_plan.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

struct SaveOptions {
  std::optional<Selection> selection{};  // nullopt: the request's keys, or all that stand on the tab
  StatusPolicy status = StatusPolicy::kNone;
  std::string sheet_token{};  // Updated Source of the rows
  MissingParams missing_params = MissingParams::kKeep;
  bool skip_without_formula = false;  // rows of MathModels without a formula are left alone, and listed
};

struct Saved {
  RunResult result;                         // selection_result, with a dry run's plan
  SaveJobPlan plan;                         // for its counts: what else is in it, the result has
  std::vector<RowOutcome> without_formula;  // rows that were left alone
};

// Rows of one tab → database, and their Status. A save of Scoring_Inputs that
// writes Status also adds a row to MathModels, where that tab is usable, for each initiative that is marked
// Use Math Model and has none. `read`: the tab, where the job has read it already.
Saved save_rows(JobContext& job, const TabToRead& place, const SaveOptions& options,
                std::optional<SheetTable> read = std::nullopt);

}  // namespace roadmap
