#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/store/write_intent.h"
#include "core/sync/unsure_cell.h"

namespace roadmap {

// What both ways of looking at a write share (settlement.h: rows moved; moved_columns.h: columns did). Pure.

// Cells compare as texts: of a formula the formula itself, of everything else what it shows.
std::string comparable(const Cell& cell, bool is_formula = false);
std::string comparable(const SeenCell& cell);

// Nothing, or a checkbox: people enter these all the time.
bool is_commonplace(const Cell& cell);

// What is known of one written cell.
struct WrittenCell {
  const PlannedCell* cell = nullptr;
  std::string identity;  // of the row it was meant for
  int address = 0;       // where it landed; 0: in a new row
  int new_row = 0;       // in IntentTab::insert, from 1; 0: in a row that was there
  bool applied = true;   // false in what puts right only: what it was to put right is still astray

  std::string value() const { return comparable(cell->after, cell->is_formula); }
  SeenCell planned() const;
};

// The cells of a tab's first `items_applied` items, those of rows that Google refused left out; of a write
// that puts right the others, too.
std::vector<WrittenCell> written_cells(const IntentTab& tab, std::size_t items_applied,
                                       const std::set<std::string>& refused);

// A cell that is left as it is though our value stands in it; what it held is still to be said. `identity` is
// its row's as it stands now, empty for none.
UnsureCell left_cell(const WrittenCell& ours, CellAddress at, const CellRow& header, const SeenCell& shown,
                     const std::string& identity);
// How a sentence says what a cell held.
Cell as_said(const SeenCell& held);

// The cells that put a tab right, by row and column.
class PutRight {
 public:
  // `shown` is what the cell shows now. What was put there before is replaced.
  void put(int row, int column, const std::string& key, const SeenCell& shown, const SeenCell& value);
  bool contains(int row, int column) const { return cells_.contains({row, column}); }
  // Names the cells that are unsure in the Status of their rows. `identities` are those of the rows as they
  // stand now, by row, empty for none; `statuses` is the Status column.
  void name_in_statuses(const std::vector<UnsureCell>& unsure, const IntentTab& tab, const CellRow& header,
                        int status, const std::vector<SeenCell>& statuses,
                        const std::vector<std::string>& identities);
  std::vector<PlannedCell> take();

 private:
  std::map<std::pair<int, int>, PlannedCell> cells_;
};

}  // namespace roadmap
