#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/formula/parser.h"

namespace sheets::emulator {

// The arguments of a call, evaluated when a function asks for them: IF leaves one of its branches alone.
class Arguments {
 public:
  using Evaluate = std::function<Operand(const Expression&)>;
  Arguments(const std::vector<ExpressionPtr>& expressions, Evaluate evaluate)
      : expressions_(expressions), evaluate_(std::move(evaluate)) {}

  std::size_t size() const { return expressions_.size(); }
  bool given(std::size_t index) const { return index < size() && expressions_[index]; }
  // Empty for an argument that is left out.
  Operand operand(std::size_t index) const {
    return given(index) ? evaluate_(*expressions_[index]) : Operand{Value{}};
  }
  Value value(std::size_t index) const { return first_value(operand(index)); }

 private:
  const std::vector<ExpressionPtr>& expressions_;
  Evaluate evaluate_;
};

using SheetFunction = Operand (*)(const Arguments& arguments);

// The function of that upper-case name; nullptr when it is not known here.
SheetFunction find_function(std::string_view name);

}  // namespace sheets::emulator
