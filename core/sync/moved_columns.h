#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/sync/intent_tab.h"

namespace roadmap {

// Where the columns of a tab stand that were inserted, moved or deleted while it was written, or whose header
// row was (sync.md, "Rows that move while a run writes"): the whole tab is looked at then. Pure.

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

  std::optional<int> now_of(int column_then) const;  // nullopt: it is gone
  const SeenCell& shown(int row, int column) const;  // of one of all columns, as it stands now
};
// `whole` is what whole_look_of asked for, seen at one moment.
MovedTab find_columns(const IntentTab& tab, const TabPicture& whole);

// The headers of a tab as they were read, by column.
std::map<int, std::string> headers_then(const IntentTab& tab);

}  // namespace roadmap
