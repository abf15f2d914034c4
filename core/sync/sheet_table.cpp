#include "core/sync/sheet_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/found_in.h"

namespace roadmap {
namespace {

constexpr std::size_t kHeadersInMessage = 40;

constexpr int kHeaderSearchRows = 10;  // how far down headers are looked for that are not in their row

const Cell kEmptyCell{};

bool is_blank_or_false(const Cell& cell) {
  const auto* flag = std::get_if<bool>(&cell);
  return is_blank(cell) || (flag != nullptr && !*flag);
}

std::string headers_found(const CellRow& header) {
  std::string list;
  std::size_t count = 0;
  for (const Cell& cell : header) {
    if (is_blank(cell)) continue;
    if (++count > kHeadersInMessage) return list + ", …";
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", trim(to_text(cell)));
  }
  return list.empty() ? "none" : list;
}

bool has_all(const ColumnMap& columns, const std::vector<FieldId>& fields) {
  return std::ranges::all_of(fields, [&](FieldId id) { return columns.column_of(id).has_value(); });
}

// What to do where the header row lacks a field's column.
std::string where_headers_are(Tab tab, const TabLayout& layout, const std::vector<CellRow>& rows,
                              const std::vector<FieldId>& required) {
  for (int row = 1; row <= kHeaderSearchRows && row <= static_cast<int>(rows.size()); ++row) {
    if (!has_all(match_headers(tab, rows[static_cast<std::size_t>(row - 1)]), required)) continue;
    return fmt::format("the headers stand in row {}: move them back to row {}", row, layout.header_row);
  }
  const auto header = static_cast<std::size_t>(layout.header_row - 1);
  return "the headers there are: " + headers_found(header < rows.size() ? rows[header] : CellRow{});
}

}  // namespace

std::variant<SheetTable, HeaderProblem> SheetTable::make(Tab tab, TabLayout layout, TabGrid grid,
                                                         DateOrder date_order,
                                                         const std::vector<FieldId>& required) {
  SheetTable table;
  table.tab_ = tab;
  table.layout_ = std::move(layout);
  table.layout_.tab = grid.title;
  table.date_order_ = date_order;
  table.cells_ = std::move(grid.rows);
  const auto header_index = static_cast<std::size_t>(table.layout_.header_row - 1);
  if (header_index < table.cells_.size()) table.header_ = table.cells_[header_index];
  table.columns_ = match_headers(tab, table.header_);
  table.column_of_.assign(all_fields().size(), -1);
  for (const auto& [id, column] : table.columns_.columns)
    table.column_of_[id.index()] = column;
  for (const FieldId id : required) {
    if (table.has(id)) continue;
    return HeaderProblem{fmt::format("Tab '{}' has no column '{}' in row {}; {}", grid.title,
                                     field(id).on(tab)->header, table.layout_.header_row,
                                     where_headers_are(tab, table.layout_, table.cells_, required))};
  }
  for (int row = table.layout_.first_data_row; row <= static_cast<int>(table.cells_.size()); ++row) {
    TableRow entry{row, {}, false};
    const Cell& key = table.raw(entry, fields::key());
    entry.key_unreadable = is_error(key);
    if (!entry.key_unreadable) entry.key = trim(to_text(key));
    table.rows_.push_back(std::move(entry));
  }
  return table;
}

SheetTable SheetTable::with_column(FieldId id, int column) const {
  SheetTable extended = *this;
  extended.columns_.columns.emplace_back(id, column);
  extended.column_of_[id.index()] = column;
  return extended;
}

std::vector<std::string> SheetTable::warnings() const {
  std::vector<std::string> warnings;
  for (const std::string& warning : columns_.warnings)
    warnings.push_back(layout_.tab + ": " + warning);
  return warnings;
}

int SheetTable::used_width() const {
  std::size_t width = 0;
  for (const CellRow& row : cells_) {
    for (std::size_t column = row.size(); column > width; --column) {
      if (!is_blank(row[column - 1])) width = column;
    }
  }
  return static_cast<int>(width);
}

const Cell& SheetTable::raw(int row, int column) const {
  const auto r = static_cast<std::size_t>(row - 1);
  const auto c = static_cast<std::size_t>(column);
  return r < cells_.size() && c < cells_[r].size() ? cells_[r][c] : kEmptyCell;
}

const Cell& SheetTable::raw(const TableRow& row, FieldId id) const {
  return has(id) ? raw(row.row, column_of(id)) : kEmptyCell;
}

ParsedCell SheetTable::parsed(const TableRow& row, FieldId id) const {
  if (const std::string* text = displayed_number(row, id)) return Cell(*text);
  return parse_cell(field(id).type, raw(row, id), date_order_);
}

bool SheetTable::lacks_display(const TableRow& row, FieldId id) const {
  return is_number_in_text(row, id) && displayed_number(row, id) == nullptr;
}

ReadCell SheetTable::read(const TableRow& row, FieldId id) const {
  const std::string* displayed = displayed_number(row, id);
  return displayed == nullptr ? ReadCell(shown(row, id)) : ReadCell(raw(row, id), Cell(*displayed));
}

bool SheetTable::says(const TableRow& row, FieldId id, const Cell& stored) const {
  if (!lacks_display(row, id)) return same_value(field(id).type, read(row, id).value, stored);
  const Cell& number = raw(row, id);
  const auto reads_alike = [&](FieldType type) {
    const ParsedCell one = parse_cell(type, stored, date_order_);
    const ParsedCell other = parse_cell(type, number, date_order_);
    const auto* cell = std::get_if<Cell>(&one);
    return cell != nullptr && std::holds_alternative<Cell>(other) && *cell == std::get<Cell>(other);
  };
  return reads_alike(FieldType::kNumber) || reads_alike(FieldType::kDate);
}

bool SheetTable::is_number_in_text(const TableRow& row, FieldId id) const {
  return field(id).type == FieldType::kText && std::holds_alternative<double>(raw(row, id));
}

const std::string* SheetTable::displayed_number(const TableRow& row, FieldId id) const {
  if (!is_number_in_text(row, id)) return nullptr;
  return found_in(found_or_empty(displayed_, column_of(id)), row.row);
}

Cell SheetTable::shown(const TableRow& row, FieldId id) const {
  if (is_number_in_text(row, id)) return raw(row, id);
  ParsedCell cell = parsed(row, id);
  return std::holds_alternative<Cell>(cell) ? std::get<Cell>(std::move(cell)) : raw(row, id);
}

std::string SheetTable::header_of(FieldId id) const {
  const auto index = static_cast<std::size_t>(column_of(id));
  if (has(id) && index < header_.size()) return std::string(trim(to_text(header_[index])));
  return std::string(field(id).on(tab_)->header);
}

bool SheetTable::has_content(const TableRow& row) const {
  const auto index = static_cast<std::size_t>(row.row - 1);
  const auto key_column = columns_.column_of(fields::key());
  const CellRow& cells = cells_[index];
  for (std::size_t column = 0; column < cells.size(); ++column) {
    if (static_cast<int>(column) != key_column && !is_blank_or_false(cells[column])) return true;
  }
  return false;
}

const std::string& SheetTable::formula_at(int row, int column) const {
  return found_or_empty(found_or_empty(formulas_, column), row);
}

bool SheetTable::see_displayed(int column, const std::vector<SeenCell>& cells) {
  std::map<int, std::string>& displayed = displayed_[column];
  displayed.clear();
  for (const TableRow& row : rows_) {
    const auto at = static_cast<std::size_t>(row.row - 1);
    const SeenCell seen = at < cells.size() ? cells[at] : SeenCell{};
    const bool is_number = std::holds_alternative<double>(seen.shown);
    const bool was_number = std::holds_alternative<double>(raw(row.row, column));
    if (!is_number && !was_number) continue;
    if (seen.shown != raw(row.row, column)) {
      if (!seen.is_formula() || !was_number) return false;
      cells_[at][static_cast<std::size_t>(column)] = seen.shown;  // =NOW() shows another number each time
    }
    if (!is_number) continue;
    const std::string_view text = trim(seen.displayed);
    displayed.emplace(row.row, text.empty() ? to_text(seen.shown) : std::string(text));
  }
  return true;
}

void SheetTable::see_column(int column, const std::vector<SeenCell>& cells) {
  std::map<int, std::string>& formulas = formulas_[column];
  formulas.clear();
  const auto at = static_cast<std::size_t>(column);
  for (std::size_t i = 0; i < std::max(cells.size(), cells_.size()); ++i) {
    if (i >= cells_.size()) cells_.emplace_back();
    const SeenCell seen = i < cells.size() ? cells[i] : SeenCell{};
    if (cells_[i].size() <= at) {
      if (is_blank(seen.shown)) continue;
      cells_[i].resize(at + 1);
    }
    cells_[i][at] = seen.shown;
    if (seen.is_formula()) formulas.emplace(static_cast<int>(i) + 1, seen.formula);
  }
}

}  // namespace roadmap
