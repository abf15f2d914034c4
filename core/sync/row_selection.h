#pragma once

#include <string>
#include <vector>

#include "core/run/selection.h"
#include "core/store/records.h"
#include "core/sync/initiative_index.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// One selected initiative on a tab with one row an initiative.
struct SelectedInitiative {
  std::string key;
  const TableRow* row = nullptr;             // its own row; nullptr: not on the tab, or only copies selected
  const InitiativeRecord* record = nullptr;  // nullptr: not stored
  std::string problem;                       // why nothing can be done for it; empty: go on
  int problem_row = 0;                       // the row that the problem is about, 1-based; 0: none
};

// A selected row that is a copy of an initiative's own row.
struct SelectedCopy {
  const TableRow* row = nullptr;
  std::string problem;  // "duplicate key, see row 5", or "unknown key"
};

// Finds what a selection names. Refers to the table and the stored initiatives, which must outlive it.
class RowSelection {
 public:
  RowSelection(const SheetTable& table, const KeyedRows& keyed, const InitiativeIndex& stored,
               const Selection& selection);

  const std::vector<SelectedInitiative>& initiatives() const { return initiatives_; }  // one a selected key
  const std::vector<SelectedCopy>& copies() const { return copies_; }

 private:
  SelectedInitiative find(const SheetTable& table, const KeyedRows& keyed, const std::string& key,
                          const std::vector<int>& selected_rows, bool is_known);

  std::vector<SelectedInitiative> initiatives_;
  std::vector<SelectedCopy> copies_;
};

// The data row of that number; nullptr outside of what was read.
const TableRow* row_at(const SheetTable& table, int number);

}  // namespace roadmap
