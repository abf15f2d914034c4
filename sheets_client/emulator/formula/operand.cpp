#include "sheets_client/emulator/formula/operand.h"

#include "sheets_client/emulator/workbook/cell_input.h"
#include "sheets_client/emulator/workbook/number_format.h"
#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

int rank(const Value& value) {
  if (std::holds_alternative<double>(value)) return 0;
  if (std::holds_alternative<std::string>(value)) return 1;
  if (std::holds_alternative<bool>(value)) return 2;
  return 3;
}

// An empty cell beside a number is 0, beside a text "", beside a boolean FALSE.
Value stand_in(const Value& empty_or_not, const Value& other) {
  if (!is_empty(empty_or_not)) return empty_or_not;
  if (std::holds_alternative<std::string>(other)) return std::string{};
  if (std::holds_alternative<bool>(other)) return false;
  return 0.0;
}

int sign_of(double difference) { return difference < 0 ? -1 : difference > 0 ? 1 : 0; }

}  // namespace

Value first_value(const Operand& operand) {
  if (const auto* value = std::get_if<Value>(&operand)) return *value;
  const auto& array = *std::get<std::shared_ptr<const Array>>(operand);
  return array.values.empty() ? Value{} : array.values.front();
}

const Value& without_error(const Value& value) {
  if (const auto* error = std::get_if<CellError>(&value)) throw ErrorMet{*error};
  return value;
}

double to_number(const Value& value) {
  if (is_empty(value)) return 0.0;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1.0 : 0.0;
  const TypedInput typed = parse_user_entered(std::get<std::string>(without_error(value)), kNoYear);
  if (const auto* number = std::get_if<double>(&typed.value)) return *number;
  throw ErrorMet{CellError::kValue};
}

Value text_value(std::string text) {
  if (text.size() > kMaxCellCharacters && count_utf16_units(text) > kMaxCellCharacters)
    throw ErrorMet{CellError::kValue};
  return text;
}

std::string to_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return format_automatic(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "TRUE" : "FALSE";
  if (const auto* error = std::get_if<CellError>(&value)) return std::string(error_text(*error));
  return {};
}

bool to_condition(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* text = std::get_if<std::string>(&value)) {
    const std::string folded = fold_case(*text);
    if (folded == "true" || folded == "false") return folded == "true";
  }
  return to_number(value) != 0;
}

int compare(const Value& raw_left, const Value& raw_right) {
  const Value left = stand_in(raw_left, raw_right);
  const Value right = stand_in(raw_right, raw_left);
  if (rank(left) != rank(right)) return rank(left) - rank(right);
  if (const auto* number = std::get_if<double>(&left)) return sign_of(*number - std::get<double>(right));
  if (const auto* text = std::get_if<std::string>(&left))
    return fold_case(*text).compare(fold_case(std::get<std::string>(right)));
  if (const auto* flag = std::get_if<bool>(&left)) return int{*flag} - int{std::get<bool>(right)};
  return 0;
}

bool holds(std::string_view symbol, int order) {
  if (symbol == "=") return order == 0;
  if (symbol == "<>") return order != 0;
  if (symbol == "<") return order < 0;
  if (symbol == "<=") return order <= 0;
  if (symbol == ">") return order > 0;
  return order >= 0;
}

std::optional<CellError> error_of(const Value& value) {
  const auto* error = std::get_if<CellError>(&value);
  return error ? std::optional(*error) : std::nullopt;
}

}  // namespace sheets::emulator
