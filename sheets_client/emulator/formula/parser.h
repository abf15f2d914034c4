#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/workbook/cell.h"

namespace sheets::emulator {

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct Negation {
  ExpressionPtr operand;
};
struct Percentage {
  ExpressionPtr operand;
};
struct Operation {
  std::string symbol;  // "+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">="
  ExpressionPtr left, right;
};
struct NamedReference {  // to a named range
  std::string name;
};
struct FunctionCall {
  std::string name;                      // upper case
  std::vector<ExpressionPtr> arguments;  // nullptr: left out, as in IF(A1,,2)
};
struct Expression {
  std::variant<Value, Reference, NamedReference, Negation, Percentage, Operation, FunctionCall> node;
};

// A formula with its "=". nullptr when it cannot be read: the cell then shows #ERROR!.
ExpressionPtr parse_formula(std::string_view formula);

}  // namespace sheets::emulator
