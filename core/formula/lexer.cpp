#include "core/formula/lexer.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>
#include <variant>

#include "core/fields/text.h"
#include "core/formula/characters.h"
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

// Takes digits, single underscores between them, off the front. Returns whether there was a digit.
bool take_digits(std::string_view& rest, std::string& digits) {
  bool any = false;
  while (!rest.empty()) {
    const bool underscore = any && rest[0] == '_' && rest.size() > 1 && is_digit(rest[1]);
    if (underscore) rest.remove_prefix(1);
    if (!is_digit(rest[0])) break;
    digits += rest[0];
    rest.remove_prefix(1);
    any = true;
  }
  return any;
}

// A number in its parts, without underscores.
struct Parts {
  std::string whole, fraction, exponent;  // the exponent with its '-'
  bool has_point = false;
  bool has_exponent = false;
};

// Takes a number off the front.
void take_number(std::string_view& rest, Parts& parts) {
  take_digits(rest, parts.whole);
  if (!rest.empty() && rest[0] == '.') {
    parts.has_point = true;
    rest.remove_prefix(1);
    take_digits(rest, parts.fraction);
  }
  if (!rest.empty() && (rest[0] == 'e' || rest[0] == 'E')) {
    std::string_view after = rest.substr(1);
    const bool negative = !after.empty() && after[0] == '-';
    if (!after.empty() && (after[0] == '-' || after[0] == '+')) after.remove_prefix(1);
    if (negative) parts.exponent = "-";
    if (!take_digits(after, parts.exponent)) return;  // 'e' belongs to what follows the number
    parts.has_exponent = true;
    rest = after;
  }
}

// The power of ten of the first digit that is not zero: 2 for 314.15. It tells overflow from underflow, which
// from_chars reports alike.
int magnitude(const Parts& parts) {
  constexpr int kBeyondAll = 1'000'000;  // more than any text's digits can make up for
  const std::size_t first = (parts.whole + parts.fraction).find_first_not_of('0');
  int exponent = 0;
  for (const char digit : parts.exponent) {
    if (digit != '-' && exponent < kBeyondAll) exponent = exponent * 10 + (digit - '0');
  }
  if (parts.exponent.starts_with('-')) exponent = -exponent;
  return static_cast<int>(parts.whole.size()) - 1 - static_cast<int>(first) + exponent;
}

std::variant<double, std::string> number_or_trouble(const Parts& parts, std::string_view run) {
  std::string text =
      (parts.whole.empty() ? "0" : parts.whole) + "." + (parts.fraction.empty() ? "0" : parts.fraction);
  if (parts.has_exponent) text += "e" + parts.exponent;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool out_of_range = error == std::errc::result_out_of_range;
  if (out_of_range && magnitude(parts) < 0) return 0.0;  // too small to tell from zero
  if (out_of_range || !std::isfinite(value))
    return quoted(run) + " is too large: the largest number is about 1.8e308";
  return value;
}

// What "5k" and "5m" stand for; empty for other endings.
std::string_view factor_of(std::string_view ending) {
  if (ending == "k" || ending == "K") return "1000";
  if (ending == "m" || ending == "M" || ending == "mio" || ending == "Mio") return "1000000";
  return {};
}

// How much of a text is one number together with what sticks to it: letters, digits, '_' and '.', and a sign
// after an exponent's e. The text begins with a digit, or with '.' and a digit.
std::string_view number_run(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size()) {
    const char c = text[end];
    const bool exponent_sign = (c == '-' || c == '+') && end > 0 &&
                               (text[end - 1] == 'e' || text[end - 1] == 'E') && end + 1 < text.size() &&
                               is_digit(text[end + 1]);
    if (!is_digit(c) && !is_letter(c) && c != '_' && c != '.' && !exponent_sign) break;
    ++end;
  }
  return text.substr(0, end);
}

// The value of such a run, which is a decimal number as Python writes it: 12, 1_000, .5, 2., 1e6, 2.5e-3. Or
// why it has none: not a number, not finite.
std::variant<double, std::string> number_value(std::string_view run) {
  std::string_view rest = run;
  Parts parts;
  take_number(rest, parts);
  const std::string_view number = run.substr(0, run.size() - rest.size());
  const bool radix =
      number == "0" && !rest.empty() && std::string_view("xXoObB").find(rest[0]) != std::string_view::npos;
  const bool exponent_missing = rest == "e" || rest == "E";
  if (const std::string_view factor = factor_of(rest); !factor.empty())
    return fmt::format("{} is not a number: write {} * {}", quoted(run), quotable(number), factor);
  if (!rest.empty() && is_letter(rest[0]) && !radix && !exponent_missing)
    return fmt::format("an operator is missing in {}: write {} * {}", quoted(run), quotable(number),
                       quotable(rest));
  if (!rest.empty()) return quoted(run) + " is not a number";
  const bool leading_zero = !parts.has_point && !parts.has_exponent && parts.whole[0] == '0' &&
                            parts.whole.find_first_not_of('0') != std::string::npos;
  if (leading_zero) return quoted(run) + " begins with a zero: leave it out";
  return number_or_trouble(parts, run);
}

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
