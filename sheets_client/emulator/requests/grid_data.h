#pragma once

#include "sheets_client/emulator/formula/calculation.h"
#include "sheets_client/emulator/rest/json_writer.h"

namespace sheets::emulator {

// One GridData message: the cells of `rect` and the sizes of its rows and columns. `mask` is the answer's
// mask below "data"; cells and rows at the end that show nothing under it are left out.
void write_grid_data(JsonWriter& writer, const MaskNode* mask, Calculation& calculation,
                     const Workbook& workbook, const Sheet& sheet, const GridRect& rect);

// The format of a cell that has none of its own.
const Json& default_cell_format();

}  // namespace sheets::emulator
