#pragma once

#include <map>
#include <string>

#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/pm_cells.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

struct InitiativeSaveInput {
  const SheetTable& table;  // Backlog or Scoring_Inputs
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  const Selection& selection;
  UtcTime now{};
};

struct InitiativeSavePlan {
  StoreChanges changes;
  TabReport report;
  TabPlan tab;                                 // stale cells that are refreshed; no Status yet
  std::set<int> doubted_blanks;                // columns to look at for formulas before anything is stored
  std::map<std::string, FrameworkUnit> units;  // of the rows that are OK, by key
  // Of FAILED rows: cells that nobody is known to have typed, which a job that a person started has told of
  // now.
  std::vector<BaseChange> told;
};

// What saving the selected rows of a tab with one row an initiative does (product.md, job 4): row by row, a
// row with a bad cell not at all. Pure: stores and writes nothing.
// - A cell is taken where a person changed it; where it is a stale copy, it is refreshed.
// - Active Scoring Framework is checked, never saved: only Switch stores it. What it says beside the active
// one
//   stands in `units`, not yet in the report.
// - A selected copy of a row fails; columns of owners other than `pm` are never read.
// - Inputs that were typed beside another initiative's key fail, and name it.
// - What a score input is read as ("Confidence 80 read as 80 %") is said when it was typed.
InitiativeSavePlan plan_initiative_save(const InitiativeSaveInput& input);

}  // namespace roadmap
