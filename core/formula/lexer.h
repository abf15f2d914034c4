#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace roadmap::formula {

enum class TokenKind : std::uint8_t {
  kNumber,
  kName,
  kPlus,
  kMinus,
  kTimes,
  kDivide,
  kFloorDivide,
  kModulo,
  kOpen,
  kClose,
  kComma,
  kAssign,
  kEndOfLine,
};

struct Token {
  TokenKind kind = TokenKind::kEndOfLine;
  std::string_view text;  // into the line
  int column = 1;         // 1-based, in characters
  double number = 0;      // of a kNumber
};

struct Refusal {
  int column = 1;
  std::string reason;
};

// The tokens of one line, which must outlive the lexer and its tokens. A comment ends the line; spaces, tabs
// and no-break spaces separate tokens.
class Lexer {
 public:
  explicit Lexer(std::string_view line) : rest_(line) {}

  // Reads the next token into `token`; kEndOfLine from the end on. The refusal says what cannot stand here;
  // no more may be asked for then.
  std::optional<Refusal> next(Token& token);

  std::string_view rest() const { return rest_; }  // what was not read yet; after a refusal, what was refused

 private:
  void skip(std::size_t bytes);
  void skip_space();
  std::optional<Refusal> end_of_line(Token& token);
  std::optional<Refusal> name(Token& token);
  std::optional<Refusal> number(Token& token);
  std::optional<Refusal> symbol(Token& token);

  std::string_view rest_;
  int column_ = 1;
};

}  // namespace roadmap::formula
