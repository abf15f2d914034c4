#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// No sheet can have more rows.
inline constexpr int kMaxRow = 10'000'000;

// Column letters: 0 is "A", 26 is "AA".
std::string column_letters(int column);
// The inverse, either case; nullopt for anything but letters, or beyond "ZZZ".
std::optional<int> column_from_letters(std::string_view letters);
// A sheet's title as A1 notation wants it: bare where Google writes it bare, else in single quotes, quotes
// doubled.
std::string quoted_title(std::string_view title);

// One end of a reference: a missing row or column is open ("A" in A:A). A $ keeps it from moving on a copy.
struct ReferenceCorner {
  std::optional<int> row{};     // 0-based
  std::optional<int> column{};  // 0-based
  bool row_fixed = false;
  bool column_fixed = false;
  friend bool operator==(const ReferenceCorner&, const ReferenceCorner&) = default;
};
// Reads one at `at` and moves that behind it; nullopt when none stands there.
std::optional<ReferenceCorner> read_corner(std::string_view text, std::size_t& at);
// Open ends stay open; a reversed range is turned round.
GridBounds bounds_between(const ReferenceCorner& first, const ReferenceCorner& second);
// 'It''s' at the start of `text` without its quotes; nullopt when a quote stands alone. `rest` is what
// follows.
std::optional<std::string> unquote(std::string_view text, std::string_view& rest);

// A1 or R1C1 notation taken apart, nothing looked up yet.
struct A1Range {
  std::optional<std::string> title;  // unquoted; nullopt: the first visible sheet
  GridBounds bounds;                 // an end may lie before its start here
  bool has_cells = false;            // "Tab" alone names no cells
};

// nullopt when `text` cannot be read. A bare word that is no cell is a title ("Backlog"); "A1" is a cell and
// "'A1'" a title.
std::optional<A1Range> parse_a1(std::string_view text);
// The part after '!': "A1", "A1:B2", "A:C", "2:2", "A5:A", "R1C1:R2C3".
std::optional<GridBounds> parse_a1_cells(std::string_view text);

// Where a text leads in a workbook.
struct LocatedRange {
  const Sheet* sheet;
  GridBounds bounds;  // as A1Range has them
  bool has_cells;
};
// What `text` names there: cells, a tab, or a named range, which may stand behind its tab's title. nullopt
// when it cannot be read, or names nothing.
std::optional<LocatedRange> locate(const Workbook& workbook, std::string_view text);

// A range of an existing sheet, cut to its grid.
struct SheetRange {
  const Sheet* sheet = nullptr;
  GridRect rect;
  bool names_cells = false;   // false: "Tab" alone
  bool single_cell = false;   // "A1" or "A1:A1": an anchor for writes
  bool rows_bounded = false;  // the text named a last row, and so on
  bool columns_bounded = false;
  std::string requested;  // canonical text before it was cut
};

enum class PastEnd { kCut, kRefuse };

// Finds what `text` names. Throws ApiError: "Unable to parse range: …" when it cannot be read or the sheet
// does not exist, "Range (…) exceeds grid limits. …" when it starts outside the grid (or, with kRefuse, ends
// there).
SheetRange resolve_range(const Workbook& workbook, std::string_view text, PastEnd past_end = PastEnd::kCut);

// "Range (Sheet1!A1:B2) exceeds grid limits. …".
ApiError exceeds_grid(const Sheet& sheet, const GridRect& rect);

// "Sheet1!A1:B2", as the API echoes ranges.
std::string range_text(const Sheet& sheet, const GridRect& rect);

}  // namespace sheets::emulator
