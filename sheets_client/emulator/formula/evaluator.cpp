#include "sheets_client/emulator/formula/evaluator.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sheets_client/emulator/formula/functions.h"

namespace sheets::emulator {
namespace {

// Expressions inside expressions, over all formulas that ask for formulas; what is deeper gives #REF!.
constexpr int kMaxDepth = 1500;

Value finite(const Value& value) {
  const auto* number = std::get_if<double>(&value);
  return number && !std::isfinite(*number) ? Value{CellError::kNum} : value;
}

Value arithmetic(char symbol, double left, double right) {
  if (symbol == '+') return finite(left + right);
  if (symbol == '-') return finite(left - right);
  if (symbol == '*') return finite(left * right);
  if (symbol == '^') return finite(std::pow(left, right));
  return right == 0 ? Value{CellError::kDivideByZero} : finite(left / right);
}

Value operate(std::string_view symbol, const Value& left, const Value& right) {
  if (const auto error = error_of(left)) return *error;
  if (const auto error = error_of(right)) return *error;
  if (symbol == "&") return caught([&] { return text_value(to_text(left) + to_text(right)); });
  if (symbol == "=" || symbol.front() == '<' || symbol.front() == '>')
    return holds(symbol, compare(left, right));
  return caught([&] { return arithmetic(symbol.front(), to_number(left), to_number(right)); });
}

// Applies `combine` to values that stand in the same place of blocks; a single value stands in every place.
template <typename Combine>
Operand map_elements(const std::vector<Operand>& operands, Combine&& combine) {
  Array result{1, 1, {}};
  bool blocks = false;
  for (const Operand& operand : operands) {
    const auto* array = std::get_if<std::shared_ptr<const Array>>(&operand);
    if (!array) continue;
    blocks = true;
    result.rows = std::max(result.rows, (*array)->rows);
    result.columns = std::max(result.columns, (*array)->columns);
  }
  const auto element = [](const Operand& operand, int r, int c) -> Value {
    const auto* array = std::get_if<std::shared_ptr<const Array>>(&operand);
    if (!array) return std::get<Value>(operand);
    const int row = (*array)->rows == 1 ? 0 : r, column = (*array)->columns == 1 ? 0 : c;
    if (row >= (*array)->rows || column >= (*array)->columns) return CellError::kNotAvailable;
    return (*array)->at(row, column);
  };
  std::vector<Value> values(operands.size());
  for (int r = 0; r < result.rows; ++r) {
    for (int c = 0; c < result.columns; ++c) {
      for (std::size_t i = 0; i < operands.size(); ++i)
        values[i] = element(operands[i], r, c);
      result.values.push_back(combine(values));
    }
  }
  if (!blocks) return result.values.front();
  return std::make_shared<const Array>(std::move(result));
}

// A spreadsheet's id, out of its address where that was given.
std::string_view spreadsheet_id(std::string_view text) {
  constexpr std::string_view kBefore = "/spreadsheets/d/";
  const std::size_t at = text.find(kBefore);
  if (at == std::string_view::npos) return text;
  text.remove_prefix(at + kBefore.size());
  return text.substr(0, text.find_first_of("/?#"));
}

Operand given_by(const SheetFunction& function, const Arguments& arguments) {
  return caught([&] { return function.block(arguments); });
}

// Once for every value of the blocks that stand where the function takes one value.
Operand call_each(const SheetFunction& function, const FunctionCall& call, const Arguments& arguments,
                  const Arguments::Narrow& narrow) {
  std::vector<Operand> all, ones;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    all.push_back(arguments.operand(i));
    if (function.takes_one(i)) ones.push_back(all.back());
  }
  const Arguments given(
      call.arguments, [&](std::size_t i) { return all[i]; }, narrow);
  const bool blocks = std::any_of(ones.begin(), ones.end(),
                                  [](const Operand& one) { return !std::holds_alternative<Value>(one); });
  if (!blocks) return given_by(function, given);
  return map_elements(ones, [&](const std::vector<Value>& values) {
    for (std::size_t i = 0, next = 0; i < all.size(); ++i) {
      if (function.takes_one(i)) all[i] = values[next++];
    }
    return first_value(given_by(function, given));
  });
}

}  // namespace

Value narrowed(const FormulaPlace& place, const Operand& result) {
  const auto* array = std::get_if<std::shared_ptr<const Array>>(&result);
  if (!array || !(*array)->origin || ((*array)->rows == 1 && (*array)->columns == 1))
    return first_value(result);
  const int row = place.row - (*array)->origin->first;
  const int column = place.column - (*array)->origin->second;
  if ((*array)->columns == 1 && row >= 0 && row < (*array)->rows) return (*array)->at(row, 0);
  if ((*array)->rows == 1 && column >= 0 && column < (*array)->columns) return (*array)->at(0, column);
  return CellError::kValue;
}

Operand Evaluator::evaluate_formula(const Expression& expression, const FormulaPlace& place) {
  const int outside = std::exchange(array_formulas_, 0);
  Operand result = evaluate(expression, place);
  array_formulas_ = outside;
  return result;
}

void Evaluator::abandon() {
  depth_ = 0;
  array_formulas_ = 0;
}

Operand Evaluator::evaluate(const Expression& expression, const FormulaPlace& place) {
  if (depth_ >= kMaxDepth) {
    view_.does_not_last();
    return Value{CellError::kRef};
  }
  ++depth_;
  Operand result = evaluate_node(expression, place);
  --depth_;
  return result;
}

Operand Evaluator::evaluate_node(const Expression& expression, const FormulaPlace& place) {
  if (const auto* constant = std::get_if<Value>(&expression.node)) return *constant;
  if (const auto* reference = std::get_if<Reference>(&expression.node)) return refer(*reference, place);
  if (const auto* named = std::get_if<NamedReference>(&expression.node)) return refer(*named, place);
  if (const auto* negation = std::get_if<Negation>(&expression.node))
    return applied({Value{0.0}, evaluate(*negation->operand, place)}, place,
                   [](const std::vector<Value>& v) { return operate("-", v[0], v[1]); });
  if (const auto* percentage = std::get_if<Percentage>(&expression.node))
    return applied({evaluate(*percentage->operand, place), Value{100.0}}, place,
                   [](const std::vector<Value>& v) { return operate("/", v[0], v[1]); });
  if (const auto* operation = std::get_if<Operation>(&expression.node)) {
    return applied({evaluate(*operation->left, place), evaluate(*operation->right, place)}, place,
                   [&](const std::vector<Value>& v) { return operate(operation->symbol, v[0], v[1]); });
  }
  return call(std::get<FunctionCall>(expression.node), place);
}

// Inside ARRAYFORMULA element by element, else on the values of the formula's own row or column.
template <typename Combine>
Operand Evaluator::applied(std::vector<Operand> operands, const FormulaPlace& place, Combine&& combine) {
  if (array_formulas_ == 0) {
    for (Operand& operand : operands)
      operand = narrowed(place, operand);
  }
  return map_elements(operands, combine);
}

Operand Evaluator::call(const FunctionCall& call, const FormulaPlace& place) {
  const auto narrow = [&](const Operand& operand) { return narrowed(place, operand); };
  const Arguments arguments(
      call.arguments, [&](std::size_t i) { return evaluate(*call.arguments[i], place); }, narrow);
  if (call.name == "IMPORTRANGE") return import_range(arguments);
  if (call.name == "ROW" && call.arguments.empty()) return Value{static_cast<double>(place.row + 1)};
  if (call.name == "TODAY" || call.name == "NOW") {
    if (!call.arguments.empty()) return Value{CellError::kNotAvailable};
    return Value{call.name == "TODAY" ? view_.today() : view_.now()};
  }
  const SheetFunction* function = find_function(call.name);
  if (!function) return Value{CellError::kName};
  if (arguments.size() < function->least || arguments.size() > function->most)
    return Value{CellError::kNotAvailable};
  if (function->single) return call_single(*function, arguments, place, guards_block(call));
  if (array_formulas_ > 0 && function->takes_one) return call_each(*function, call, arguments, narrow);
  const bool arrays = call.name == "ARRAYFORMULA";
  array_formulas_ += arrays ? 1 : 0;
  Operand result = given_by(*function, arguments);
  array_formulas_ -= arrays ? 1 : 0;
  return result;
}

Operand Evaluator::call_single(const SheetFunction& function, const Arguments& arguments,
                               const FormulaPlace& place, bool whole_blocks) {
  std::vector<Operand> operands;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    operands.push_back(arguments.operand(i));
  const auto combine = [&](const std::vector<Value>& values) {
    return caught([&] {
      if (function.on_error == OnError::kGiveBack) std::for_each(values.begin(), values.end(), without_error);
      return finite(function.single(values));
    });
  };
  return whole_blocks ? map_elements(operands, combine) : applied(std::move(operands), place, combine);
}

Operand Evaluator::refer(const NamedReference& named, const FormulaPlace& place) {
  const auto [sheet, range] = place.workbook.find_named_range(named.name);
  if (!range) return Value{CellError::kName};
  return view_.block(place.workbook, *sheet, range->bounds);
}

Operand Evaluator::refer(const Reference& reference, const FormulaPlace& place) {
  const Sheet* sheet = reference.title ? place.workbook.find(*reference.title) : &place.sheet;
  if (!sheet) return Value{CellError::kRef};
  const GridBounds bounds = reference.bounds();
  if (reference.one_cell()) {
    if (!sheet->whole().contains(*bounds.start_row, *bounds.start_column)) return Value{CellError::kRef};
    return view_.cell({place.workbook, *sheet, *bounds.start_row, *bounds.start_column});
  }
  return view_.block(place.workbook, *sheet, bounds);
}

Operand Evaluator::import_range(const Arguments& arguments) {
  const Value address = arguments.value(0), range = arguments.value(1);
  const auto* id = std::get_if<std::string>(&address);
  const auto* text = std::get_if<std::string>(&range);
  if (!id || !text) return Value{error_of(address).value_or(CellError::kValue)};
  return view_.imported(std::string(spreadsheet_id(*id)), *text);
}

}  // namespace sheets::emulator
