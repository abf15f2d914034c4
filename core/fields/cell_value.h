#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/fields/cell.h"
#include "core/fields/field.h"

namespace roadmap {

// The values of a framework cell: all frameworks by which initiatives are scored, in the order of the enum
// Framework (core/scoring/framework.h).
inline constexpr std::array<std::string_view, 3> kFrameworkNames = {"RICE", "WSJF", "MATH_MODEL"};
// Also the framework of a parameter whose Framework cell is blank (sheets.md, Params).
inline constexpr std::string_view kMathModelFramework = kFrameworkNames[2];

// How a date such as 3/4/2026 is meant.
enum class DateOrder : std::uint8_t { kDayMonthYear, kMonthDayYear };

// The name that somebody may have meant: "rice", "Math model" and "MATH-MODEL" are framework names too.
// nullopt for any other text.
std::optional<std::string_view> framework_name(std::string_view typed);
// "RICE, WSJF or MATH_MODEL".
std::string framework_choice();

// Why a cell is not a value of its field: "'abc' is not a number". The caller puts the header before it.
struct BadCell {
  std::string reason;
};

using ParsedCell = std::variant<Cell, BadCell>;

// Converts what a sheet shows to a value of the type: text trimmed, blank to empty, "12 %" to 0.12, serial
// numbers to "YYYY-MM-DD". An error value ("#REF!", "Loading...") is bad for every type.
ParsedCell parse_cell(FieldType type, const Cell& shown, DateOrder date_order);

// Whether two values of a field mean the same: texts trimmed, key lists as lists, an empty bool as FALSE.
// Also takes cells that did not parse; they equal only themselves.
bool same_value(FieldType type, const Cell& a, const Cell& b);

// The keys of a key list, in order, trimmed, blanks dropped.
std::vector<std::string> split_keys(const Cell& key_list);

}  // namespace roadmap
