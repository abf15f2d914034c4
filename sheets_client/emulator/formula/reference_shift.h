#pragma once

#include <optional>
#include <string>
#include <utility>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

enum class GridChange { kInsert, kRemove, kMove };

// What happened to rows or columns of a sheet, or to a band of it.
struct LineChange {
  GridChange kind;
  Dimension dimension;
  int at;
  int count;
  int destination = 0;                        // of kMove: before what was there
  std::optional<std::pair<int, int>> band{};  // only between these columns (or rows), half open
};

// Lets every formula of the workbook follow a change that was just made to one of its sheets. A reference to
// what was removed becomes #REF!.
void shift_formulas(Workbook& workbook, int sheet_id, const LineChange& change);

// Lets references to cells of a block that was cut and pasted elsewhere follow it.
void follow_block(Workbook& workbook, int from_sheet_id, const GridRect& from, int to_sheet_id, int rows,
                  int columns);

// Lets the references to a renamed sheet follow.
void rename_in_formulas(Workbook& workbook, const std::string& old_title, const std::string& new_title);

// A formula copied by so many rows and columns: what no $ keeps moves along.
std::string copied_formula(const std::string& formula, int rows, int columns);

// A formula whose row was sorted elsewhere: references to cells of that same row follow it.
std::string formula_moved_to_row(const std::string& formula, int from_row, int to_row);

}  // namespace sheets::emulator
