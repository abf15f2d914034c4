#include "sheets_client/emulator/workbook/cell.h"

namespace sheets::emulator {

namespace {

struct ErrorNames {
  std::string_view text, type;
};
// By CellError.
constexpr ErrorNames kErrors[] = {
    {"#ERROR!", "ERROR"}, {"#NULL!", "NULL_VALUE"}, {"#DIV/0!", "DIVIDE_BY_ZERO"},
    {"#VALUE!", "VALUE"}, {"#REF!", "REF"},         {"#NAME?", "NAME"},
    {"#NUM!", "NUM"},     {"#N/A", "N_A"},          {"Loading...", "LOADING"}};

}  // namespace

std::string_view error_text(CellError error) { return kErrors[static_cast<std::size_t>(error)].text; }
std::string_view error_type(CellError error) { return kErrors[static_cast<std::size_t>(error)].type; }

std::optional<CellError> error_at_start(std::string_view text) {
  for (const auto error : {CellError::kError, CellError::kNull, CellError::kDivideByZero, CellError::kValue,
                           CellError::kRef, CellError::kName, CellError::kNum, CellError::kNotAvailable}) {
    if (text.starts_with(error_text(error))) return error;
  }
  return std::nullopt;
}

const CellDetail& Cell::details() const {
  static const CellDetail kNone;
  return detail ? *detail : kNone;
}

void Cell::set_value(Value new_value) {
  value = std::move(new_value);
  if (has_formula()) change_detail([](CellDetail& changed) { changed.formula.clear(); });
}

void Cell::set_formula(std::string formula) {
  value = {};
  change_detail([&](CellDetail& changed) { changed.formula = std::move(formula); });
}

}  // namespace sheets::emulator
