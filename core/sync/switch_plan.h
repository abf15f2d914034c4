#pragma once

#include <map>
#include <string>

#include "core/run/selection.h"
#include "core/scoring/framework.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

struct SwitchInput {
  const SheetTable& table;  // Scoring_Inputs or Backlog
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  StoredScoring& scoring;                       // of the selected initiatives; unchanged but for its caches
  const ScoringSettings& settings;
  const Selection& selection;
  UtcTime now{};
};

struct SwitchPlan {
  StoreChanges changes;
  TabReport report;
  TabPlan tab;  // the active scores, Status; on Scoring_Inputs the row's stale cells, too
};

// What switching the selected rows to the framework that they name does (product.md, job 3): stores that
// choice and nothing else of the row, and copies the scores that were last computed into the active ones;
// none, where the last computation gave none. A choice that was cleared on this tab deactivates. A row whose
// choice is merely blank, unknown or was never computed fails and keeps all of it. Never computes. Pure.
SwitchPlan plan_switch(const SwitchInput& input);

// The change that makes a framework an initiative's active one, with its scores; no values where it is so
// already. `source` is the provenance token. nullopt: none is active then, all four fields are empty.
InitiativeChange activation_of(const InitiativeRecord& initiative, std::optional<Framework> framework,
                               UtcTime now, const std::string& source);

}  // namespace roadmap
