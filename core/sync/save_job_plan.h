#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/save_plan.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

struct SaveJobInput {
  const SheetTable& table;  // the tab whose rows are saved
  const SheetTable*
      math_models;  // beside Scoring_Inputs: gets a row for each marked initiative; nullptr: absent
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of the tab; used for Backlog and Scoring_Inputs
  // Of the selected initiatives.
  const std::vector<MathModelRecord>& models;
  const std::vector<ParamRecord>& params;
  const std::vector<ScoreRecord>& scores;
  const Selection& selection;
  const ScoringSettings& settings;
  MissingParams missing_params = MissingParams::kKeep;
  StatusPolicy status = StatusPolicy::kEverySelectedRow;  // kNone: no cell at all is written
  std::string sheet_token;                                // Updated Source of the rows
  UtcTime now{};
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
