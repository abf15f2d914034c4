#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "core/sync/sheet_table.h"

namespace roadmap {

// What a planner writes on one tab.
struct TabPlan {
  const SheetTable* table = nullptr;  // as it was read; not owned
  std::vector<HeaderAdd> headers;
  std::vector<PlannedCell> cells;  // of existing rows; ascending rows, in a row ascending columns, each once
  std::optional<RowsInsert> insert;  // below the last keyed row
  // Columns in which people's cells are to be overwritten though it is not known where formulas stand. Look
  // at them (SheetTable::see_column), then plan again from the start: a cell that holds a formula is not
  // written, and what is newest in the column counts. Empty: the plan may be carried out.
  std::set<int> wants_formulas;
  // Columns of text with numbers that are to be stored as they are displayed ("50%"): likewise, with
  // SheetTable::see_displayed.
  std::set<int> wants_displayed;

  bool is_complete() const { return wants_formulas.empty() && wants_displayed.empty(); }
  bool empty() const { return is_complete() && headers.empty() && cells.empty() && !insert; }
  std::size_t cell_count() const { return cells.size() + (insert ? insert->cells.size() : 0); }
};

// To be called for each cell that is taken over: asks how it is displayed where that must be known.
void take_as_displayed(TabPlan& plan, const TableRow& row, FieldId id);

// Why a blank cell that said `before` when it was last seen is not taken for empty: it holds a formula, which
// Google may still be calculating. Empty where it may be taken. Where it is not known whether there is a
// formula, the column is added to `wants_formulas`, as TabPlan has it.
std::string still_calculating(const SheetTable& table, const TableRow& row, FieldId id, const Cell& before,
                              std::set<int>& wants_formulas);

// Adds a cell of a column that may hold a person's formula. False: it holds one, and nothing was added.
bool add_unless_formula(TabPlan& plan, const TableRow& row, FieldId id, int column, const Cell& after);

// Adds a cell of the system's where it does not show that already; a blank value clears it. True: it was
// added.
bool add_if_different(TabPlan& plan, const TableRow& row, FieldId id, int column, const Cell& after);

// Adds a cell to the new row of that number (1, 2, …, ascending), unless it is blank.
void add_new_cell(RowsInsert& insert, const std::string& key, int row, int column, FieldId id,
                  const Cell& value);

// Puts cells and new rows in the order of rows and columns. To be called once, when all cells are planned.
void sort_cells(TabPlan& plan);

// The row below which new ones are inserted: the last with a key, else the one above the data.
int last_keyed_row(const SheetTable& table);

}  // namespace roadmap
