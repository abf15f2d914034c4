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

enum class ParamRows : std::uint8_t {
  kSelected,  // the rows that the selection names, where it names some of the key
  kEveryRow,  // all rows of the selected keys
};
// Whether stored parameters that stand on the tab no more are forgotten.
enum class MissingParams : std::uint8_t { kKeep, kDrop };

struct ParamSaveInput {
  const SheetTable& table;  // Params
  const InitiativeIndex& stored;
  const std::vector<ParamRecord>& params;  // the stored ones of the selected initiatives
  const Selection& selection;
  ParamRows rows = ParamRows::kSelected;
  MissingParams missing = MissingParams::kKeep;
  UtcTime now{};
};

struct ParamSavePlan {
  StoreChanges changes;
  TabReport report;
  std::int64_t upserts = 0;  // rows that were taken, changed or not
  std::int64_t created = 0;
  std::set<int> wants_displayed, wants_formulas;  // as TabPlan has them
  // Why a math model cannot be scored as its rows stand, by key: the first row with a bad cell.
  std::map<std::string, std::string> score_problems;
};

// What saving the selected rows of Params does: row by row, each known by (key, framework, name). A row with
// a bad cell, a value outside its min or max, or a name that stands there twice is not saved. An initiative
// is failed if any of its rows is, and its outcome's row is its first. Pure.
ParamSavePlan plan_param_save(const ParamSaveInput& input);

}  // namespace roadmap
