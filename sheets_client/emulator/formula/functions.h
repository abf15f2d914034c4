#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/formula/operand.h"
#include "sheets_client/emulator/formula/parser.h"

namespace sheets::emulator {

// The arguments of a call, evaluated when a function asks for them: IF leaves
// one of its branches alone.
class Arguments {
 public:
  using Evaluate = std::function<Operand(std::size_t index)>;
  // The one value that a block gives where one is wanted: the cell in the
  // formula's own row or column.
  using Narrow = std::function<Value(const Operand&)>;
  Arguments(const std::vector<ExpressionPtr>& expressions, Evaluate evaluate, Narrow narrow)
      : expressions_(expressions), evaluate_(std::move(evaluate)), narrow_(std::move(narrow)) {}

  std::size_t size() const { return expressions_.size(); }
  bool given(std::size_t index) const { return index < size() && expressions_[index]; }
  // Empty for an argument that is left out.
  Operand operand(std::size_t index) const { return given(index) ? evaluate_(index) : Operand{Value{}}; }
  Value value(std::size_t index) const { return narrow_(operand(index)); }
  // Whether it is written out in the formula, as 5, "5" or A1>1 are: neither a reference nor what a function,
  // which may give a reference, gives.
  bool written_out(std::size_t index) const;

 private:
  const std::vector<ExpressionPtr>& expressions_;
  Evaluate evaluate_;
  Narrow narrow_;
};

enum class OnError { kGiveBack, kTake };

// A function of formulas, either `single` or `block`. Both may throw ErrorMet.
struct SheetFunction {
  std::string_view name;
  std::size_t least;  // how many arguments it takes
  std::size_t most;
  // Of one value an argument; inside ARRAYFORMULA it is applied to the elements
  // of blocks one by one. An error among the values is the result unless it
  // takes errors.
  Value (*single)(const std::vector<Value>& values);
  OnError on_error;
  Operand (*block)(const Arguments& arguments);
  // Of a `block` function: the arguments that it takes one value of, and of which a block inside ARRAYFORMULA
  // asks for a result each.
  bool (*takes_one)(std::size_t index) = nullptr;
};

// The function of that upper-case name; nullptr when it is not known here.
const SheetFunction* find_function(std::string_view name);

}  // namespace sheets::emulator
