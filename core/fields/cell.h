#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/fields/text.h"

namespace roadmap {

// One cell's value: empty, TRUE/FALSE, a number (IEEE double, as Google stores it), or text. Error values
// such as "#REF!" arrive as text, as the Sheets API delivers them with UNFORMATTED_VALUE.
using Cell = std::variant<std::monostate, bool, double, std::string>;

// Empty, or text of nothing but white space.
bool is_blank(const Cell& cell);

// How the value reads in a message or a result: 3 as "3", 0.5 as "0.5", TRUE as "TRUE", empty as "".
std::string to_text(const Cell& cell);
// The same in a sentence: 'abc', cut to `limit` characters.
std::string quoted(const Cell& cell, std::size_t limit);

// A text that Sheets shows for a failed or unfinished formula: "#REF!", "#N/A", …, "Loading...".
bool is_error_text(std::string_view text);
bool is_error(const Cell& cell);

}  // namespace roadmap
