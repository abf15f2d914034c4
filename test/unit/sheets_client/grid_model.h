#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/fields/cell.h"

namespace sheets::testing {

// The cells of one tab, as rectangular as a sheet is.
struct Grid {
  std::vector<std::vector<roadmap::Cell>> rows;

  static Grid of(int row_count, int column_count);
  int row_count() const { return static_cast<int>(rows.size()); }
  int column_count() const { return rows.empty() ? 0 : static_cast<int>(rows[0].size()); }
  friend bool operator==(const Grid&, const Grid&) = default;
};

// Tabs by sheet id.
using Workbook = std::map<std::int64_t, Grid>;

// Carries out a spreadsheets.batchUpdate body of the requests that the client sends. Fails the test for any
// other request, for a member that does not belong there, and for a place beyond the grid.
void apply_batch(Workbook& workbook, const std::string& body);

}  // namespace sheets::testing
