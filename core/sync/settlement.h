#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/store/write_intent.h"
#include "core/sync/moved_columns.h"
#include "core/sync/written_cell.h"

namespace roadmap {

// What became of a write while rows moved (sync.md, "Rows that move while a run writes", steps 3 and 4).
// Pure.

struct Settlement {
  // Why nothing can be told: no usable header, or no identities. The intent waits.
  std::string unusable;
  // What puts the cells astray right: pre-images to the rows that hold our value, our value to its own row.
  // With it goes what the Status of a row says of a cell that is unsure. Empty: all is as it should be.
  std::vector<PlannedCell> put_right;
  std::set<std::string> moved;      // keys of rows that had moved and are put right
  std::set<std::string> unwritten;  // keys whose row is gone, or whose column is: their cells stand nowhere
  std::vector<UnsureCell> unsure;
  std::vector<std::string> gone;  // headers of written columns that are gone
  // A value is in no row of its column, and its own row shows what it held: look at the whole tab.
  bool stands_nowhere = false;
  bool stands_elsewhere = false;  // a look at the whole tab found a value in another column
  // Columns whose cells get the values back that they showed, and how many: whether formulas gave them is not
  // known.
  std::map<std::string, int> values_back{};
  bool any_seen = false;  // some value is in a row, its own or another
  // Which of the rows that were read a row is now: by row now, where it was read.
  std::unordered_map<int, int> rows_then{};
  CellRow header{};  // of a look at the whole tab, with what is put right of it
};

// When a picture was taken: with the write itself, so that nobody acted between the two, or later.
enum class Taken : std::uint8_t { kWithTheWrite, kLater };

// What became of a tab where only rows may have moved (needs_whole_look says no).
// `items_applied`: how many of the tab's items (headers, rows, new rows, in order) the write applied. Of a
// write that puts right the others are still to be put right. `refused` are keys of rows that Google refused:
// nothing of them was written.
Settlement settle(const IntentTab& tab, std::size_t items_applied, const std::set<std::string>& refused,
                  const TabPicture& picture, Taken taken);

// The same while columns were inserted, moved or deleted, or a row above the header was: the write's cells
// landed in other columns than they were meant for, on what people typed there. Every cell of the tab is held
// against the whole of what was read: that is why an intent keeps the columns that it does not write. What a
// cell held in a column that was not to be written is put back as the value that was read, where no formula
// is seen in that column: whether one stood in the cell is not known. `moved` is usable.
Settlement settle_moved_columns(const IntentTab& tab, std::size_t items_applied,
                                const std::set<std::string>& refused, const MovedTab& moved);

}  // namespace roadmap
