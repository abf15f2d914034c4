#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/formula/characters.h"
#include "core/formula/formula.h"
#include "core/formula/limits.h"
#include "core/formula/line_parser.h"

namespace roadmap {
namespace {

using namespace formula_limits;

// Takes the first line off, and with it its break: LF, CR LF or CR.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  if (text.starts_with("\r\n")) {
    text.remove_prefix(2);
  } else if (!text.empty()) {
    text.remove_prefix(1);
  }
  return line;
}

FormulaError about_the_whole(std::string reason) { return {0, 0, std::move(reason)}; }

bool is_value_in_other_case(std::string_view name) {
  constexpr std::string_view kValue = "value";
  return std::equal(name.begin(), name.end(), kValue.begin(), kValue.end(),
                    [](char a, char b) { return a == b || a == b - 'a' + 'A'; });
}

std::optional<FormulaError> check_value_is_assigned(const formula::Program& program) {
  std::string_view other_case;
  for (const std::uint16_t slot : program.assigned) {
    const std::string& name = program.names[slot];
    if (name == "value") return std::nullopt;
    if (is_value_in_other_case(name)) other_case = name;
  }
  if (other_case.empty()) return about_the_whole("no line assigns value: add one, value = …");
  return about_the_whole("no line assigns value: write value instead of " + std::string(other_case));
}

}  // namespace

ParsedFormula parse_formula(std::string_view text) {
  const std::size_t characters = formula::count_characters(text);
  if (characters > kMaxCharacters) {
    return about_the_whole("the formula has " + std::to_string(characters) + " characters: shorten it to " +
                           std::to_string(kMaxCharacters));
  }
  formula::Program program;
  formula::LineParser parser(program);
  for (int line = 1; !text.empty(); ++line) {
    if (auto refusal = parser.parse(take_line(text), line))
      return FormulaError{line, refusal->column, std::move(refusal->reason)};
  }
  if (auto error = check_value_is_assigned(program)) return std::move(*error);
  return Formula(std::move(program));
}

}  // namespace roadmap
