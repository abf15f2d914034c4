#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/workbook/grid_bounds.h"

namespace sheets::emulator {

// One end of a reference: a missing row or column is open ("A" in A:A). A $ keeps it from moving on a copy.
struct ReferenceCorner {
  std::optional<int> row;     // 0-based
  std::optional<int> column;  // 0-based
  bool row_fixed = false;
  bool column_fixed = false;
  friend bool operator==(const ReferenceCorner&, const ReferenceCorner&) = default;
};

// "B5", "$A$1:C", "'Central Backlog'!B2".
struct Reference {
  std::optional<std::string> title;
  ReferenceCorner first;
  std::optional<ReferenceCorner> last;  // absent: one cell

  // Open ends stay open; a reversed range is turned round.
  GridBounds bounds() const;
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
