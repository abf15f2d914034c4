#include "core/formula/lexer.h"

#include <utility>
#include <variant>

#include "core/fields/text.h"
#include "core/formula/characters.h"
#include "core/formula/number_text.h"
#include "core/formula/program.h"

namespace roadmap::formula {
namespace {

constexpr bool starts_name(char c) { return is_letter(c) || c == '_'; }

// Operators of other languages that begin like one of ours, and what to do without them.
struct Lookalike {
  std::string_view text;
  std::string_view reason;
};
constexpr std::string_view kNoPowers = "there are no powers ('**'): multiply instead, a * a";
constexpr std::string_view kNoComparison =
    "there are no comparisons ('=='): min and max choose between values";
constexpr std::string_view kNoUpdate = "an assignment is written in full: a = a + b";
constexpr Lookalike kLookalikes[] = {{"**", kNoPowers},
                                     {"==", kNoComparison},
                                     {"//=", kNoUpdate},
                                     {"+=", kNoUpdate},
                                     {"-=", kNoUpdate},
                                     {"*=", kNoUpdate},
                                     {"/=", kNoUpdate},
                                     {"%=", kNoUpdate},
                                     {"->", "'->' is not part of a formula"},
                                     {"///", "'///' is no operator: write / or //"}};

struct Symbol {
  std::string_view text;
  TokenKind kind;
};
constexpr Symbol kSymbols[] = {{"//", TokenKind::kFloorDivide}, {"+", TokenKind::kPlus},
                               {"-", TokenKind::kMinus},        {"*", TokenKind::kTimes},
                               {"/", TokenKind::kDivide},       {"%", TokenKind::kModulo},
                               {"(", TokenKind::kOpen},         {")", TokenKind::kClose},
                               {",", TokenKind::kComma},        {"=", TokenKind::kAssign}};

}  // namespace

void Lexer::skip(std::size_t bytes) {
  rest_.remove_prefix(bytes);
  column_ += static_cast<int>(bytes);
}

void Lexer::skip_space() {
  for (;;) {
    if (rest_.starts_with(' ') || rest_.starts_with('\t')) {
      skip(1);
    } else if (rest_.starts_with(kNoBreakSpace)) {
      rest_.remove_prefix(kNoBreakSpace.size());
      ++column_;
    } else {
      return;
    }
  }
}

std::optional<Refusal> Lexer::next(Token& token) {
  skip_space();
  token = {TokenKind::kEndOfLine, rest_.substr(0, 0), column_, 0};
  if (rest_.empty() || rest_[0] == '#') return end_of_line(token);
  if (starts_name(rest_[0])) return name(token);
  const bool number_with_point = rest_[0] == '.' && rest_.size() > 1 && is_digit(rest_[1]);
  if (is_digit(rest_[0]) || number_with_point) return number(token);
  return symbol(token);
}

// What a comment says does not matter, unless a part of it may look like a line of its own elsewhere.
std::optional<Refusal> Lexer::end_of_line(Token& token) {
  token.kind = TokenKind::kEndOfLine;
  int column = column_;
  while (!rest_.empty()) {
    const Character character = first_character(rest_);
    if (breaks_lines_elsewhere(character)) return Refusal{column, refusal_of(character, rest_)};
    rest_.remove_prefix(character.size);
    ++column;
  }
  return std::nullopt;
}

std::optional<Refusal> Lexer::name(Token& token) {
  std::size_t size = 1;
  while (size < rest_.size() && (starts_name(rest_[size]) || is_digit(rest_[size])))
    ++size;
  token.kind = TokenKind::kName;
  token.text = rest_.substr(0, size);
  if (size > formula_limits::kMaxNameLength) {
    return Refusal{column_, "the name " + quoted(token.text) + " has " + std::to_string(size) +
                                " characters: shorten it to " +
                                std::to_string(formula_limits::kMaxNameLength)};
  }
  skip(size);
  return std::nullopt;
}

std::optional<Refusal> Lexer::number(Token& token) {
  token.kind = TokenKind::kNumber;
  token.text = number_run(rest_);
  std::variant<double, std::string> value = number_value(token.text);
  if (auto* reason = std::get_if<std::string>(&value)) return Refusal{column_, std::move(*reason)};
  token.number = std::get<double>(value);
  skip(token.text.size());
  return std::nullopt;
}

std::optional<Refusal> Lexer::symbol(Token& token) {
  for (const Lookalike& lookalike : kLookalikes) {
    if (rest_.starts_with(lookalike.text)) return Refusal{column_, std::string(lookalike.reason)};
  }
  for (const Symbol& symbol : kSymbols) {
    if (!rest_.starts_with(symbol.text)) continue;
    token.kind = symbol.kind;
    token.text = rest_.substr(0, symbol.text.size());
    skip(symbol.text.size());
    return std::nullopt;
  }
  return Refusal{column_, refusal_of(first_character(rest_), rest_)};
}

}  // namespace roadmap::formula
