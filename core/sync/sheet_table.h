#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/fields/cell_value.h"
#include "core/fields/field.h"
#include "core/fields/header_match.h"
#include "core/run/settings.h"
#include "core/run/sheets_gateway.h"

namespace roadmap {

// Why a tab cannot be worked with at all: its key column is missing. The sentence names the tab and the
// headers found.
struct HeaderProblem {
  std::string message;
};

// One data row of a tab.
struct TableRow {
  int row = 0;                  // 1-based, as people say it
  std::string key;              // trimmed; empty where the key cell is blank or unreadable
  bool key_unreadable = false;  // the key cell shows an error or Loading...
};

// A cell as merges take it.
struct ReadCell {
  Cell shown;  // what bases are compared with: SheetTable::shown
  Cell value;  // what is stored of it: "50%" where 0.5 is shown; the same otherwise
  ReadCell(Cell both) : shown(both), value(std::move(both)) {}
  ReadCell(Cell as_shown, Cell as_stored) : shown(std::move(as_shown)), value(std::move(as_stored)) {}
};

// A tab as read, with its columns matched to fields. A value; safe to copy between threads.
class SheetTable {
 public:
  // `required` are fields without whose column the tab is unusable (the key; in intake the title too).
  static std::variant<SheetTable, HeaderProblem> make(Tab tab, TabLayout layout, TabGrid grid,
                                                      DateOrder date_order,
                                                      const std::vector<FieldId>& required);

  Tab tab() const { return tab_; }
  const TabLayout& layout() const { return layout_; }  // tab spelled as the sheet spells it
  const ColumnMap& columns() const { return columns_; }
  std::vector<std::string> warnings() const;                   // about its header; each names the tab
  const std::vector<TableRow>& rows() const { return rows_; }  // top to bottom, blank ones too
  const CellRow& header() const { return header_; }
  int used_width() const;  // columns used by any cell of the tab
  // The table with one more column, still empty, for a field that it lacks.
  SheetTable with_column(FieldId id, int column) const;

  bool has(FieldId id) const { return column_of(id) >= 0; }
  // The raw cell of a row; empty beyond what was read. Columns are 0-based, rows 1-based.
  const Cell& raw(int row, int column) const;
  // The raw cell of a field in a row; empty where the tab lacks the field's column.
  const Cell& raw(const TableRow& row, FieldId id) const;
  // The converted cell: what a job stores of it.
  ParsedCell parsed(const TableRow& row, FieldId id) const;
  // The converted cell, or the raw one where it does not convert, and where a number stands in a column of
  // text, for the read has no trace of how that is displayed: what bases are compared with.
  Cell shown(const TableRow& row, FieldId id) const;
  // Whether a number stands in a column of text, and nobody has looked yet how it is displayed: what would be
  // stored of it is not known; parsed() and read() answer with the bare number.
  bool lacks_display(const TableRow& row, FieldId id) const;
  ReadCell read(const TableRow& row, FieldId id) const;
  // Whether the cell says what is stored. A number that lacks its display says what reads as that number.
  bool says(const TableRow& row, FieldId id, const Cell& stored) const;
  // "RICE: Reach": the header as the tab spells it.
  std::string header_of(FieldId id) const;
  // Whether it is known which cells of that column hold formulas: see_column was called for it.
  bool knows_formulas(int column) const { return formulas_.contains(column); }
  // The formula of a cell, empty for none; empty, too, where the column's are not known.
  const std::string& formula_at(int row, int column) const;
  // Takes over what a look at that column showed: formulas, and newer values. `cells[0]` is row 1.
  void see_column(int column, const std::vector<SeenCell>& cells);
  // Takes over how the column's numbers are displayed, and newer ones of formulas. False where it shows other
  // numbers than were read: people changed it, or rows moved. `cells[0]` is row 1.
  bool see_displayed(int column, const std::vector<SeenCell>& cells);
  bool has_content(const TableRow& row) const;  // any cell is not blank and not FALSE, besides the key

 private:
  SheetTable() = default;
  int column_of(FieldId id) const { return column_of_[id.index()]; }  // -1: none
  bool is_number_in_text(const TableRow& row, FieldId id) const;
  const std::string* displayed_number(const TableRow& row, FieldId id) const;  // nullptr: none, or not seen

  Tab tab_{};
  TabLayout layout_;
  DateOrder date_order_{};
  ColumnMap columns_;
  std::vector<int> column_of_;  // by field; every row asks for each
  CellRow header_;
  std::vector<CellRow> cells_;  // of row 1, 2, …
  std::map<int, std::map<int, std::string>>
      formulas_;  // column → row → formula; a column that is here is known
  std::map<int, std::map<int, std::string>> displayed_;  // likewise; rows with numbers only
  std::vector<TableRow> rows_;
};

}  // namespace roadmap
