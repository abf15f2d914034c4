#pragma once

#include <string>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

enum class GridChange { kInsert, kRemove };

// Lets every formula of the workbook follow rows or columns that were just inserted into, or removed from,
// one of its sheets. A reference to what was removed becomes #REF!.
void shift_formulas(Workbook& workbook, int sheet_id, Dimension dimension, int at, int count,
                    GridChange change);

// Lets the references to a renamed sheet follow.
void rename_in_formulas(Workbook& workbook, const std::string& old_title, const std::string& new_title);

// A formula copied by so many rows and columns: what no $ keeps moves along.
std::string copied_formula(const std::string& formula, int rows, int columns);

// A formula whose row was sorted elsewhere: references to cells of that same row follow it.
std::string formula_moved_to_row(const std::string& formula, int from_row, int to_row);

}  // namespace sheets::emulator
