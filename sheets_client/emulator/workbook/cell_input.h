#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sheets_client/emulator/workbook/cell.h"

namespace sheets::emulator {

// What typing a text into a cell makes of it. Formula and value exclude each other.
struct TypedInput {
  Value value;
  std::string formula;                 // with its "="
  std::optional<NumberFormat> format;  // what the way of typing implies: "50%" is a percentage
};

// The text as if a person with an en_US sheet typed it: numbers, percentages, dollars, dates, times, TRUE and
// FALSE, formulas; a leading apostrophe makes it text and disappears. Empty text is an empty cell.
TypedInput parse_user_entered(std::string_view text);

// Puts it into a cell. A format that the input implies replaces the cell's; a plain number keeps the one that
// is there.
void enter(Cell& cell, const TypedInput& input);

}  // namespace sheets::emulator
