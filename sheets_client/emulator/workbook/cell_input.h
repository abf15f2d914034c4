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

// For texts that nobody typed today: a date without its year is none.
inline constexpr int kNoYear = 0;

// The text as if a person with an en_US sheet typed it: numbers, percentages, money, fractions, dates, times,
// durations, TRUE and FALSE, formulas; a leading apostrophe makes it text and disappears. What begins with a
// plus and is no number is a formula (github.com/nithinmurali/pygsheets pull request 373). Empty text is an
// empty cell. A date without a year is of `this_year`.
TypedInput parse_user_entered(std::string_view text, int this_year);

// Puts it into a cell. A format that the input implies replaces the cell's; a plain number keeps the one that
// is there.
void enter(Cell& cell, const TypedInput& input);

}  // namespace sheets::emulator
