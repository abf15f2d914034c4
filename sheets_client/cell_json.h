#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/run/sheets_gateway.h"

namespace sheets {

// Google's limit for one cell, counted as it counts: in UTF-16 code units.
inline constexpr std::size_t kMaxCellUnits = 50'000;

// A valid UTF-8 text of at most kMaxCellUnits; what is longer is cut and ends in "…".
std::string fitting_text(std::string_view text);

// A CellData: {"userEnteredValue":{"stringValue":"…"}}, {} for an empty cell. Text is always a stringValue,
// so it never becomes a formula. The number must be finite.
void append_cell_data(std::string& json, const roadmap::Cell& cell);

// An updateCells request that writes rows below each other from one place on: its start, a RowData for each
// row with commas between, its end. `cells` are of adjacent columns.
void append_update_start(std::string& json, std::int64_t sheet_id, int row_index, int column);
void append_row_data(std::string& json, std::span<const roadmap::PlannedCell> cells);
void append_update_end(std::string& json);

}  // namespace sheets
