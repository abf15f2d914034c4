#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sheets_client/emulator/workbook/json_fwd.h"

namespace sheets::emulator {

// Google's limit for one cell, in UTF-16 code units: 🌵 counts two.
inline constexpr std::size_t kMaxCellCharacters = 50000;

enum class CellError : std::uint8_t {
  kError,
  kNull,
  kDivideByZero,
  kValue,
  kRef,
  kName,
  kNum,
  kNotAvailable,
  kLoading
};
std::string_view error_text(CellError error);  // as the cell shows it: "#REF!"
std::string_view error_type(CellError error);  // as the API names it: "REF"
// The error whose text stands at the start of `text`, but for one that is loading; nullopt: none.
std::optional<CellError> error_at_start(std::string_view text);

// What a cell holds or a formula gives.
using Value = std::variant<std::monostate, bool, double, std::string, CellError>;
inline bool is_empty(const Value& value) { return std::holds_alternative<std::monostate>(value); }

// A number format as CellFormat.numberFormat has it; no type: automatic.
struct NumberFormat {
  std::string type;     // "NUMBER", "PERCENT", "CURRENCY", "DATE", "TIME", "DATE_TIME", "SCIENTIFIC", "TEXT"
  std::string pattern;  // "yyyy-mm-dd"; empty: the type's default
  bool empty() const { return type.empty(); }
  friend bool operator==(const NumberFormat&, const NumberFormat&) = default;
};

// What most cells do without. Immutable and shared: a rule set on a column is one object.
struct CellDetail {
  std::string formula;  // with its "="; empty: none
  std::string note;
  NumberFormat number_format;
  std::shared_ptr<const Json> format;      // userEnteredFormat without numberFormat
  std::shared_ptr<const Json> validation;  // a DataValidationRule

  bool empty() const {
    return formula.empty() && note.empty() && number_format.empty() && !format && !validation;
  }
};

struct Cell {
  Value value;  // empty beside a formula
  std::shared_ptr<const CellDetail> detail;

  bool has_formula() const { return detail && !detail->formula.empty(); }
  bool has_content() const { return has_formula() || !is_empty(value); }
  const CellDetail& details() const;
  const NumberFormat& number_format() const { return details().number_format; }

  // Replaces the detail by a changed copy: `change` gets a CellDetail&.
  template <typename Change>
  void change_detail(Change&& change) {
    CellDetail copy = details();
    change(copy);
    detail = copy.empty() ? nullptr : std::make_shared<const CellDetail>(std::move(copy));
  }
  // A value typed over whatever was there; format, note and validation stay.
  void set_value(Value new_value);
  // A formula typed over it; format, note and validation stay.
  void set_formula(std::string formula);
};

using Row = std::vector<Cell>;

}  // namespace sheets::emulator
