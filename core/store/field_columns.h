#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"
#include "core/fields/field.h"
#include "core/store/sql.h"

namespace roadmap {

// The columns that come from the field registry, the same way for each table that has some.

// The SQL name of a table; empty for Table::kNone.
std::string_view table_name(Table table);

// The fields' columns that `skipped` does not name, in the order of fields_of(table), each after ", ":
// `, "title", "country"`.
std::string field_columns(Table table, const std::vector<std::string_view>& skipped = {});

// The database would turn a number in a text column into text without a word: throws std::logic_error for a
// value that is not of its field's type, or a field of another table. `row` is how the message calls the row.
void require_type(Table table, const std::string& row, FieldId id, const Cell& cell);

// The values of all fields of the table that stand in a row from `first_column` on, in their order.
std::vector<Cell> read_field_columns(Table table, const SqlStatement& row, int first_column);

}  // namespace roadmap
