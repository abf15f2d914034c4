#include "sheets_client/emulator/formula/functions.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sheets::emulator {
namespace {

using ArrayPtr = std::shared_ptr<const Array>;

ArrayPtr as_array(const Operand& operand) {
  if (const auto* array = std::get_if<ArrayPtr>(&operand)) return *array;
  return std::make_shared<const Array>(Array{1, 1, {std::get<Value>(operand)}});
}

// A number argument, or the error that takes the result's place.
std::variant<double, CellError> number(const Arguments& arguments, std::size_t index) {
  return to_number(arguments.value(index));
}

// ---- logic

Operand if_function(const Arguments& arguments) {
  const auto condition = to_condition(arguments.value(0));
  if (const auto* error = std::get_if<CellError>(&condition)) return Value{*error};
  if (std::get<bool>(condition)) return arguments.operand(1);
  return arguments.size() > 2 ? arguments.operand(2) : Operand{Value{false}};
}

Operand if_error(const Arguments& arguments) {
  Operand tried = arguments.operand(0);
  return error_of(first_value(tried)) ? arguments.operand(1) : tried;
}

Operand if_not_available(const Arguments& arguments) {
  Operand tried = arguments.operand(0);
  return error_of(first_value(tried)) == CellError::kNotAvailable ? arguments.operand(1) : tried;
}

// Calls `each` with every value of the arguments in turn, until it returns false.
template <typename Each>
void for_each_value(const Arguments& arguments, Each&& each) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const ArrayPtr array = as_array(arguments.operand(i));
    for (const Value& value : array->values) {
      if (!each(value)) return;
    }
  }
}

Operand combine_conditions(const Arguments& arguments, bool until) {
  Value result = !until;
  for_each_value(arguments, [&](const Value& value) {
    if (is_empty(value)) return true;
    const auto condition = to_condition(value);
    if (const auto* error = std::get_if<CellError>(&condition)) {
      result = *error;
      return false;
    }
    if (std::get<bool>(condition) == until) result = until;
    return true;
  });
  return result;
}

Operand and_function(const Arguments& arguments) { return combine_conditions(arguments, false); }
Operand or_function(const Arguments& arguments) { return combine_conditions(arguments, true); }

Operand not_function(const Arguments& arguments) {
  const auto condition = to_condition(arguments.value(0));
  if (const auto* error = std::get_if<CellError>(&condition)) return Value{*error};
  return Value{!std::get<bool>(condition)};
}

Operand is_blank(const Arguments& arguments) { return Value{is_empty(arguments.value(0))}; }
Operand is_error(const Arguments& arguments) { return Value{error_of(arguments.value(0)).has_value()}; }
Operand true_function(const Arguments&) { return Value{true}; }
Operand false_function(const Arguments&) { return Value{false}; }
Operand not_available(const Arguments&) { return Value{CellError::kNotAvailable}; }

// ---- numbers

struct Summary {
  double sum = 0, least = 0, greatest = 0;
  int numbers = 0, filled = 0;
  std::optional<CellError> error;
};

Summary summarise(const Arguments& arguments) {
  Summary summary;
  for_each_value(arguments, [&](const Value& value) {
    if (!is_empty(value)) ++summary.filled;
    if (const auto error = error_of(value); error && !summary.error) summary.error = error;
    if (const auto* number = std::get_if<double>(&value)) {
      summary.least = summary.numbers == 0 ? *number : std::min(summary.least, *number);
      summary.greatest = summary.numbers == 0 ? *number : std::max(summary.greatest, *number);
      summary.sum += *number;
      ++summary.numbers;
    }
    return true;
  });
  return summary;
}

Operand sum(const Arguments& arguments) {
  const Summary s = summarise(arguments);
  return s.error ? Value{*s.error} : Value{s.sum};
}
Operand average(const Arguments& arguments) {
  const Summary s = summarise(arguments);
  if (s.error) return Value{*s.error};
  return s.numbers == 0 ? Value{CellError::kDivideByZero} : Value{s.sum / s.numbers};
}
Operand minimum(const Arguments& arguments) {
  const Summary s = summarise(arguments);
  return s.error ? Value{*s.error} : Value{s.least};
}
Operand maximum(const Arguments& arguments) {
  const Summary s = summarise(arguments);
  return s.error ? Value{*s.error} : Value{s.greatest};
}
Operand count(const Arguments& arguments) { return Value{static_cast<double>(summarise(arguments).numbers)}; }
Operand count_filled(const Arguments& arguments) {
  return Value{static_cast<double>(summarise(arguments).filled)};
}

Operand round_function(const Arguments& arguments) {
  const auto value = number(arguments, 0), places = number(arguments, 1);
  if (const auto* error = std::get_if<CellError>(&value)) return Value{*error};
  if (const auto* error = std::get_if<CellError>(&places)) return Value{*error};
  const double scale = std::pow(10.0, std::trunc(std::get<double>(places)));
  return Value{std::round(std::get<double>(value) * scale) / scale};
}

Operand absolute(const Arguments& arguments) {
  const auto value = number(arguments, 0);
  if (const auto* error = std::get_if<CellError>(&value)) return Value{*error};
  return Value{std::fabs(std::get<double>(value))};
}

// ---- text

Operand concatenate(const Arguments& arguments) {
  Value joined = std::string{};
  for_each_value(arguments, [&](const Value& value) {
    if (const auto error = error_of(value)) {
      joined = *error;
      return false;
    }
    std::get<std::string>(joined) += to_text(value);
    return true;
  });
  return joined;
}

template <typename Change>
Operand changed_text(const Arguments& arguments, Change&& change) {
  const Value value = arguments.value(0);
  if (error_of(value)) return value;
  return Value{change(to_text(value))};
}

Operand length(const Arguments& arguments) {
  return changed_text(arguments,
                      [](const std::string& text) { return static_cast<double>(count_characters(text)); });
}
Operand lower(const Arguments& arguments) {
  return changed_text(arguments, [](const std::string& text) { return fold_case(text); });
}
Operand upper(const Arguments& arguments) {
  return changed_text(arguments, [](const std::string& text) { return upper_case(text); });
}
Operand trim_function(const Arguments& arguments) {
  return changed_text(arguments, [](const std::string& text) {
    std::string trimmed;
    for (const char c : text) {
      if (c != ' ' || (!trimmed.empty() && trimmed.back() != ' ')) trimmed += c;
    }
    if (!trimmed.empty() && trimmed.back() == ' ') trimmed.pop_back();
    return trimmed;
  });
}

// ---- looking things up

bool same(const Value& key, const Value& candidate) {
  return !is_empty(candidate) && !error_of(candidate) && compare(key, candidate) == 0;
}

// Where `key` stands among `count` values; with `sorted`, the last one not above it. -1: nowhere.
template <typename At>
int position(const Value& key, int count, bool sorted, At&& at) {
  int found = -1;
  for (int i = 0; i < count; ++i) {
    const Value& candidate = at(i);
    if (sorted) {
      if (is_empty(candidate) || error_of(candidate)) continue;
      if (compare(candidate, key) > 0) break;
      found = i;
    } else if (same(key, candidate)) {
      return i;
    }
  }
  return found;
}

Operand vertical_lookup(const Arguments& arguments) {
  const Value key = arguments.value(0);
  if (error_of(key)) return key;
  const ArrayPtr table = as_array(arguments.operand(1));
  const auto column = number(arguments, 2);
  if (const auto* error = std::get_if<CellError>(&column)) return Value{*error};
  const auto sorted =
      arguments.given(3) ? to_condition(arguments.value(3)) : std::variant<bool, CellError>{true};
  if (const auto* error = std::get_if<CellError>(&sorted)) return Value{*error};
  const int index = static_cast<int>(std::get<double>(column));
  if (index < 1 || index > table->columns)
    return Value{index < 1 ? CellError::kValue : error_of(first_value(table)).value_or(CellError::kRef)};
  const int row = position(key, table->rows, std::get<bool>(sorted),
                           [&](int i) -> const Value& { return table->at(i, 0); });
  return row < 0 ? Value{CellError::kNotAvailable} : table->at(row, index - 1);
}

Operand match(const Arguments& arguments) {
  const Value key = arguments.value(0);
  if (error_of(key)) return key;
  const ArrayPtr among = as_array(arguments.operand(1));
  const auto kind = arguments.given(2) ? number(arguments, 2) : std::variant<double, CellError>{1.0};
  if (const auto* error = std::get_if<CellError>(&kind)) return Value{*error};
  const int found =
      position(key, static_cast<int>(among->values.size()), std::get<double>(kind) > 0,
               [&](int i) -> const Value& { return among->values[static_cast<std::size_t>(i)]; });
  return found < 0 ? Value{CellError::kNotAvailable} : Value{static_cast<double>(found + 1)};
}

Operand exact_lookup(const Arguments& arguments) {
  const Value key = arguments.value(0);
  if (error_of(key)) return key;
  const ArrayPtr among = as_array(arguments.operand(1));
  const ArrayPtr results = as_array(arguments.operand(2));
  const int found = position(key, static_cast<int>(among->values.size()), false, [&](int i) -> const Value& {
    return among->values[static_cast<std::size_t>(i)];
  });
  if (found < 0) return arguments.given(3) ? arguments.operand(3) : Operand{Value{CellError::kNotAvailable}};
  if (static_cast<std::size_t>(found) >= results->values.size()) return Value{CellError::kValue};
  return results->values[static_cast<std::size_t>(found)];
}

Operand index_function(const Arguments& arguments) {
  const ArrayPtr from = as_array(arguments.operand(0));
  auto row = number(arguments, 1), column = number(arguments, 2);
  if (const auto* error = std::get_if<CellError>(&row)) return Value{*error};
  if (const auto* error = std::get_if<CellError>(&column)) return Value{*error};
  if (from->rows == 1 && arguments.size() == 2) std::swap(row, column);
  const int r = std::max(static_cast<int>(std::get<double>(row)), 1);
  const int c = std::max(static_cast<int>(std::get<double>(column)), 1);
  if (r > from->rows || c > from->columns) return Value{CellError::kNum};
  return from->at(r - 1, c - 1);
}

Operand array_formula(const Arguments& arguments) { return arguments.operand(0); }

constexpr std::pair<std::string_view, SheetFunction> kFunctions[] = {
    {"ABS", absolute},
    {"AND", and_function},
    {"ARRAYFORMULA", array_formula},
    {"AVERAGE", average},
    {"CONCAT", concatenate},
    {"CONCATENATE", concatenate},
    {"COUNT", count},
    {"COUNTA", count_filled},
    {"FALSE", false_function},
    {"IF", if_function},
    {"IFERROR", if_error},
    {"IFNA", if_not_available},
    {"INDEX", index_function},
    {"ISBLANK", is_blank},
    {"ISERROR", is_error},
    {"LEN", length},
    {"LOWER", lower},
    {"MATCH", match},
    {"MAX", maximum},
    {"MIN", minimum},
    {"NA", not_available},
    {"NOT", not_function},
    {"OR", or_function},
    {"ROUND", round_function},
    {"SUM", sum},
    {"TRIM", trim_function},
    {"TRUE", true_function},
    {"UPPER", upper},
    {"VLOOKUP", vertical_lookup},
    {"XLOOKUP", exact_lookup},
};

}  // namespace

SheetFunction find_function(std::string_view name) {
  const auto found = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                  [&](const auto& entry) { return entry.first == name; });
  return found == std::end(kFunctions) ? nullptr : found->second;
}

}  // namespace sheets::emulator
