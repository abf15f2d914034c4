#include "core/sync/written_cells.h"

#include <algorithm>

namespace roadmap {

std::vector<RowWrite> group_by_row(const std::vector<PlannedWrite>& writes) {
  std::vector<const PlannedWrite*> sorted;
  sorted.reserve(writes.size());
  for (const PlannedWrite& write : writes)
    sorted.push_back(&write);
  std::stable_sort(sorted.begin(), sorted.end(), [](const PlannedWrite* a, const PlannedWrite* b) {
    return a->row != b->row ? a->row < b->row : a->column < b->column;
  });
  std::vector<RowWrite> rows;
  for (const PlannedWrite* write : sorted) {
    if (rows.empty() || rows.back().row != write->row) rows.push_back({write->row, write->key, {}});
    rows.back().cells.push_back({write->column, write->after});
  }
  return rows;
}

}  // namespace roadmap
