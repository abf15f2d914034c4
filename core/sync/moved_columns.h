#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "core/sync/settlement.h"

namespace roadmap {

// What became of a write while columns were inserted, moved or deleted, or a row above the header was: its
// cells landed in other columns than they were meant for, on what people typed there (sync.md, "Rows that
// move while a run writes"). The whole tab is looked at then, and every cell is held against the whole of
// what was read: that is why an intent keeps the columns that it does not write. Pure.

// All columns of a tab, from A on. `picture` is what a look at the written ones showed.
LookAt whole_look_of(const IntentTab& tab, const TabPicture& picture);

// A tab with its columns where they stand now.
struct MovedTab {
  // Why nothing can be told: no usable header, or no column that identifies rows. The intent waits.
  std::string unusable;
  // The columns of look_of as they stand now, and after them all columns, from A on. Its header row is where
  // the header is now. A column that is gone stands behind the last one.
  LookAt looked_at;
  TabPicture picture;  // parallel to it
  // By column now, from A on: where it stood when the tab was read; -1: nowhere.
  std::vector<int> then;
};
// `whole` is what whole_look_of asked for, seen at one moment.
MovedTab find_columns(const IntentTab& tab, const TabPicture& whole);

// As settle() does. What a cell held in a column that was not to be written is put back as the value that was
// read, where no formula is seen in that column: whether one stood in the cell is not known.
Settlement settle_moved_columns(const IntentTab& tab, std::size_t items_applied,
                                const std::set<std::string>& refused, const MovedTab& moved);

}  // namespace roadmap
