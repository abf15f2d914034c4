#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <utility>

#include "core/fields/text.h"
#include "core/formula/characters.h"
#include "core/formula/formula.h"
#include "core/formula/lexer.h"

namespace roadmap {
namespace formula {
namespace {

using namespace formula_limits;

bool is_function(std::string_view name) { return name == "min" || name == "max"; }

// Words between values in languages with conditions.
bool is_condition_word(std::string_view word) {
  constexpr std::array<std::string_view, 8> kWords = {"if", "then", "else", "and", "or", "not", "in", "is"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// What a usual formula needs, so that reading it does not grow containers step by step.
constexpr std::size_t kUsualSteps = 48;
constexpr std::size_t kUsualNames = 16;

bool is_sign(const Token& token) { return token.kind == TokenKind::kPlus || token.kind == TokenKind::kMinus; }

struct BinaryOperator {
  TokenKind token;
  Operation operation;
};
constexpr std::array kSumOperators = {BinaryOperator{TokenKind::kPlus, Operation::kAdd},
                                      BinaryOperator{TokenKind::kMinus, Operation::kSubtract}};
constexpr std::array kProductOperators = {BinaryOperator{TokenKind::kTimes, Operation::kMultiply},
                                          BinaryOperator{TokenKind::kDivide, Operation::kDivide},
                                          BinaryOperator{TokenKind::kFloorDivide, Operation::kFloorDivide},
                                          BinaryOperator{TokenKind::kModulo, Operation::kModulo}};

// Compiles lines, one after the other, into a program:
//
//   line    = [name "=" sum] [comment]
//   sum     = product {("+" | "-") product}
//   product = operand {("*" | "/" | "//" | "%") operand}
//   operand = ["+" | "-"] atom
//   atom    = number | name | "(" sum ")" | ("min" | "max") "(" sum {"," sum} ")"
//
// The program and the text of all lines must outlive the parser.
class LineParser {
 public:
  explicit LineParser(Program& program) : program_(program) {
    program_.steps.reserve(kUsualSteps);
    program_.names.reserve(kUsualNames);
    slots_.reserve(kUsualNames);
  }

  // Adds a line's assignment to the program, if it has one. After a refusal the program is of no use.
  [[nodiscard]] std::optional<Refusal> parse(std::string_view line, int number) {
    lexer_ = Lexer(line);
    token_ = {};
    previous_ = {};
    nesting_ = 0;
    const bool accepted = advance() && (token_.kind == TokenKind::kEndOfLine || assignment(number));
    return accepted ? std::nullopt : std::move(refusal_);
  }

 private:
  struct Slot {
    std::uint16_t index = 0;
    bool is_assigned = false;
    bool is_input = false;
  };

  // Each of these reads what its name says, beginning at token_, and adds its steps; false: refused, with the
  // reason in refusal_.
  bool assignment(int number) {
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
  bool target() {
    const Token name = token_;
    if (name.kind == TokenKind::kAssign) {
      const std::string_view meant = trim(lexer_.rest());
      return refuse(name.column, fmt::format("a name is missing before '=': write value = {}",
                                             meant.empty() ? "…" : shortened(meant, kQuotedBytes)));
    }
    if (name.kind != TokenKind::kName)
      return refuse(name.column, fmt::format("a line reads name = expression, it cannot begin with {}",
                                             quoted(name.text)));
    if (!advance()) return false;
    if (token_.kind == TokenKind::kName)
      return refuse(token_.column,
                    fmt::format("a line reads name = expression: '=' is missing after {}; a name "
                                "has no spaces, write {}",
                                quoted(name.text), joined_names()));
    if (token_.kind != TokenKind::kAssign)
      return refuse(token_.column, fmt::format("a line reads name = expression: '=' is missing after {}",
                                               quoted(name.text)));
    if (is_function(name.text))
      return refuse(name.column,
                    fmt::format("{} is the name of a function: choose another name", quoted(name.text)));
    if (program_.assignments.size() == kMaxAssignments)
      return refuse(name.column,
                    fmt::format("more than {} assignments: combine some of them", kMaxAssignments));
    return advance();
  }

  bool sum() { return operands_between(kSumOperators, &LineParser::product); }
  bool product() { return operands_between(kProductOperators, &LineParser::operand); }

  bool operands_between(std::span<const BinaryOperator> operators, bool (LineParser::*read_operand)()) {
    if (!(this->*read_operand)()) return false;
    for (;;) {
      const auto found = std::find_if(operators.begin(), operators.end(),
                                      [&](const BinaryOperator& each) { return each.token == token_.kind; });
      if (found == operators.end()) return true;
      if (!advance() || !(this->*read_operand)()) return false;
      add(found->operation);
    }
  }

  bool operand() {
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

  bool atom() {
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

  bool name_or_call() {
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
    if (const std::string meant = lower(name.text); is_function(meant))
      return refuse(name.column, fmt::format("write {} instead of {}", meant, name.text));
    return refuse(name.column,
                  fmt::format("{} is no function: there are only min and max", quoted(name.text)));
  }

  bool group() {
    const Token open = token_;
    return enter(open) && sum() && leave(open);
  }

  bool call(const Token& function) {
    const Token open = token_;
    if (!enter(open)) return false;
    if (token_.kind == TokenKind::kClose)
      return refuse(token_.column, fmt::format("{} needs at least one value", function.text));
    return arguments(function.text == "min" ? Operation::kMin : Operation::kMax) && leave(open);
  }

  bool arguments(Operation operation) {
    if (!sum()) return false;
    while (token_.kind == TokenKind::kComma) {
      if (!advance() || !sum()) return false;
      add(operation);
    }
    return true;
  }

  // One level of nesting deeper.
  bool enter(const Token& open) {
    if (nesting_ == kMaxNesting) {
      return refuse(
          open.column,
          fmt::format("more than {} parentheses inside one another: use a line of its own", kMaxNesting));
    }
    ++nesting_;
    return advance();
  }

  // Over the ')' that ends it.
  bool leave(const Token& open) {
    if (token_.kind == TokenKind::kEndOfLine) return refuse(open.column, "this '(' has no ')' on its line");
    if (token_.kind != TokenKind::kClose) return refuse_after_operand();
    --nesting_;
    return advance();
  }

  bool advance() {
    before_previous_ = previous_;
    previous_ = token_;
    refusal_ = lexer_.next(token_);
    if (refusal_) refusal_->reason = advised(std::move(refusal_->reason));
    return !refusal_;
  }

  // What to write instead of what the lexer refused, where the line tells what was meant.
  std::string advised(std::string reason) const {
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

  // The names from previous_ on as one: "cost_per_ticket".
  std::string joined_names() const {
    std::string joined = std::string(previous_.text) + "_" + std::string(token_.text);
    Lexer ahead = lexer_;
    Token token;
    while (joined.size() < kMaxNameLength && !ahead.next(token) && token.kind == TokenKind::kName)
      joined += "_" + std::string(token.text);
    return shortened(joined, kQuotedBytes);
  }

  bool refuse(int column, std::string reason) {
    refusal_ = Refusal{column, std::move(reason)};
    return false;
  }

  // token_ stands where an operand should begin.
  bool refuse_operand() {
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

  // token_ follows a complete operand and cannot.
  bool refuse_after_operand() {
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

  void add(Operation operation, std::uint16_t slot = 0, double value = 0) {
    program_.steps.push_back({operation, slot, value});
  }

  void load(std::string_view name) {
    Slot& slot = slot_of(name);
    if (!slot.is_assigned && !slot.is_input) {
      slot.is_input = true;
      program_.inputs.push_back(slot.index);
    }
    add(Operation::kName, slot.index);
  }

  Slot& slot_of(std::string_view name) {
    const auto [slot, is_new] = slots_.try_emplace(name);
    if (is_new) {
      slot->second.index = static_cast<std::uint16_t>(program_.names.size());
      program_.names.emplace_back(name);
    }
    return slot->second;
  }

  Program& program_;
  std::unordered_map<std::string_view, Slot> slots_;
  Lexer lexer_{std::string_view()};
  Token token_;
  Token previous_;
  Token before_previous_;
  int nesting_ = 0;
  std::optional<Refusal> refusal_;
};

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

std::optional<FormulaError> check_value_is_assigned(const Program& program) {
  std::string_view other_case;
  for (const std::uint16_t slot : program.assigned) {
    const std::string& name = program.names[slot];
    if (name == "value") return std::nullopt;
    if (lower(name) == "value") other_case = name;
  }
  if (other_case.empty()) return about_the_whole("no line assigns value: add one, value = …");
  return about_the_whole("no line assigns value: write value instead of " + std::string(other_case));
}

}  // namespace
}  // namespace formula

ParsedFormula parse_formula(std::string_view text) {
  using namespace formula;
  using namespace formula_limits;
  const std::size_t characters = count_characters(text);
  if (characters > kMaxCharacters) {
    return about_the_whole("the formula has " + std::to_string(characters) + " characters: shorten it to " +
                           std::to_string(kMaxCharacters));
  }
  Program program;
  LineParser parser(program);
  for (int line = 1; !text.empty(); ++line) {
    if (auto refusal = parser.parse(take_line(text), line))
      return FormulaError{line, refusal->column, std::move(refusal->reason)};
  }
  if (auto error = check_value_is_assigned(program)) return std::move(*error);
  return Formula(std::move(program));
}

}  // namespace roadmap
