#include "sheets_client/emulator/workbook/limits.h"

#include <fmt/format.h>

#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

constexpr int kMaxColumns = 18'278;
constexpr std::size_t kMaxTitleCharacters = 100;

ApiError too_many_cells() {
  return invalid_argument(fmt::format(
      "This action would increase the number of cells in the workbook above the limit of {} cells.",
      kMaxWorkbookCells));
}

}  // namespace

void check_title(const Workbook& workbook, const std::string& title, int except_sheet_id) {
  if (title.empty() || count_characters(title) > kMaxTitleCharacters) {
    throw invalid_argument(
        fmt::format("Sheet name cannot be empty or longer than {} characters.", kMaxTitleCharacters));
  }
  const Sheet* taken = workbook.find(title);
  if (taken && taken->properties.id != except_sheet_id) {
    throw invalid_argument(
        fmt::format("A sheet with the name \"{}\" already exists. Please enter another name.", title));
  }
}

void check_text(std::string_view text) {
  if (text.size() > kMaxCellCharacters && count_utf16_units(text) > kMaxCellCharacters) {
    throw invalid_argument(fmt::format(
        "Your input contains more than the maximum of {} characters in a single cell.", kMaxCellCharacters));
  }
}

void check_grid_size(int rows, int columns) {
  if (rows < 1 || columns < 1)
    throw invalid_argument(
        fmt::format("A sheet needs a row and a column: got {} rows, {} columns.", rows, columns));
  if (columns > kMaxColumns)
    throw invalid_argument(fmt::format("A sheet cannot have more than {} columns.", kMaxColumns));
  if (std::int64_t{rows} * columns > kMaxWorkbookCells) throw too_many_cells();
}

void check_frozen(const SheetProperties& p) {
  if (p.frozen_rows < 0 || p.frozen_columns < 0)
    throw invalid_argument("The number of frozen rows and columns cannot be negative.");
  if (p.frozen_rows >= p.row_count && p.frozen_rows > 0)
    throw invalid_argument("You can't freeze all visible rows on the sheet.");
  if (p.frozen_columns >= p.column_count && p.frozen_columns > 0)
    throw invalid_argument("You can't freeze all visible columns on the sheet.");
}

void check_cell_limit(const Workbook& workbook) {
  if (workbook.cell_count() > kMaxWorkbookCells) throw too_many_cells();
}

void check_growth(const Workbook& workbook, const Sheet& sheet, Dimension dimension, int count) {
  const auto& grid = sheet.properties;
  const std::int64_t across = dimension == Dimension::kRows ? grid.column_count : grid.row_count;
  if (workbook.cell_count() + across * count > kMaxWorkbookCells) throw too_many_cells();
}

}  // namespace sheets::emulator
