#pragma once

#include "sheets_client/emulator/emulator.h"
#include "sheets_client/emulator/workbook.h"

namespace sheets::emulator {

// The workbook that a seed describes, without an id when it has none. Throws ApiError for titles and sizes
// that are refused.
Workbook workbook_from(const WorkbookSeed& seed);

}  // namespace sheets::emulator
