#include "sheets_client/emulator/sheet_setup.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/emulator/api_error.h"
#include "sheets_client/emulator/cell_data.h"

namespace sheets::emulator {
namespace {

constexpr int kMaxColumns = 18'278;
constexpr std::size_t kMaxTitleCharacters = 100;

std::string free_title(const Workbook& workbook) {
  std::size_t number = workbook.size() + 1;
  std::string title = fmt::format("Sheet{}", number);
  while (workbook.find(title))
    title = fmt::format("Sheet{}", ++number);
  return title;
}

}  // namespace

ApiError too_many_cells() {
  return invalid_argument(fmt::format(
      "This action would increase the number of cells in the workbook above the limit of {} cells.",
      kMaxWorkbookCells));
}

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

std::shared_ptr<const Json> read_tab_color(const RequestMessage& properties) {
  if (properties.has("tabColorStyle")) {
    const Json style = with_google_colors(*properties.find("tabColorStyle"));
    return style.empty() ? nullptr : std::make_shared<const Json>(style);
  }
  if (!properties.has("tabColor")) return nullptr;
  return std::make_shared<const Json>(Json{{"rgbColor", with_google_colors(*properties.find("tabColor"))}});
}

Sheet read_new_sheet(const Workbook& workbook, const RequestMessage& properties) {
  const std::string type = properties.text("sheetType");
  if (!type.empty() && type != "GRID" && type != "SHEET_TYPE_UNSPECIFIED")
    throw invalid_argument(fmt::format("Sheets of the type {} are not supported by the emulator.", type));
  Sheet sheet;
  SheetProperties& p = sheet.properties;
  p.id = properties.has("sheetId") ? properties.integer_or("sheetId", 0) : workbook.unused_sheet_id();
  if (p.id < 0) throw invalid_argument("Sheet id must be nonnegative.");
  if (workbook.find(p.id)) throw invalid_argument(fmt::format("A sheet with id {} already exists.", p.id));
  p.title = properties.has("title") ? properties.text("title") : free_title(workbook);
  check_title(workbook, p.title);
  const RequestMessage grid = properties.message("gridProperties");
  p.row_count = grid.integer_or("rowCount", p.row_count);
  p.column_count = grid.integer_or("columnCount", p.column_count);
  check_grid_size(p.row_count, p.column_count);
  p.frozen_rows = grid.integer_or("frozenRowCount", 0);
  p.frozen_columns = grid.integer_or("frozenColumnCount", 0);
  p.hide_gridlines = grid.flag("hideGridlines");
  check_frozen(p);
  p.hidden = properties.flag("hidden");
  p.right_to_left = properties.flag("rightToLeft");
  p.tab_color_style = read_tab_color(properties);
  return sheet;
}

}  // namespace sheets::emulator
