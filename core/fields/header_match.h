#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fields/cell.h"
#include "core/fields/field.h"

namespace roadmap {

// The form in which headers compare: lower case, and every run of blanks, hyphens, colons and underscores one
// '_'. "RICE: Reach", "rice_reach" and "Rice - Reach" are the same.
std::string normalise_header(std::string_view header);

// Which column of a tab holds which field.
struct ColumnMap {
  std::vector<std::pair<FieldId, int>> columns;  // 0-based column; each field once, in column order
  std::vector<std::string> warnings;             // "columns A and C are both Title: A counts"

  std::optional<int> column_of(FieldId id) const;
  std::optional<FieldId> field_at(int column) const;
};

// Matches a header row against the fields of `tab` by header, alias and canonical name. Of two columns for
// one field the one whose header is the field's own counts, else the first.
ColumnMap match_headers(Tab tab, const std::vector<Cell>& header_row);

}  // namespace roadmap
