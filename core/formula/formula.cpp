#include "core/formula/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/formula/lexer.h"
#include "core/formula/program.h"

namespace roadmap {
namespace formula {
namespace {

std::vector<std::string> names_at(const Program& program, const std::vector<std::uint16_t>& slots) {
  std::vector<std::string> names;
  names.reserve(slots.size());
  for (const std::uint16_t slot : slots)
    names.push_back(program.names[slot]);
  return names;
}

// A value a name, those of the inputs set.
std::vector<double> slots_with(const Program& program, std::span<const double> inputs) {
  if (inputs.size() != program.inputs.size())
    throw std::invalid_argument(
        fmt::format("the formula has {} inputs, {} values were given", program.inputs.size(), inputs.size()));
  std::vector<double> values(program.names.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    values[program.inputs[i]] = inputs[i];
  return values;
}

std::string_view sign_of(const Token& operation) {
  if (operation.kind == TokenKind::kTimes) return "×";
  if (operation.kind == TokenKind::kDivide) return "÷";
  return operation.text;
}

std::string in_parentheses_if_signed(double value) {
  return std::signbit(value) ? fmt::format("({})", value) : fmt::format("{}", value);
}

// The values of an assignment's names, one after the other: a postfix program reads its operands in the order
// in which they are written.
class NameValues {
 public:
  NameValues(const Program& program, const Assignment& assignment, std::span<const double> slots)
      : steps_(program.steps), at_(assignment.first_step), slots_(slots) {}

  double next() {
    while (steps_[at_].operation != Operation::kName)
      ++at_;
    return slots_[steps_[at_++].slot];
  }

 private:
  std::span<const Step> steps_;
  std::size_t at_;
  std::span<const double> slots_;
};

// One token of the expression, with the spaces around it. `after_operand` tells a minus from a sign.
std::string spelled(const Token& token, bool after_operand, NameValues& values) {
  switch (token.kind) {
    case TokenKind::kNumber:
      return fmt::format("{}", token.number);
    case TokenKind::kName: {
      const bool is_function = token.text == "min" || token.text == "max";
      return is_function ? std::string(token.text) : in_parentheses_if_signed(values.next());
    }
    case TokenKind::kOpen:
    case TokenKind::kClose:
      return std::string(token.text);
    case TokenKind::kComma:
      return ", ";
    default:
      return after_operand ? fmt::format(" {} ", sign_of(token)) : std::string(token.text);
  }
}

// An assignment with the numbers put in for the names: "savings = 400 × 12 × 6 = 28800"; "effort = 5" where
// the right side is the number already. `slots` holds a value a name; `result` is what the line computes.
std::string explained_line(const Program& program, const Assignment& assignment,
                           std::span<const double> slots, double result) {
  NameValues values(program, assignment, slots);
  std::string right_side;
  Lexer lexer(assignment.expression);
  Token token;
  bool after_operand = false;
  int tokens = 0;
  while (!lexer.next(token) && token.kind != TokenKind::kEndOfLine) {
    right_side += spelled(token, after_operand, values);
    after_operand =
        token.kind == TokenKind::kNumber || token.kind == TokenKind::kName || token.kind == TokenKind::kClose;
    ++tokens;
  }
  const std::string_view target = program.names[assignment.target];
  const std::string number = fmt::format("{}", result);
  if (tokens == 1 || right_side == number) return fmt::format("{} = {}", target, number);
  return fmt::format("{} = {} = {}", target, right_side, number);
}

}  // namespace
}  // namespace formula

std::string FormulaError::text() const {
  if (line == 0) return reason;
  return fmt::format("line {}, column {}: {}", line, column, reason);
}

std::string FormulaError::line_text() const {
  if (line == 0) return reason;
  return fmt::format("line {}: {}", line, reason);
}

Formula::Formula(formula::Program program)
    : program_(std::move(program)),
      inputs_(formula::names_at(program_, program_.inputs)),
      assigned_(formula::names_at(program_, program_.assigned)) {}

std::optional<std::size_t> Formula::assigned_index(std::string_view name) const {
  const auto found = std::find(assigned_.begin(), assigned_.end(), name);
  if (found == assigned_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - assigned_.begin());
}

Evaluation Formula::evaluate(std::span<const double> inputs) const {
  std::vector<double> slots = formula::slots_with(program_, inputs);
  for (const formula::Assignment& assignment : program_.assignments) {
    const formula::LineResult result = formula::run(program_, assignment, slots);
    if (result.failure != nullptr) return FormulaError{assignment.line, 0, result.failure};
    slots[assignment.target] = result.value;
  }
  std::vector<double> values;
  values.reserve(program_.assigned.size());
  for (const std::uint16_t slot : program_.assigned)
    values.push_back(slots[slot]);
  return values;
}

std::vector<std::string> Formula::explain(std::span<const double> inputs) const {
  std::vector<double> slots = formula::slots_with(program_, inputs);
  std::vector<std::string> lines;
  for (const formula::Assignment& assignment : program_.assignments) {
    const formula::LineResult result = formula::run(program_, assignment, slots);
    if (result.failure != nullptr) break;
    lines.push_back(formula::explained_line(program_, assignment, slots, result.value));
    slots[assignment.target] = result.value;
  }
  return lines;
}

}  // namespace roadmap
