#include "core/formula/explanation.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "core/formula/lexer.h"

namespace roadmap::formula {
namespace {

std::string_view sign_of(const Token& operation) {
  switch (operation.kind) {
    case TokenKind::kTimes:
      return "×";
    case TokenKind::kDivide:
      return "÷";
    default:
      return operation.text;
  }
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

}  // namespace

std::string explain(const Program& program, const Assignment& assignment, std::span<const double> slots,
                    double result) {
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

}  // namespace roadmap::formula
