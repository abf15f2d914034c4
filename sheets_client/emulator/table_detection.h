#pragma once

#include <optional>

#include "sheets_client/emulator/workbook.h"

namespace sheets::emulator {

// The table that values.append goes on: the last one that `rect` touches. A table is a block of filled cells
// with nothing but empty cells, or the grid's edge, around it. nullopt: the range touches none
// (developers.google.com/sheets/api/guides/values#append_values).
std::optional<GridRect> find_table(const Sheet& sheet, const GridRect& rect);

}  // namespace sheets::emulator
