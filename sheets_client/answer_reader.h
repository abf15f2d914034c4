#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "sheets_client/api_error.h"

namespace sheets {

// One range of a values.batchGet answer, majorDimension ROWS, UNFORMATTED_VALUE.
struct ValueRange {
  std::string range;  // as Google spells it: "'My tab'!A1:Z1000"
  std::vector<roadmap::CellRow> rows;
};

// Reads the answer token by token: ten thousand rows never exist as a JSON document. "" and null are empty
// cells. Throws MalformedAnswer.
std::vector<ValueRange> read_value_ranges(std::string_view answer);

// The key of the developer metadata that a write leaves in a spreadsheet: its marker, a space, and how many
// of its items are applied.
inline constexpr std::string_view kMarkerKey = "roadmapd.write";

// A block of cells of a tab, by columns, as a picture takes them over: each ends with its last cell.
struct SeenBlock {
  int start_row = 0;  // 0-based
  int start_column = 0;
  std::vector<std::vector<roadmap::SeenCell>> columns;
};
struct SeenTab {
  std::string title;
  std::vector<SeenBlock> blocks;
};
struct SeenSpreadsheet {
  std::string marker;  // value of kMarkerKey; empty: none
  std::vector<SeenTab> tabs;
};

// Reads a spreadsheets.get answer, or the updatedSpreadsheet of a batchUpdate answer, likewise. A value that
// nobody entered counts as a formula: an array formula elsewhere fills that cell. Throws MalformedAnswer.
SeenSpreadsheet read_seen_spreadsheet(std::string_view answer);

}  // namespace sheets
