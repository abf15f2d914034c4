#include "core/sheets_gateway.h"

#include <algorithm>

namespace roadmap {

std::vector<RowWrite> group_by_row(const std::vector<PlannedCell>& writes) {
  std::vector<const PlannedCell*> sorted;
  sorted.reserve(writes.size());
  for (const PlannedCell& write : writes)
    sorted.push_back(&write);
  std::stable_sort(sorted.begin(), sorted.end(), [](const PlannedCell* a, const PlannedCell* b) {
    return a->row != b->row ? a->row < b->row : a->column < b->column;
  });
  std::vector<RowWrite> rows;
  for (const PlannedCell* write : sorted) {
    if (rows.empty() || rows.back().row != write->row) rows.push_back({write->row, write->key, {}});
    rows.back().cells.push_back({write->column, write->after});
  }
  return rows;
}

}  // namespace roadmap
