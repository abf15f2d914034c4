#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "sheets_client/answer_reader.h"

namespace sheets {

// The fields of a Spreadsheet that a picture is made of, the second with cells as they are displayed.
inline constexpr std::string_view kPictureFields =
    "developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(title),data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue))))";
inline constexpr std::string_view kDisplayedPictureFields =
    "developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(title),data(startRow,startColumn,"
    "rowData(values(userEnteredValue,effectiveValue,formattedValue))))";

// What was looked at.
roadmap::Picture picture_of(const std::vector<roadmap::LookAt>& looks, SeenSpreadsheet seen);

// The ranges that show those looks on tabs with that many rows and columns; nothing beyond them, which would
// be an error.
void append_ranges(const roadmap::LookAt& look, const std::string& title, int rows, int columns,
                   std::vector<std::string>& ranges);

}  // namespace sheets
