#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/sync/initiative_index.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/pm_cells.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

// What computing did for one initiative.
struct ScoredInitiative {
  std::string key;
  std::string failure;     // why it keeps its old scores; empty: computed
  std::string message;     // for its Status: what was not scored, and what is missing until it is published
  FrameworkScores scores;  // without how they came about: see ScorePlan::changes
  InitiativeRecord after;  // with the new scores
  bool changed = false;    // a stored score changed

  bool has_any_score() const;
};

struct ScorePlanInput {
  const std::vector<ScoringCase>& cases;
  StoredScoring& stored;  // newest computations; the cases' records are taken out of it
  const ScoringSettings& settings;
  // All scored rows of the tab, for the hints; without a tab all initiatives.
  const std::vector<CalibrationRow>& tab_rows;
  const std::map<std::string, FrameworkUnit>& units;  // of the rows, by key; without a tab none
  UtcTime now{};
};

struct ScorePlan {
  StoreChanges changes;
  std::vector<ScoredInitiative> initiatives;  // parallel to the cases
  std::vector<std::string> hints;             // at most one of each kind
};

// Computes all frameworks of each initiative (scoring.md): its per-framework scores and warnings, and a new
// entry of the history where a computation differs from the newest one. Never touches the active framework
// or the active scores; says where they are older, or gone. Pure.
ScorePlan plan_scores(const ScorePlanInput& input);

// Adds the cells of a row of Scoring_Inputs that differ from the record's scores: those of the frameworks,
// and Math: Warnings. A score that does not exist clears its cell.
void write_framework_scores(const TableRow& row, const InitiativeRecord& initiative, TabPlan& plan);

struct ScoreWriteInput {
  const SheetTable& table;  // Scoring_Inputs
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  const Selection& selection;
};

struct ScoreWritePlan {
  StoreChanges changes;  // bases only
  TabPlan tab;
  TabReport report;
  std::set<std::string> updated;  // keys with a changed cell beside Status and provenance
};

// Database → Scoring_Inputs (flow3.write_scores): the scores of the frameworks, Math: Warnings, Title, and
// the active framework with its scores where the row's choice is not another one. Status of changed and
// failed rows. Pure.
ScoreWritePlan plan_score_writes(const ScoreWriteInput& input);

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
