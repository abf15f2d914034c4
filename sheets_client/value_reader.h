#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/run/sheets_gateway.h"

namespace sheets {

// One range of a values.batchGet answer, majorDimension ROWS, UNFORMATTED_VALUE.
struct ValueRange {
  std::string range;  // as Google spells it: "'My tab'!A1:Z1000"
  std::vector<roadmap::CellRow> rows;
};

// Reads the answer token by token: 10,000 rows of 30 cells never exist as a JSON document. "" and null are
// empty cells. Throws MalformedAnswer.
std::vector<ValueRange> read_value_ranges(std::string_view answer);

}  // namespace sheets
