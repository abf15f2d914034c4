#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/pm_cells.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// Whether stored parameters that stand on the tab no more are forgotten.
enum class MissingParams : std::uint8_t { kKeep, kDrop };

struct SaveInput {
  const SheetTable& table;  // Backlog, Scoring_Inputs, MathModels or Params
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab; used for Backlog and Scoring_Inputs
  // Of the selected initiatives; each is used for its own tab.
  const std::vector<MathModelRecord>& models;
  const std::vector<ParamRecord>& params;
  const Selection& selection;
  MissingParams missing_params = MissingParams::kKeep;
  UtcTime now{};
};

struct SavePlan {
  StoreChanges changes;
  TabReport report;
  TabPlan tab;                                 // stale cells that are refreshed; no Status yet
  std::set<int> doubted_blanks;                // columns to look at for formulas before anything is stored
  std::int64_t created = 0;                    // math models or parameters that were not stored before
  std::int64_t upserts = 0;                    // parameter rows that were taken, changed or not
  std::map<std::string, FrameworkUnit> units;  // of the initiatives' rows that are OK, by key
  // Of FAILED rows: cells that nobody is known to have typed, which a job that a person started has told of
  // now.
  std::vector<BaseChange> told;
  // Why a math model cannot be scored as its row stands ("invalid: line 2, column 7: …"), or the first row of
  // its parameters with a bad cell, by key.
  std::map<std::string, std::string> score_problems;
};

// What saving the selected rows of a tab does: row by row, a row with a bad cell not at all. Pure: stores and
// writes nothing.

// Of a tab with one row an initiative (product.md, job 4).
// - A cell is taken where a person changed it; where it is a stale copy, it is refreshed.
// - Active Scoring Framework is checked, never saved: only Switch stores it. What it says beside the active
//   one stands in `units`, not yet in the report.
// - A selected copy of a row fails; columns of owners other than `pm` are never read.
// - Inputs that were typed beside another initiative's key fail, and name it.
// - What a score input is read as ("Confidence 80 read as 80 %") is said when it was typed.
SavePlan plan_initiative_save(const SaveInput& input);

// Of MathModels: nor is a row with a formula that does not parse, or with an approval of nothing. The
// assistant's columns are never read.
SavePlan plan_model_save(const SaveInput& input);

// Of Params: each row is known by (key, framework, name); those that the selection names are saved, where it
// names some of the key, else all of the key's. Nor is a row with a value outside its min or max, or with a
// name that stands there twice. An initiative is failed if any of its rows is, and its outcome's row is its
// first.
SavePlan plan_param_save(const SaveInput& input);

// As the tab is.
SavePlan plan_save(const SaveInput& input);

struct SaveJobInput : SaveInput {
  // Beside Scoring_Inputs: gets a row for each marked initiative; nullptr: absent.
  const SheetTable* math_models;
  const std::vector<ScoreRecord>& scores;  // of the selected initiatives
  const ScoringSettings& settings;
  StatusPolicy status = StatusPolicy::kEverySelectedRow;  // kNone: no cell at all is written
  std::string sheet_token;                                // Updated Source of the rows
};

struct SaveJobPlan {
  StoreChanges changes;
  std::vector<TabPlan>
      tabs;  // the saved one, then MathModels where it gets rows; those with nothing left out
  TabReport report;
  std::int64_t changed = 0;  // stored records that change
  std::int64_t created = 0;  // math models or parameters that were not stored
  std::int64_t upserts = 0;  // parameter rows that were taken
};

// Save selected (product.md, job 4), and the flows that save whole tabs: what is stored of the rows, the
// cells that are refreshed, and every row's Status, with what is still missing between its score and its
// publication. Pure.
SaveJobPlan plan_save_job(const SaveJobInput& input);

}  // namespace roadmap
