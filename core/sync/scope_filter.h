#pragma once

#include <vector>

#include "core/run/action_request.h"
#include "core/run/run_result.h"
#include "core/run/selection.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"

namespace roadmap {

// The stored initiatives that a job on the database works on, in the order of the selection or of their keys.
struct StoredSelection {
  std::vector<const InitiativeRecord*> initiatives;
  std::vector<RowOutcome> unknown;  // selected keys that are not stored
  std::int64_t skipped_no_key = 0;
};

// All of them, the selected keys, or those that the predicate holds for (approved_by_user is that of the
// initiative's math model). Refers to `stored`.
StoredSelection select_stored(const Scope& scope, const InitiativeIndex& stored, const Planning& planning);

}  // namespace roadmap
