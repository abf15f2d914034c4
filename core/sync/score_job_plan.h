#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

struct ScoreJobInput {
  Tab tab_of_request{};  // where the PM stands: Scoring_Inputs, MathModels or Params
  const SheetTable& scoring_inputs;
  const SheetTable* math_models;  // nullptr: absent; then the PM does not stand there
  const SheetTable* params;       // likewise
  const InitiativeIndex& stored;
  std::map<std::string, RowBase> bases;  // of Scoring_Inputs
  // Of all initiatives that stand on Scoring_Inputs, or of the selected ones: more are not looked at.
  std::vector<MathModelRecord> models;
  std::vector<ParamRecord> stored_params;
  std::vector<ScoreRecord> scores;
  const Selection& selection;  // its rows stand on the tab of the request
  const ScoringSettings& settings;
  UtcTime now{};
};

struct ScoreJobPlan {
  StoreChanges changes;
  std::vector<TabPlan> tabs;       // those with something to write
  TabReport report;                // of the tab of the request, with the warnings of all
  std::vector<std::string> hints;  // for `hints` of the result
  std::int64_t computed = 0;       // initiatives that got a score
  std::set<std::string> written;   // keys with a changed score cell
};

// Score selected (product.md, job 2): saves the selected initiatives' rows of all three tabs, computes every
// framework, writes scores, warnings and stale cells into Scoring_Inputs and Status on the tab of the
// request. A bad row of another tab only leaves the math model unscored, with that reason; a row of that tab,
// or of Scoring_Inputs, that fails has stored nothing on any tab. Pure.
ScoreJobPlan plan_score_job(ScoreJobInput input);

}  // namespace roadmap
