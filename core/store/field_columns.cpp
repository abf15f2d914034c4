#include "core/store/field_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "core/fields/registry.h"

namespace roadmap {

std::string_view table_name(Table table) {
  switch (table) {
    case Table::kInitiatives:
      return "initiatives";
    case Table::kMathModels:
      return "math_models";
    case Table::kParams:
      return "params";
    case Table::kNone:
      break;
  }
  return {};
}

std::string field_columns(Table table, const std::vector<std::string_view>& skipped) {
  std::string columns;
  for (const FieldId id : fields_of(table)) {
    if (std::find(skipped.begin(), skipped.end(), field(id).name) != skipped.end()) continue;
    columns += ", " + quoted_name(field(id).name);
  }
  return columns;
}

void require_type(Table table, const std::string& row, FieldId id, const Cell& cell) {
  const Field& described = field(id);
  const bool fits = std::holds_alternative<std::monostate>(cell) ||
                    (described.type == FieldType::kBool     ? std::holds_alternative<bool>(cell)
                     : described.type == FieldType::kNumber ? std::holds_alternative<double>(cell)
                                                            : std::holds_alternative<std::string>(cell));
  if (fits && described.table == table) return;
  // Without the value: what people typed stays out of logs.
  throw std::logic_error(
      fmt::format("{}: a value of the wrong type for the field '{}'", row, described.name));
}

std::vector<Cell> read_field_columns(Table table, const SqlStatement& row, int first_column) {
  std::vector<Cell> values;
  const int count = static_cast<int>(fields_of(table).size());
  values.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    values.push_back(row.cell(first_column + i));
  return values;
}

}  // namespace roadmap
