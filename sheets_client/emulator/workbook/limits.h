#pragma once

#include <string>
#include <string_view>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// What Google refuses of the shape of a workbook: each throws ApiError in Google's words.

void check_title(const Workbook& workbook, const std::string& title, int except_sheet_id = -1);
// Longer than kMaxCellCharacters.
void check_text(std::string_view text);
void check_grid_size(int rows, int columns);
void check_frozen(const SheetProperties& properties);
// More cells than kMaxWorkbookCells.
void check_cell_limit(const Workbook& workbook);
// The same before `count` rows or columns are added.
void check_growth(const Workbook& workbook, const Sheet& sheet, Dimension dimension, int count);

}  // namespace sheets::emulator
