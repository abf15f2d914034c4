#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/setup/workbook_state.h"

namespace sheets {

// What a survey asks of spreadsheets.get, for whole tabs.
inline constexpr std::string_view kSurveyFields =
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount,frozenRowCount)),"
    "protectedRanges(range,description),"
    "data(startRow,startColumn,rowData.values(effectiveValue,userEnteredValue.formulaValue,note,"
    "dataValidation.condition)))";

// Reads a spreadsheets.get answer with kSurveyFields, cell by cell: a large tab never exists as a JSON
// document. `header_row_of` tells the header row (1-based) of the tab of that title. Throws MalformedAnswer.
std::vector<roadmap::TabState> read_survey(std::string_view answer,
                                           const std::function<int(std::string_view title)>& header_row_of);

}  // namespace sheets
