#pragma once

#include <memory>
#include <string>

#include "sheets_client/emulator/api_error.h"
#include "sheets_client/emulator/request_message.h"
#include "sheets_client/emulator/workbook.h"

namespace sheets::emulator {

// A sheet from the SheetProperties of addSheet or spreadsheets.create; what is missing gets Google's default:
// 1000 rows, 26 columns, "Sheet2" and so on, a random id. Throws ApiError for a title or id that is taken and
// for impossible sizes.
Sheet read_new_sheet(const Workbook& workbook, const RequestMessage& properties);
// tabColorStyle, or else tabColor; nullptr: none.
std::shared_ptr<const Json> read_tab_color(const RequestMessage& properties);

// The refusal of what would make a workbook larger than kMaxWorkbookCells.
ApiError too_many_cells();

// Throw ApiError in Google's words.
void check_title(const Workbook& workbook, const std::string& title, int except_sheet_id = -1);
void check_grid_size(int rows, int columns);
void check_frozen(const SheetProperties& properties);

}  // namespace sheets::emulator
