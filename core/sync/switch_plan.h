#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/scoring/framework.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/row_report.h"
#include "core/sync/sheet_table.h"
#include "core/run/sheets_gateway.h"

namespace roadmap {

struct SwitchInput {
  const SheetTable& table;  // Scoring_Inputs or Backlog
  const InitiativeIndex& stored;
  const std::map<std::string, RowBase>& bases;  // of this tab
  const Selection& selection;
  UtcTime now{};
};

struct SwitchPlan {
  StoreChanges changes;
  TabReport report;
  std::vector<PlannedCell> writes;  // the active scores
};

// What switching the selected rows to the framework that they name does (product.md, job 3): stores that
// choice and nothing else of the row, and copies the framework's computed scores into the active ones. A row
// whose choice is blank, unknown or has no score keeps all of it. Never computes. Pure.
SwitchPlan plan_switch(const SwitchInput& input);

// The change that makes a framework an initiative's active one, with its scores; no values where it is so
// already. `source` is the provenance token.
InitiativeChange activation_of(const InitiativeRecord& initiative, Framework framework, UtcTime now,
                               const std::string& source);

}  // namespace roadmap
