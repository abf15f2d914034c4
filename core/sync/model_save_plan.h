#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

struct ModelSaveInput {
  const SheetTable& table;  // MathModels
  const InitiativeIndex& stored;
  const std::vector<MathModelRecord>& models;  // the stored ones of the selected initiatives
  const Selection& selection;
  UtcTime now{};
};

struct ModelSavePlan {
  StoreChanges changes;
  TabReport report;
  std::int64_t created = 0;                       // models that were not stored before
  std::set<int> wants_displayed, wants_formulas;  // as TabPlan has them
  // Why a math model cannot be scored as its row stands, by key: "invalid: line 2, column 7: …".
  std::map<std::string, std::string> score_problems;
};

// What saving the selected rows of MathModels does: row by row, a row with a bad cell, a formula that does
// not parse, or an approval of nothing not at all. The assistant's columns are never read. Pure.
ModelSavePlan plan_model_save(const ModelSaveInput& input);

}  // namespace roadmap
