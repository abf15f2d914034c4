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

// An error that a function or operator meets in its values, or gives: its result, whatever it was about to
// do.
struct ErrorMet {
  CellError error;
};
// What `work` gives: a Value or an Operand.
template <typename Work>
auto caught(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const ErrorMet& met) {
    return Value{met.error};
  }
}

// A block's upper left value; a value itself.
Value first_value(const Operand& operand);
// The value itself. Throws ErrorMet for an error.
const Value& without_error(const Value& value);
// Empty is 0, TRUE is 1, numeric text its number. Throws ErrorMet for an error, and #VALUE! for other text.
double to_number(const Value& value);
// A text that a formula gives. Throws ErrorMet #VALUE! where it is longer than a cell's may be.
Value text_value(std::string text);
// As & joins it: 0.5 is "0.5", TRUE is "TRUE".
std::string to_text(const Value& value);
bool to_condition(const Value& value);  // throws ErrorMet as to_number does
// Negative, zero or positive, as = and < compare: numbers before text before booleans, text ignoring case.
int compare(const Value& left, const Value& right);
// Whether "<" and its like hold for what compare gave; anything unknown is ">=".
bool holds(std::string_view symbol, int order);
std::optional<CellError> error_of(const Value& value);

}  // namespace sheets::emulator
