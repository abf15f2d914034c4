#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"

namespace roadmap {

// A cell that was left as it is since it is not certain what belongs there.
struct UnsureCell {
  std::string key;     // whose value it is
  int row = 0;         // where it is now, 1-based; 0: nowhere
  std::string column;  // its header, as the tab shows it
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

// "rows moved while Title was written: it shows 'x' of INIT-000007 now, 'y' stood there before". Long values
// are cut.
std::string sentence_of(const UnsureCell& cell);

// What a Status says, with another sentence before it: "OK · rows moved …; score is stale, run Score". A long
// Status is cut.
std::string status_with(std::string_view status, std::string message);

}  // namespace roadmap
