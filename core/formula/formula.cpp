#include "core/formula/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/formula/characters.h"
#include "core/formula/explanation.h"
#include "core/formula/line_parser.h"
#include "core/formula/program.h"
#include "core/formula/run.h"

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

std::vector<std::string> names_at(const formula::Program& program, const std::vector<std::uint16_t>& slots) {
  std::vector<std::string> names;
  names.reserve(slots.size());
  for (const std::uint16_t slot : slots)
    names.push_back(program.names[slot]);
  return names;
}

// A value a name, those of the inputs set.
std::vector<double> slots_with(const formula::Program& program, std::span<const double> inputs) {
  if (inputs.size() != program.inputs.size())
    throw std::invalid_argument(
        fmt::format("the formula has {} inputs, {} values were given", program.inputs.size(), inputs.size()));
  std::vector<double> values(program.names.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    values[program.inputs[i]] = inputs[i];
  return values;
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

std::string FormulaError::text() const {
  if (line == 0) return reason;
  return fmt::format("line {}, column {}: {}", line, column, reason);
}

std::string FormulaError::line_text() const {
  if (line == 0) return reason;
  return fmt::format("line {}: {}", line, reason);
}

std::string EvaluationError::text() const { return fmt::format("line {}: {}", line, reason); }

Formula::Formula(formula::Program program)
    : program_(std::move(program)),
      inputs_(names_at(program_, program_.inputs)),
      assigned_(names_at(program_, program_.assigned)) {}

std::optional<std::size_t> Formula::assigned_index(std::string_view name) const {
  const auto found = std::find(assigned_.begin(), assigned_.end(), name);
  if (found == assigned_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - assigned_.begin());
}

Evaluation Formula::evaluate(std::span<const double> inputs) const {
  std::vector<double> slots = slots_with(program_, inputs);
  for (const formula::Assignment& assignment : program_.assignments) {
    const formula::LineResult result = formula::run(program_, assignment, slots);
    if (result.failure != nullptr) return EvaluationError{assignment.line, result.failure};
    slots[assignment.target] = result.value;
  }
  std::vector<double> values;
  values.reserve(program_.assigned.size());
  for (const std::uint16_t slot : program_.assigned)
    values.push_back(slots[slot]);
  return values;
}

std::vector<std::string> Formula::explain(std::span<const double> inputs) const {
  std::vector<double> slots = slots_with(program_, inputs);
  std::vector<std::string> lines;
  for (const formula::Assignment& assignment : program_.assignments) {
    const formula::LineResult result = formula::run(program_, assignment, slots);
    if (result.failure != nullptr) break;
    lines.push_back(formula::explain(program_, assignment, slots, result.value));
    slots[assignment.target] = result.value;
  }
  return lines;
}

}  // namespace roadmap
