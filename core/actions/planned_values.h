#pragma once

#include "core/run/run_result.h"
#include "core/store/store.h"
#include "core/sync/initiative_index.h"

namespace roadmap {

// Lists the stored values of initiatives that a dry run would change, as cells without a sheet.
void list_planned_values(const StoreChanges& changes, const InitiativeIndex& stored, RunResult& result);

}  // namespace roadmap
