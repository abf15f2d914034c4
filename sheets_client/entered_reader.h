#pragma once

#include <string_view>
#include <vector>

#include "core/run/sheets_gateway.h"

namespace sheets {

// The fields of spreadsheets.get that read_entered_cells needs.
inline constexpr std::string_view kEnteredFields =
    "sheets(data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue))))";

struct CellEntry {
  roadmap::CellAddress address;
  roadmap::EnteredCell entered;
};

// Reads a spreadsheets.get answer token by token and returns what was entered into its cells, in ascending
// order of address; cells that are not among them are empty. A value that nobody entered there counts as a
// formula: an array formula elsewhere fills that cell. Throws MalformedAnswer.
std::vector<CellEntry> read_entered_cells(std::string_view answer);

}  // namespace sheets
