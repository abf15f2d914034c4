#pragma once

#include <string>
#include <vector>

#include "core/fields/cell.h"
#include "core/fields/field.h"
#include "core/run/sheets_gateway.h"

namespace roadmap::app {

struct ChangedCell {
  int row;  // 1-based, as it stands afterwards
  std::string key;
  std::string column;  // the header
  Cell before;
  Cell after;
};

struct AddedRow {
  int row;  // 1-based
  std::string key;
  std::string title;
  std::string team;
};

// What became of a tab between two readings of it.
struct TabDiff {
  int rows_before = 0;  // with something in them, the header not counted
  int rows_after = 0;
  std::vector<AddedRow> added;
  std::vector<ChangedCell> changed;      // of rows that were there before
  std::vector<std::string> own_columns;  // headers that no field has: people's own
  int own_cells = 0;                     // cells in them before
  int own_cells_kept = 0;                // those that stand beside the same key unchanged
  bool same_order = true;                // the rows that were there stand in the same order
};

// How rows of the two readings are told to be the same: by their key, or, where the job writes the keys
// themselves, by their row number.
enum class RowIdentity { kKey, kRowNumber };

// Compares two readings of a tab whose header is in row 1.
TabDiff compare_tabs(Tab tab, const TabGrid& before, const TabGrid& after, RowIdentity identity);

}  // namespace roadmap::app
