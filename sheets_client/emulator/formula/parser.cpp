#include "sheets_client/emulator/formula/parser.h"

#include <array>
#include <charconv>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

constexpr int kMaxNesting = 100;
constexpr int kMaxNodes = 1000;  // evaluation and destruction recurse over them

bool is_name(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

// Recursive descent; a null pointer is a syntax error and ends everything above it.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ExpressionPtr whole() {
    ExpressionPtr expression = comparison();
    skip_blanks();
    return at_ == text_.size() ? std::move(expression) : nullptr;
  }

 private:
  using Level = ExpressionPtr (Parser::*)();

  template <typename Node>
  ExpressionPtr make(Node node) {
    if (++nodes_ > kMaxNodes) return nullptr;
    return std::make_unique<Expression>(Expression{std::move(node)});
  }

  template <std::size_t N>
  ExpressionPtr left_associative(const std::array<std::string_view, N>& symbols, Level next) {
    ExpressionPtr left = (this->*next)();
    while (left) {
      const std::string_view symbol = take_any(symbols);
      if (symbol.empty()) break;
      ExpressionPtr right = (this->*next)();
      if (!right) return nullptr;
      left = make(Operation{std::string(symbol), std::move(left), std::move(right)});
    }
    return left;
  }

  ExpressionPtr comparison() {
    static constexpr std::array<std::string_view, 6> kSymbols = {"<=", ">=", "<>", "=", "<", ">"};
    if (++depth_ > kMaxNesting) return nullptr;
    ExpressionPtr expression = left_associative(kSymbols, &Parser::concatenation);
    --depth_;
    return expression;
  }
  ExpressionPtr concatenation() {
    static constexpr std::array<std::string_view, 1> kSymbols = {"&"};
    return left_associative(kSymbols, &Parser::sum);
  }
  ExpressionPtr sum() {
    static constexpr std::array<std::string_view, 2> kSymbols = {"+", "-"};
    return left_associative(kSymbols, &Parser::product);
  }
  ExpressionPtr product() {
    static constexpr std::array<std::string_view, 2> kSymbols = {"*", "/"};
    return left_associative(kSymbols, &Parser::power);
  }
  ExpressionPtr power() {
    static constexpr std::array<std::string_view, 1> kSymbols = {"^"};
    return left_associative(kSymbols, &Parser::sign);
  }

  ExpressionPtr sign() {
    bool negative = false;
    int signs = 0;
    for (; take('-') || take('+'); ++signs) {
      if (signs > kMaxNesting) return nullptr;
      if (text_[at_ - 1] == '-') negative = !negative;
    }
    ExpressionPtr operand = percentage();
    return operand && negative ? make(Negation{std::move(operand)}) : std::move(operand);
  }

  ExpressionPtr percentage() {
    ExpressionPtr operand = primary();
    while (operand && take('%'))
      operand = make(Percentage{std::move(operand)});
    return operand;
  }

  ExpressionPtr primary() {
    skip_blanks();
    if (at_ >= text_.size()) return nullptr;
    const char c = text_[at_];
    if (c == '(') return parenthesised();
    if (c == '"') return quoted();
    if (c == '#') return error();
    std::size_t length = 0;
    if (auto reference = read_reference(text_.substr(at_), length)) {
      at_ += length;
      return make(std::move(*reference));
    }
    if ((c >= '0' && c <= '9') || c == '.') return number();
    return name();
  }

  ExpressionPtr parenthesised() {
    ++at_;
    ExpressionPtr inner = comparison();
    return inner && take(')') ? std::move(inner) : nullptr;
  }

  ExpressionPtr quoted() {
    std::string content;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') {
        content += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        content += text_[at_++];
      } else {
        ++at_;
        return make(Value{std::move(content)});
      }
    }
    return nullptr;
  }

  ExpressionPtr error() {
    const auto written = error_at_start(text_.substr(at_));
    if (!written) return nullptr;
    at_ += error_text(*written).size();
    return make(Value{*written});
  }

  ExpressionPtr number() {
    double parsed = 0;
    const auto [end, code] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), parsed);
    if (code != std::errc{}) return nullptr;
    at_ = static_cast<std::size_t>(end - text_.data());
    return make(Value{parsed});
  }

  ExpressionPtr name() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_name(text_[at_]))
      ++at_;
    if (at_ == start) return nullptr;
    const std::size_t length = at_ - start;
    std::string word = upper_case(text_.substr(start, length));
    if (!take('(')) {
      if (word == "TRUE" || word == "FALSE") return make(Value{word == "TRUE"});
      return make(NamedReference{std::string(text_.substr(start, length))});
    }
    FunctionCall call{std::move(word), {}};
    return arguments(call) ? make(std::move(call)) : nullptr;
  }

  bool arguments(FunctionCall& call) {
    if (take(')')) return true;
    while (true) {
      skip_blanks();
      const bool missing =
          at_ < text_.size() && (text_[at_] == ',' || text_[at_] == ';' || text_[at_] == ')');
      ExpressionPtr argument = missing ? nullptr : comparison();
      if (!missing && !argument) return false;
      call.arguments.push_back(std::move(argument));
      if (take(')')) return true;
      if (!take(',') && !take(';')) return false;
    }
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t'))
      ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  template <std::size_t N>
  std::string_view take_any(const std::array<std::string_view, N>& symbols) {
    skip_blanks();
    for (const std::string_view symbol : symbols) {
      if (text_.substr(at_, symbol.size()) == symbol) {
        at_ += symbol.size();
        return symbol;
      }
    }
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int nodes_ = 0;
};

}  // namespace

ExpressionPtr parse_formula(std::string_view formula) {
  if (formula.empty() || formula.front() != '=') return nullptr;
  return Parser(formula.substr(1)).whole();
}

}  // namespace sheets::emulator
