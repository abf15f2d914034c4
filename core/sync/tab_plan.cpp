#include "core/sync/tab_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"

namespace roadmap {
namespace {

void sort_by_address(std::vector<PlannedCell>& cells) {
  std::sort(cells.begin(), cells.end(), [](const PlannedCell& a, const PlannedCell& b) {
    return CellAddress{a.row, a.column} < CellAddress{b.row, b.column};
  });
}

}  // namespace

void take_as_displayed(TabPlan& plan, const TableRow& row, FieldId id) {
  if (plan.table->lacks_display(row, id)) plan.wants_displayed.insert(*plan.table->columns().column_of(id));
}

std::string still_calculating(const SheetTable& table, const TableRow& row, FieldId id, const Cell& before,
                              std::set<int>& wants_formulas) {
  const std::optional<int> column = table.columns().column_of(id);
  if (!column || is_blank(before) || !is_blank(table.raw(row.row, *column))) return {};
  if (!table.knows_formulas(*column)) {
    wants_formulas.insert(*column);
  } else if (!table.formula_at(row.row, *column).empty()) {
    return fmt::format(
        "{}: the formula shows nothing, though it showed {} before: it may still be calculating. Run it "
        "again when it shows a value; to empty the cell, delete the formula",
        table.header_of(id), to_text(before));
  }
  return {};
}

bool add_unless_formula(TabPlan& plan, const TableRow& row, FieldId id, int column, const Cell& after) {
  if (!plan.table->knows_formulas(column)) {
    plan.wants_formulas.insert(column);
  } else if (!plan.table->formula_at(row.row, column).empty()) {
    return false;
  }
  plan.cells.push_back({row.key, row.row, column, id, plan.table->raw(row.row, column), after});
  return true;
}

bool add_if_different(TabPlan& plan, const TableRow& row, FieldId id, int column, const Cell& after) {
  const Cell& before = plan.table->raw(row.row, column);
  const bool is_same = is_blank(after) ? is_blank(before) : same_value(field(id).type, before, after);
  if (!is_same) plan.cells.push_back({row.key, row.row, column, id, before, after});
  return !is_same;
}

void add_new_cell(RowsInsert& insert, const std::string& key, int row, int column, FieldId id,
                  const Cell& value) {
  if (!is_blank(value)) insert.cells.push_back({key, row, column, id, Cell{}, value});
}

void sort_cells(TabPlan& plan) {
  sort_by_address(plan.cells);
  if (plan.insert) sort_by_address(plan.insert->cells);
}

int last_keyed_row(const SheetTable& table) {
  int last = table.layout().first_data_row - 1;
  for (const TableRow& row : table.rows()) {
    if (!row.key.empty() || row.key_unreadable) last = row.row;
  }
  return last;
}

}  // namespace roadmap
