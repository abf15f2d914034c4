#pragma once

#include <optional>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "core/store/records.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// New rows of MathModels, below its last keyed row: key and title, for each of the initiatives that is marked
// Use Math Model and has no row there. nullopt: none. Pure.
std::optional<RowsInsert> plan_model_rows(const SheetTable& math_models,
                                          const std::vector<const InitiativeRecord*>& initiatives);

}  // namespace roadmap
