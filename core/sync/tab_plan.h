#pragma once

#include <optional>
#include <set>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// What a plan writes on one tab. A value; every planner answers with these, and nothing else reaches a sheet.
struct TabPlan {
  const SheetTable* table = nullptr;  // as it was read; not owned
  std::vector<HeaderAdd> headers;
  std::vector<PlannedCell> cells;  // of existing rows, in any order; each address once
  std::optional<RowsInsert> insert;
  // Columns whose formulas must be known before these cells are written: cells of people are about to be
  // overwritten there. The columns are looked at, and the job plans again. Empty: the plan is complete.
  std::set<int> wants_formulas;

  bool empty() const { return headers.empty() && cells.empty() && !insert; }
};

}  // namespace roadmap
