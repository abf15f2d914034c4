#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

enum class GridChange { kInsert, kRemove, kMove };

// What happened to rows or columns of a sheet, or to a band of it.
struct LineChange {
  GridChange kind;
  Dimension dimension;
  int at;
  int count;
  int destination = 0;                        // of kMove: before what was there
  std::optional<std::pair<int, int>> band{};  // only between these columns (or rows), half open
};

// Lets every formula of the workbook follow a change that was just made to one of its sheets. A reference to
// what was removed becomes #REF!.
void shift_formulas(Workbook& workbook, int sheet_id, const LineChange& change);

// Lets references to cells of a block that was cut and pasted elsewhere follow it.
void follow_block(Workbook& workbook, int from_sheet_id, const GridRect& from, int to_sheet_id, int rows,
                  int columns);

// Lets the references to a renamed sheet follow.
void rename_in_formulas(Workbook& workbook, const std::string& old_title, const std::string& new_title);

// A formula copied by so many rows and columns: what no $ keeps moves along.
std::string copied_formula(const std::string& formula, int rows, int columns);

// A formula whose row was sorted elsewhere: references to cells of that same row follow it.
std::string formula_moved_to_row(const std::string& formula, int from_row, int to_row);

// "B5", "$A$1:C", "'Central Backlog'!B2".
struct Reference {
  std::optional<std::string> title;
  ReferenceCorner first;
  std::optional<ReferenceCorner> last;  // absent: one cell

  GridBounds bounds() const { return bounds_between(first, last ? *last : first); }
  bool one_cell() const { return !last; }
  friend bool operator==(const Reference&, const Reference&) = default;
};

// Reads a reference at the start of `text` and says in `length` how much of it that is; nullopt when none
// stands there.
std::optional<Reference> read_reference(std::string_view text, std::size_t& length);
std::string reference_text(const Reference& reference);

// Changes every reference of a formula: `change` gets each and returns what replaces it; nullopt becomes
// #REF!. Texts in double quotes are left alone.
template <typename Change>
std::string rewrite_references(std::string_view formula, Change&& change);

// Where a reference stands in a formula.
struct FoundReference {
  std::size_t at;
  std::size_t length;
  Reference reference;
};
std::vector<FoundReference> find_references(std::string_view formula);

template <typename Change>
std::string rewrite_references(std::string_view formula, Change&& change) {
  std::string rewritten;
  std::size_t copied = 0;
  for (const FoundReference& found : find_references(formula)) {
    rewritten += formula.substr(copied, found.at - copied);
    const std::optional<Reference> changed = change(found.reference);
    if (changed == found.reference) {
      rewritten += formula.substr(found.at, found.length);
    } else {
      rewritten += changed ? reference_text(*changed) : "#REF!";
    }
    copied = found.at + found.length;
  }
  rewritten += formula.substr(copied);
  return rewritten;
}

}  // namespace sheets::emulator
