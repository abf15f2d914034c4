#pragma once

#include <chrono>
#include <string_view>

#include "sheets_client/emulator/workbook/json_fwd.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// How the values of a request are taken: as they are, or as if a person typed them this year.
struct ValueInput {
  bool typed = false;
  int this_year = 0;
};

// A ValueInputOption at that time. Throws ApiError when none is specified.
ValueInput parse_value_input(std::string_view text, std::chrono::system_clock::time_point now);

// The values of a ValueRange, checked: a list of lists of strings, numbers, booleans and nulls.
struct ValueTable {
  const Json* lines = nullptr;  // borrowed; nullptr: none
  Dimension major = Dimension::kRows;

  int line_count() const;
  int longest_line() const;
  int rows() const { return major == Dimension::kRows ? line_count() : longest_line(); }
  int columns() const { return major == Dimension::kRows ? longest_line() : line_count(); }
};

// Throws ApiError naming `place` ("data", "data[0]") and what is wrong with its values.
ValueTable read_value_table(const Json& value_range, std::string_view place);

// What a write changed. Nulls are skipped and count for nothing.
struct WriteCounts {
  int sheet_id = 0;
  std::string updated_range;
  GridRect rect;  // the same, for reading back
  std::vector<bool> rows, columns;
  int cells = 0;

  int row_count() const;
  int column_count() const;
};

// Writes the table into the range that `range_text` names, from its upper left cell on. Throws ApiError for a
// range that cannot be read, a table that leaves the range or the grid, a protected cell, or a text that is
// too long.
WriteCounts write_values(Workbook& workbook, std::string_view range, const ValueTable& table,
                         ValueInput input, const Caller& caller);
// The same at a place that is inside the grid, unchecked but for protection and length.
WriteCounts write_values_at(Workbook& workbook, int sheet_id, int row, int column, const ValueTable& table,
                            ValueInput input, const Caller& caller);

}  // namespace sheets::emulator
