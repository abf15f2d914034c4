#include "core/fields/cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/fields/text.h"

namespace roadmap {

bool is_blank(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return true;
  const auto* text = std::get_if<std::string>(&cell);
  return text != nullptr && trim(*text).empty();
}

std::string to_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "TRUE" : "FALSE";
  return {};
}

std::string quoted(const Cell& cell, std::size_t limit) { return "'" + cut(to_text(cell), limit) + "'"; }

bool is_error_text(std::string_view text) {
  constexpr std::array<std::string_view, 9> kErrors = {"Loading...", "#REF!",   "#N/A",  "#VALUE!", "#NAME?",
                                                       "#DIV/0!",    "#ERROR!", "#NUM!", "#NULL!"};
  return std::find(kErrors.begin(), kErrors.end(), trim(text)) != kErrors.end();
}

bool is_error(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text != nullptr && is_error_text(*text);
}

}  // namespace roadmap
