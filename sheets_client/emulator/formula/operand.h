#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// A block of values, row by row.
struct Array {
  int rows = 0;
  int columns = 0;
  std::vector<Value> values;
  // Where it stands in a sheet, for a range; absent for what was worked out.
  std::optional<std::pair<int, int>> origin{};
  const Value& at(int row, int column) const {
    return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                  static_cast<std::size_t>(column)];
  }
};

// What part of a formula gives: one value or a block. Blocks are shared: many formulas look into the same
// imported range.
using Operand = std::variant<Value, std::shared_ptr<const Array>>;

// A block's upper left value; a value itself.
Value first_value(const Operand& operand);
// Empty is 0, TRUE is 1, numeric text its number; an error stays one, other text is #VALUE!.
std::variant<double, CellError> to_number(const Value& value);
// As & joins it: 0.5 is "0.5", TRUE is "TRUE".
std::string to_text(const Value& value);
std::variant<bool, CellError> to_condition(const Value& value);
// Negative, zero or positive, as = and < compare: numbers before text before booleans, text ignoring case.
int compare(const Value& left, const Value& right);
std::optional<CellError> error_of(const Value& value);

}  // namespace sheets::emulator
