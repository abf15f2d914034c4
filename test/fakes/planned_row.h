#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/run/sheets_gateway.h"

namespace roadmap::test {

// The cells of one row: {column, value} each.
inline std::vector<PlannedCell> planned_row(int row, const std::string& key,
                                            const std::vector<std::pair<int, Cell>>& values) {
  std::vector<PlannedCell> cells;
  for (const auto& [column, value] : values)
    cells.push_back({key, row, column, FieldId{0}, {}, value});
  return cells;
}

inline void add_planned_row(std::vector<PlannedCell>& cells, int row, const std::string& key,
                            const std::vector<std::pair<int, Cell>>& values) {
  const std::vector<PlannedCell> more = planned_row(row, key, values);
  cells.insert(cells.end(), more.begin(), more.end());
}

// A write to one tab.
inline SheetWrite write_to(const std::string& tab, std::vector<PlannedCell> cells) {
  SheetWrite write;
  write.tabs.push_back({tab, {}, std::move(cells), {}});
  return write;
}

}  // namespace roadmap::test
