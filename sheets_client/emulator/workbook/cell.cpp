#include "sheets_client/emulator/workbook/cell.h"

namespace sheets::emulator {

std::string_view error_text(CellError error) {
  switch (error) {
    case CellError::kError:
      return "#ERROR!";
    case CellError::kNull:
      return "#NULL!";
    case CellError::kDivideByZero:
      return "#DIV/0!";
    case CellError::kValue:
      return "#VALUE!";
    case CellError::kRef:
      return "#REF!";
    case CellError::kName:
      return "#NAME?";
    case CellError::kNum:
      return "#NUM!";
    case CellError::kNotAvailable:
      return "#N/A";
    case CellError::kLoading:
      return "Loading...";
  }
  return "#ERROR!";
}

std::string_view error_type(CellError error) {
  switch (error) {
    case CellError::kError:
      return "ERROR";
    case CellError::kNull:
      return "NULL_VALUE";
    case CellError::kDivideByZero:
      return "DIVIDE_BY_ZERO";
    case CellError::kValue:
      return "VALUE";
    case CellError::kRef:
      return "REF";
    case CellError::kName:
      return "NAME";
    case CellError::kNum:
      return "NUM";
    case CellError::kNotAvailable:
      return "N_A";
    case CellError::kLoading:
      return "LOADING";
  }
  return "ERROR";
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
