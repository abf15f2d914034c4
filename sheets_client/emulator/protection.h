#pragma once

#include "sheets_client/emulator/workbook.h"

namespace sheets::emulator {

// Throws ApiError when `rect` touches a protected range that is not merely a warning and that `caller` may
// not edit.
void check_editable(const Workbook& workbook, const Sheet& sheet, const GridRect& rect, const Caller& caller);

// Whether the caller may edit a range protected like this.
bool may_edit(const Workbook& workbook, const ProtectedRange& range, const Caller& caller);

}  // namespace sheets::emulator
