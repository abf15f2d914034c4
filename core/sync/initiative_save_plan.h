#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/merge_rule.h"
#include "core/sync/row_report.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

struct InitiativeSaveInput {
  const SheetTable& table;  // Backlog or Scoring_Inputs
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  const Selection& selection;
  SaveRule rule = SaveRule::kRowAsItStands;  // for fields that only this tab has
  UtcTime now{};
};

struct InitiativeSavePlan {
  StoreChanges changes;
  TabReport report;
};

// What saving the selected rows of a tab with one row an initiative does (product.md, job 4): row by row, a
// row with a bad cell not at all. Pure: stores and writes nothing.
// - A field that people type on several tabs is taken only where its cell differs from this tab's base.
// - Active Scoring Framework is checked, never saved: only Switch stores it.
// - A selected copy of a row fails; columns of owners other than `pm` are never read.
// - Inputs that seem to have been typed beside another initiative's key fail, and name it.
InitiativeSavePlan plan_initiative_save(const InitiativeSaveInput& input);

// The typed cells of a tab that the database takes from it, beside the active framework.
bool is_saved_from(FieldId id, Tab tab);

}  // namespace roadmap
