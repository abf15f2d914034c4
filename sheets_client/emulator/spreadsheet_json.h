#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sheets_client/emulator/a1_range.h"
#include "sheets_client/emulator/calculation.h"
#include "sheets_client/emulator/json_writer.h"

namespace sheets::emulator {

enum class GridData { kLeftOut, kIncluded };

// The Spreadsheet message. With ranges, only their sheets, and of their cells only those inside. Cells come
// only with kIncluded; `writer`'s mask decides about the rest.
void write_spreadsheet(JsonWriter& writer, const MaskNode& mask, Calculation& calculation,
                       const Workbook& workbook, const std::vector<SheetRange>& ranges, GridData grid_data,
                       const Caller& caller);

}  // namespace sheets::emulator
