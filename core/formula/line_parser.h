#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/formula/lexer.h"
#include "core/formula/program.h"

namespace roadmap::formula {

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
  explicit LineParser(Program& program);

  // Adds a line's assignment to the program, if it has one. After a refusal the program is of no use.
  [[nodiscard]] std::optional<Refusal> parse(std::string_view line, int number);

 private:
  // Each of these reads what its name says, beginning at token_, and adds its steps; false: refused, with
  // the reason in refusal_.
  bool assignment(int number);
  bool target();
  bool sum();
  bool product();
  bool operand();
  bool atom();
  bool name_or_call();
  bool call(const Token& function);
  bool group();
  bool arguments(Operation operation);

  bool advance();
  bool refuse(int column, std::string reason);
  bool refuse_operand();        // token_ stands where an operand should begin
  bool refuse_after_operand();  // token_ follows a complete operand and cannot
  // What to write instead of what the lexer refused, where the line tells what was meant.
  std::string advised(std::string reason) const;
  // The names from previous_ on as one: "cost_per_ticket".
  std::string joined_names() const;
  bool enter(const Token& open);  // one level of nesting deeper
  bool leave(const Token& open);  // over the ')' that ends it

  void add(Operation operation, std::uint16_t slot = 0, double value = 0);
  void load(std::string_view name);

  struct Slot {
    std::uint16_t index = 0;
    bool is_assigned = false;
    bool is_input = false;
  };
  Slot& slot_of(std::string_view name);

  Program& program_;
  std::unordered_map<std::string_view, Slot> slots_;
  Lexer lexer_{std::string_view()};
  Token token_;
  Token previous_;
  Token before_previous_;
  int nesting_ = 0;
  std::optional<Refusal> refusal_;
};

}  // namespace roadmap::formula
