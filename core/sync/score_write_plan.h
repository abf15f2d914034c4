#pragma once

#include <map>
#include <set>
#include <string>

#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

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

}  // namespace roadmap
