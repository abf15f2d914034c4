#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/run/sheets_gateway.h"

namespace sheets {

// The key of the developer metadata that a write leaves in a spreadsheet: its marker, a space, and how many
// of its items are applied.
inline constexpr std::string_view kMarkerKey = "roadmapd.write";

// The fields of a Spreadsheet that a picture is made of, the second with cells as they are displayed.
inline constexpr std::string_view kPictureFields =
    "developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(title),data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue))))";
inline constexpr std::string_view kDisplayedPictureFields =
    "developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(title),data(startRow,startColumn,"
    "rowData(values(userEnteredValue,effectiveValue,formattedValue))))";

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

// Reads a spreadsheets.get answer, or the updatedSpreadsheet of a batchUpdate answer, token by token: ten
// thousand rows never exist as a JSON document. A value that nobody entered counts as a formula: an array
// formula elsewhere fills that cell. Throws MalformedAnswer.
SeenSpreadsheet read_seen_spreadsheet(std::string_view answer);

// What was looked at. Throws MalformedAnswer where the answer lacks a tab's properties.
roadmap::Picture picture_of(const std::vector<roadmap::LookAt>& looks, SeenSpreadsheet seen);

// The ranges that show those looks on tabs with that many rows and columns; nothing beyond them, which would
// be an error.
void append_ranges(const roadmap::LookAt& look, const std::string& title, int rows, int columns,
                   std::vector<std::string>& ranges);

}  // namespace sheets
