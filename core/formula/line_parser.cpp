#include "core/formula/line_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/fields/text.h"
#include "core/formula/characters.h"
#include "core/formula/program.h"

namespace roadmap::formula {
namespace {

using namespace formula_limits;

bool is_function(std::string_view name) { return name == "min" || name == "max"; }

// The function that somebody meant who wrote MAX or Min; empty for other names.
std::string_view function_in_other_case(std::string_view name) {
  for (const std::string_view function : {std::string_view("min"), std::string_view("max")}) {
    const bool same = std::equal(name.begin(), name.end(), function.begin(), function.end(),
                                 [](char a, char b) { return a == b || a == b - 'a' + 'A'; });
    if (same) return function;
  }
  return {};
}

// Words between values in languages with conditions.
bool is_condition_word(std::string_view word) {
  constexpr std::array<std::string_view, 8> kWords = {"if", "then", "else", "and", "or", "not", "in", "is"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// What a usual formula needs, so that reading it does not grow containers step by step.
constexpr std::size_t kUsualSteps = 48;
constexpr std::size_t kUsualNames = 16;

bool is_sign(const Token& token) { return token.kind == TokenKind::kPlus || token.kind == TokenKind::kMinus; }

}  // namespace

LineParser::LineParser(Program& program) : program_(program) {
  program_.steps.reserve(kUsualSteps);
  program_.names.reserve(kUsualNames);
  slots_.reserve(kUsualNames);
}

std::optional<Refusal> LineParser::parse(std::string_view line, int number) {
  lexer_ = Lexer(line);
  token_ = {};
  previous_ = {};
  nesting_ = 0;
  const bool accepted = advance() && (token_.kind == TokenKind::kEndOfLine || assignment(number));
  return accepted ? std::nullopt : std::move(refusal_);
}

bool LineParser::assignment(int number) {
  const Token name = token_;
  if (!target()) return false;
  Assignment assignment;
  assignment.line = number;
  assignment.first_step = program_.steps.size();
  const char* const begin = token_.text.data();
  if (!sum()) return false;
  if (token_.kind != TokenKind::kEndOfLine) return refuse_after_operand();
  assignment.end_step = program_.steps.size();
  assignment.expression.assign(begin, previous_.text.data() + previous_.text.size());
  // Only now: in `a = a + 1` the right side reads what stood before.
  Slot& slot = slot_of(name.text);
  assignment.target = slot.index;
  if (!slot.is_assigned) program_.assigned.push_back(slot.index);
  slot.is_assigned = true;
  program_.assignments.push_back(std::move(assignment));
  return true;
}

// The name and its '='.
bool LineParser::target() {
  const Token name = token_;
  if (name.kind == TokenKind::kAssign) {
    const std::string_view meant = trim(lexer_.rest());
    return refuse(name.column, fmt::format("a name is missing before '=': write value = {}",
                                           meant.empty() ? "…" : shortened(meant, kQuotedBytes)));
  }
  if (name.kind != TokenKind::kName)
    return refuse(name.column,
                  fmt::format("a line reads name = expression, it cannot begin with {}", quoted(name.text)));
  if (!advance()) return false;
  if (token_.kind == TokenKind::kName)
    return refuse(token_.column,
                  fmt::format("a line reads name = expression: '=' is missing after {}; a name "
                              "has no spaces, write {}",
                              quoted(name.text), joined_names()));
  if (token_.kind != TokenKind::kAssign)
    return refuse(token_.column,
                  fmt::format("a line reads name = expression: '=' is missing after {}", quoted(name.text)));
  if (is_function(name.text))
    return refuse(name.column,
                  fmt::format("{} is the name of a function: choose another name", quoted(name.text)));
  if (program_.assignments.size() == kMaxAssignments)
    return refuse(name.column,
                  fmt::format("more than {} assignments: combine some of them", kMaxAssignments));
  return advance();
}

bool LineParser::sum() {
  if (!product()) return false;
  while (is_sign(token_)) {
    const Operation operation = token_.kind == TokenKind::kPlus ? Operation::kAdd : Operation::kSubtract;
    if (!advance() || !product()) return false;
    add(operation);
  }
  return true;
}

bool LineParser::product() {
  if (!operand()) return false;
  for (;;) {
    Operation operation{};
    switch (token_.kind) {
      case TokenKind::kTimes:
        operation = Operation::kMultiply;
        break;
      case TokenKind::kDivide:
        operation = Operation::kDivide;
        break;
      case TokenKind::kFloorDivide:
        operation = Operation::kFloorDivide;
        break;
      case TokenKind::kModulo:
        operation = Operation::kModulo;
        break;
      default:
        return true;
    }
    if (!advance() || !operand()) return false;
    add(operation);
  }
}

bool LineParser::operand() {
  if (!is_sign(token_)) return atom();
  const Token sign = token_;
  if (!advance()) return false;
  if (is_sign(token_)) {
    return refuse(token_.column, fmt::format("two signs in a row: write one, or parentheses as in {}({}a)",
                                             sign.text, token_.text));
  }
  if (!atom()) return false;
  if (sign.kind == TokenKind::kMinus) add(Operation::kNegate);
  return true;
}

bool LineParser::atom() {
  switch (token_.kind) {
    case TokenKind::kNumber:
      add(Operation::kNumber, 0, token_.number);
      return advance();
    case TokenKind::kName:
      return name_or_call();
    case TokenKind::kOpen:
      return group();
    default:
      return refuse_operand();
  }
}

bool LineParser::name_or_call() {
  const Token name = token_;
  if (!advance()) return false;
  const bool called = token_.kind == TokenKind::kOpen;
  if (is_function(name.text)) {
    if (called) return call(name);
    return refuse(name.column, fmt::format("'{0}' is a function: write {0}(a, b)", name.text));
  }
  if (!called) {
    load(name.text);
    return true;
  }
  if (const std::string_view meant = function_in_other_case(name.text); !meant.empty())
    return refuse(name.column, fmt::format("write {} instead of {}", meant, name.text));
  return refuse(name.column, fmt::format("{} is no function: there are only min and max", quoted(name.text)));
}

bool LineParser::group() {
  const Token open = token_;
  return enter(open) && sum() && leave(open);
}

bool LineParser::call(const Token& function) {
  const Token open = token_;
  if (!enter(open)) return false;
  if (token_.kind == TokenKind::kClose)
    return refuse(token_.column, fmt::format("{} needs at least one value", function.text));
  return arguments(function.text == "min" ? Operation::kMin : Operation::kMax) && leave(open);
}

bool LineParser::arguments(Operation operation) {
  if (!sum()) return false;
  while (token_.kind == TokenKind::kComma) {
    if (!advance() || !sum()) return false;
    add(operation);
  }
  return true;
}

bool LineParser::enter(const Token& open) {
  if (nesting_ == kMaxNesting) {
    return refuse(
        open.column,
        fmt::format("more than {} parentheses inside one another: use a line of its own", kMaxNesting));
  }
  ++nesting_;
  return advance();
}

bool LineParser::leave(const Token& open) {
  if (token_.kind == TokenKind::kEndOfLine) return refuse(open.column, "this '(' has no ')' on its line");
  if (token_.kind != TokenKind::kClose) return refuse_after_operand();
  --nesting_;
  return advance();
}

bool LineParser::advance() {
  before_previous_ = previous_;
  previous_ = token_;
  refusal_ = lexer_.next(token_);
  if (refusal_) refusal_->reason = advised(std::move(refusal_->reason));
  return !refusal_;
}

std::string LineParser::advised(std::string reason) const {
  const std::string_view rest = lexer_.rest();
  if (rest.starts_with(';') && nesting_ > 0)
    return "';' is not part of a formula: a comma separates values, max(a, b)";
  const bool names_cell = rest.size() > 1 && rest[0] == '!' && (is_letter(rest[1]) || rest[1] == '$');
  if (!names_cell || previous_.kind != TokenKind::kName) return reason;
  std::size_t end = 1;
  while (end < rest.size() && (is_letter(rest[end]) || is_digit(rest[end]) || rest[end] == '$'))
    ++end;
  return fmt::format("a formula reads no cells: write the parameter's name instead of {}!{}",
                     quotable(previous_.text), quotable(rest.substr(1, end - 1)));
}

std::string LineParser::joined_names() const {
  std::string joined = std::string(previous_.text) + "_" + std::string(token_.text);
  Lexer ahead = lexer_;
  Token token;
  while (joined.size() < kMaxNameLength && !ahead.next(token) && token.kind == TokenKind::kName)
    joined += "_" + std::string(token.text);
  return shortened(joined, kQuotedBytes);
}

bool LineParser::refuse(int column, std::string reason) {
  refusal_ = Refusal{column, std::move(reason)};
  return false;
}

bool LineParser::refuse_operand() {
  if (previous_.kind == TokenKind::kModulo) {
    const double percent = before_previous_.kind == TokenKind::kNumber ? before_previous_.number : 20;
    return refuse(token_.column,
                  fmt::format("a value is missing after '%', which is the remainder: write {} % as {}",
                              percent, percent / 100));
  }
  if (token_.kind == TokenKind::kEndOfLine)
    return refuse(token_.column, fmt::format("a value is missing after {}", quoted(previous_.text)));
  return refuse(token_.column, fmt::format("a value is missing between {} and {}", quoted(previous_.text),
                                           quoted(token_.text)));
}

bool LineParser::refuse_after_operand() {
  const auto refuse_here = [this](std::string reason) { return refuse(token_.column, std::move(reason)); };
  switch (token_.kind) {
    case TokenKind::kAssign:
      return refuse_here("a second '=': write one assignment a line");
    case TokenKind::kComma:
      return refuse_here(
          "',' only separates the values of min and max: write 1.5 with a point, 1200 without separator");
    case TokenKind::kClose:
      return refuse_here("this ')' closes nothing");
    default:
      break;
  }
  if (is_condition_word(token_.text) || is_condition_word(previous_.text))
    return refuse_here("there are no conditions: min and max choose between values");
  std::string reason =
      fmt::format("an operator is missing between {} and {}", quoted(previous_.text), quoted(token_.text));
  if (token_.kind == TokenKind::kNumber && previous_.kind == TokenKind::kNumber)
    reason += ": write 1000 or 1_000 without a space";
  const bool names = token_.kind == TokenKind::kName && previous_.kind == TokenKind::kName;
  if (token_.text == "x" || token_.text == "X") {
    reason += ": write * to multiply";
  } else if (names && before_previous_.kind == TokenKind::kFloorDivide) {
    reason += ": a comment begins with #";
  } else if (names) {
    reason += ": a name has no spaces, write " + joined_names();
  }
  return refuse_here(std::move(reason));
}

void LineParser::add(Operation operation, std::uint16_t slot, double value) {
  program_.steps.push_back({operation, slot, value});
}

void LineParser::load(std::string_view name) {
  Slot& slot = slot_of(name);
  if (!slot.is_assigned && !slot.is_input) {
    slot.is_input = true;
    program_.inputs.push_back(slot.index);
  }
  add(Operation::kName, slot.index);
}

LineParser::Slot& LineParser::slot_of(std::string_view name) {
  const auto [slot, is_new] = slots_.try_emplace(name);
  if (is_new) {
    slot->second.index = static_cast<std::uint16_t>(program_.names.size());
    program_.names.emplace_back(name);
  }
  return slot->second;
}

}  // namespace roadmap::formula
