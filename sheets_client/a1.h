#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sheets {

// The column of such letters (the inverse of roadmap::column_letters), 0-based, either case; nullopt for
// anything but letters, or beyond "ZZZ".
std::optional<int> column_from_letters(std::string_view letters);

// The title in single quotes, always. What requests use: a bare title loses to a named range of that name.
std::string always_quoted_tab(std::string_view title);

// Whether two titles name the same tab: Google compares them ignoring case (here: of ASCII letters).
bool same_title(std::string_view a, std::string_view b);

// The corners of a range, all inclusive and 0-based.
struct RangeBounds {
  int first_row = 0;
  int first_column = 0;
  int last_row = 0;
  int last_column = 0;
  friend bool operator==(const RangeBounds&, const RangeBounds&) = default;
};

// The corners of a range as Google spells it in an answer: "'My tab'!A1:Z1000", or "A1" for one cell.
// nullopt for open ranges and for what is no range.
std::optional<RangeBounds> range_bounds(std::string_view range);

}  // namespace sheets
