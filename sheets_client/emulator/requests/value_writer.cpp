#include "sheets_client/emulator/requests/value_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/requests/values_reading.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/cell_input.h"
#include "sheets_client/emulator/workbook/serial_date.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

constexpr std::string_view kListValue = "type.googleapis.com/google.protobuf.ListValue";

// A value as the text form of google.protobuf.Value, which Google quotes in its refusals.
void append_proto(std::string& text, const Json& value, const std::string& indent) {
  if (value.is_array()) {
    text += indent + "list_value {\n";
    for (const Json& item : value) {
      text += indent + "  values {\n";
      append_proto(text, item, indent + "    ");
      text += indent + "  }\n";
    }
    text += indent + "}\n";
  } else if (value.is_object()) {
    text += indent + "struct_value {\n";
    for (const auto& [name, member] : value.items()) {
      text += fmt::format("{0}  fields {{\n{0}    key: \"{1}\"\n{0}    value {{\n", indent, name);
      append_proto(text, member, indent + "      ");
      text += fmt::format("{0}    }}\n{0}  }}\n", indent);
    }
    text += indent + "}\n";
  } else {
    const std::string_view kind = value.is_string()    ? "string_value"
                                  : value.is_number()  ? "number_value"
                                  : value.is_boolean() ? "bool_value"
                                                       : "null_value";
    text += indent + fmt::format("{}: {}\n", kind, value.is_null() ? "NULL_VALUE" : value.dump());
  }
}

void check_line(const Json& line, std::size_t index, std::string_view place) {
  if (!line.is_array()) throw invalid_value(fmt::format("{}.values[{}]", place, index), kListValue, line);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!line[i].is_structured()) continue;
    std::string quoted;
    append_proto(quoted, line[i], "");
    throw invalid_argument(fmt::format("Invalid values[{}][{}]: {}", index, i, quoted));
  }
}

void put(Cell& cell, const Json& value, ValueInput input) {
  if (value.is_boolean()) {
    cell.set_value(value.get<bool>());
  } else if (value.is_number()) {
    cell.set_value(value.get<double>());
  } else {
    const auto& text = value.get_ref<const std::string&>();
    check_text(text);
    const bool literal = !input.typed || cell.number_format().type == "TEXT";
    if (text.empty()) {
      cell.set_value({});
    } else if (literal) {
      cell.set_value(text);
    } else {
      enter(cell, parse_user_entered(text, input.this_year));
    }
  }
}

// Where a table may not go: past a bounded range or past the grid.
void check_fits(const SheetRange& range, const ValueTable& table) {
  const int end_row = range.rect.start_row + table.rows();
  const int end_column = range.rect.start_column + table.columns();
  const bool anchor = range.single_cell || !range.names_cells;
  if (!anchor && range.rows_bounded && end_row > range.rect.end_row) {
    throw invalid_argument(fmt::format("Requested writing within range [{}], but tried writing to row [{}]",
                                       range.requested, range.rect.end_row + 1));
  }
  if (!anchor && range.columns_bounded && end_column > range.rect.end_column) {
    throw invalid_argument(
        fmt::format("Requested writing within range [{}], but tried writing to column [{}]", range.requested,
                    column_letters(range.rect.end_column)));
  }
  const auto& grid = range.sheet->properties;
  if (end_row > grid.row_count || end_column > grid.column_count) {
    const GridRect wanted{range.rect.start_row, std::max(end_row, range.rect.start_row + 1),
                          range.rect.start_column, std::max(end_column, range.rect.start_column + 1)};
    throw exceeds_grid(*range.sheet, wanted);
  }
}

}  // namespace

ValueInput parse_value_input(std::string_view text, std::chrono::system_clock::time_point now) {
  if (text == "RAW") return {};
  if (text == "USER_ENTERED") return {true, year_of(now)};
  throw invalid_argument("'valueInputOption' is required but not specified");
}

int ValueTable::line_count() const { return lines ? static_cast<int>(lines->size()) : 0; }

int ValueTable::longest_line() const {
  std::size_t longest = 0;
  if (lines) {
    for (const Json& line : *lines)
      longest = std::max(longest, line.size());
  }
  return static_cast<int>(longest);
}

ValueTable read_value_table(const Json& value_range, std::string_view place) {
  ValueTable table;
  table.major = dimension_named(value_range.value("majorDimension", ""));
  const auto values = value_range.find("values");
  if (values == value_range.end() || values->is_null()) return table;
  if (!values->is_array()) throw invalid_value(fmt::format("{}.values", place), kListValue, *values);
  for (std::size_t i = 0; i < values->size(); ++i)
    check_line((*values)[i], i, place);
  table.lines = &*values;
  return table;
}

int WriteCounts::row_count() const { return static_cast<int>(std::count(rows.begin(), rows.end(), true)); }
int WriteCounts::column_count() const {
  return static_cast<int>(std::count(columns.begin(), columns.end(), true));
}

WriteCounts write_values_at(Workbook& workbook, int sheet_id, int row, int column, const ValueTable& table,
                            ValueInput input, const Caller& caller) {
  WriteCounts counts;
  counts.sheet_id = sheet_id;
  counts.rect = {row, row + std::max(table.rows(), 1), column, column + std::max(table.columns(), 1)};
  counts.updated_range = range_text(*workbook.find(sheet_id), counts.rect);
  counts.rows.resize(static_cast<std::size_t>(table.rows()));
  counts.columns.resize(static_cast<std::size_t>(table.columns()));
  if (table.line_count() == 0) return counts;
  check_editable(workbook, *workbook.find(sheet_id), counts.rect, caller);
  Sheet& sheet = workbook.edit(sheet_id);
  for (int line = 0; line < table.line_count(); ++line) {
    const Json& cells = (*table.lines)[static_cast<std::size_t>(line)];
    for (int at = 0; at < static_cast<int>(cells.size()); ++at) {
      const Json& value = cells[static_cast<std::size_t>(at)];
      if (value.is_null()) continue;
      const int r = table.major == Dimension::kRows ? line : at;
      const int c = table.major == Dimension::kRows ? at : line;
      put(sheet.edit(row + r, column + c), value, input);
      counts.rows[static_cast<std::size_t>(r)] = true;
      counts.columns[static_cast<std::size_t>(c)] = true;
      ++counts.cells;
    }
  }
  return counts;
}

WriteCounts write_values(Workbook& workbook, std::string_view range, const ValueTable& table,
                         ValueInput input, const Caller& caller) {
  const SheetRange target = resolve_range(workbook, range);
  check_fits(target, table);
  return write_values_at(workbook, target.sheet->properties.id, target.rect.start_row,
                         target.rect.start_column, table, input, caller);
}

}  // namespace sheets::emulator
