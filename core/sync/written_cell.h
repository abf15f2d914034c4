#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/store/write_intent.h"
#include "core/sync/intent_tab.h"

namespace roadmap {

// What both ways of looking at a write share (settlement.h: rows moved; moved_columns.h: columns did). Pure.

// Cells compare as texts: of a formula the formula itself, of everything else what it shows.
std::string comparable(const Cell& cell, bool is_formula = false);
std::string comparable(const SeenCell& cell);

// Nothing, or a checkbox: people enter these all the time.
bool is_commonplace(const Cell& cell);

// A formula that stood in row `then`, as it reads once its row stands at `now`: relative references to cells
// of its own row (B2, $B2) name the new row, as a sort does with them. References to other rows, to other
// tabs and texts stay. Rows are 1-based.
std::string formula_in_row(std::string_view formula, int then, int now);
// The same of a cell; one without a formula stays as it is.
SeenCell cell_in_row(const SeenCell& cell, int then, int now);

// What is known of one written cell.
struct WrittenCell {
  const PlannedCell* cell = nullptr;
  std::string identity;  // of the row it was meant for
  int row = 0;           // its address; of a new row its number in IntentTab::insert, negative
  bool applied = true;   // false in what puts right only: what it was to put right is still astray

  bool is_new() const { return row < 0; }
  std::string value() const { return comparable(cell->after, cell->is_formula); }
  SeenCell planned() const;
};

// The cells of a tab's first `items_applied` items, those of rows that Google refused left out; of a write
// that puts right the others, too.
std::vector<WrittenCell> written_cells(const IntentTab& tab, std::size_t items_applied,
                                       const std::set<std::string>& refused);

// The same by rows, and by what was written: made when it is asked for, since most writes land where they
// should. Refers to the cells.
class WrittenIndex {
 public:
  using Cells = std::vector<const WrittenCell*>;

  explicit WrittenIndex(const std::vector<WrittenCell>& cells) : cells_(cells) {}

  // In the order of the write; `row` as in WrittenCell.
  const Cells& in_row(int row) const;
  const WrittenCell* at(int row, int column) const;  // nullptr: none
  bool has(int row, int column, const std::string& value) const;
  const Cells& with(int column, const std::string& value) const;
  const std::map<int, Cells>& with(const std::string& value) const;  // by column

 private:
  const std::vector<WrittenCell>& cells_;
  mutable std::unordered_map<int, Cells> by_row_;
  mutable std::unordered_map<std::string, std::map<int, Cells>> by_value_;
};

// A cell that was left as it is since it is not certain what belongs there.
struct UnsureCell {
  std::string key;     // whose value it is
  int row = 0;         // where it is now, 1-based; 0: nowhere
  std::string column;  // its header, as the tab shows it; empty: none
  Cell ours;
  Cell shown;
  std::vector<Cell> before;    // what stood there, or one of these; empty: not known
  bool columns_moved = false;  // not rows
  int at = 0;                  // the column, 0-based
  bool landed = false;         // it shows our value
  std::string row_key{};       // of the row that it stands in; empty: it has none
};

// Values are quoted in sentences up to that many characters.
inline constexpr std::size_t kMaxQuotedCharacters = 60;

// "rows moved while Title was written: it shows 'x' of INIT-000007 now, 'y' stood there before". A column
// without a header goes by its letters, long values are cut.
std::string sentence_of(const UnsureCell& cell);

// The cells that put a tab right, by row and column, and those that are left as they are.
class PutRight {
 public:
  // `columns` are those that may be put right, by where they stand now; `identities` those of the rows as
  // they stand now, by row, empty for none. All outlive it.
  PutRight(const IntentTab& tab, const CellRow& header, const SeenColumns& columns,
           const std::vector<std::string>& identities)
      : tab_(tab), header_(header), columns_(columns), identities_(identities) {}

  // What was put there before is replaced.
  void put(int row, int column, const std::string& key, const SeenCell& value);
  bool contains(int row, int column) const { return cells_.contains({row, column}); }
  // A cell that is left as it is though our value stands in it; `belongs` is what may have stood there.
  UnsureCell left(const WrittenCell& ours, int row, int column, const std::vector<SeenCell>& belongs) const;
  // Names the cells that are unsure in the Status of their rows.
  void name_in_statuses(const std::vector<UnsureCell>& unsure);
  std::vector<PlannedCell> take();

 private:
  void name_in_status(const UnsureCell& cell, int status);

  const IntentTab& tab_;
  const CellRow& header_;
  const SeenColumns& columns_;
  const std::vector<std::string>& identities_;
  std::map<std::pair<int, int>, PlannedCell> cells_;
};

}  // namespace roadmap
