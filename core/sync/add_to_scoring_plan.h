#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

struct AddToScoringInput {
  const SheetTable& table;  // Scoring_Inputs
  const InitiativeIndex& stored;
  const Selection& selection;  // keys of the Backlog
};

struct AddToScoringPlan {
  StoreChanges changes;            // bases only
  TabPlan tab;                     // new rows
  std::vector<RowOutcome> rows;    // one a selected key, in their order; `row` is the Backlog's, as selected
  std::set<std::string> added;     // keys
  std::int64_t already_there = 0;  // selected keys that the tab lists
  std::vector<std::string> warnings;
};

// Add to scoring (product.md): a row below what is there for each selected initiative that Scoring_Inputs
// does not list: its key as text, its title, the active framework with its scores, and all other fields that
// are stored of it. Throws Error ("scoring_key_unreadable") naming the row where a key cell shows an error or
// Loading...: any of them may stand there. Pure.
AddToScoringPlan plan_add_to_scoring(const AddToScoringInput& input);

}  // namespace roadmap
