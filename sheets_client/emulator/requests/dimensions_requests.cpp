#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/emulator/formula/reference_shift.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/values_reading.h"
#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

struct DimensionRange {
  int sheet_id;
  Dimension dimension;
  int start;
  int end;
  int size;  // of the grid along the dimension
  int count() const { return end - start; }
};

Dimension read_dimension(const RequestMessage& message) {
  const std::string text = message.text("dimension");
  if (text.empty() || text == "DIMENSION_UNSPECIFIED") throw invalid_argument("No dimension specified.");
  return parse_dimension(text, message.place_of("dimension"));
}

int grid_size(const Sheet& sheet, Dimension dimension) {
  return dimension == Dimension::kRows ? sheet.properties.row_count : sheet.properties.column_count;
}

std::string_view noun(Dimension dimension) { return dimension == Dimension::kRows ? "row" : "column"; }

DimensionRange read_range(const Workbook& workbook, const RequestMessage& request) {
  const RequestMessage range = request.message("range");
  const Sheet& sheet = require_sheet(workbook, range.integer_or("sheetId", 0));
  DimensionRange read{};
  read.sheet_id = sheet.properties.id;
  read.dimension = read_dimension(range);
  read.size = grid_size(sheet, read.dimension);
  read.start = range.integer_or("startIndex", 0);
  read.end = range.integer_or("endIndex", read.size);
  if (read.start < 0) throw invalid_argument(fmt::format("range.startIndex[{}] is negative", read.start));
  if (read.end <= read.start)
    throw invalid_argument(
        fmt::format("range.endIndex[{}] must be after range.startIndex[{}]", read.end, read.start));
  return read;
}

void check_inside(const DimensionRange& range) {
  if (range.end > range.size) {
    throw invalid_argument(fmt::format("range.endIndex[{}] is after last {} in grid[{}]", range.end,
                                       noun(range.dimension), range.size));
  }
}

GridRect band(const Sheet& sheet, const DimensionRange& range) {
  GridRect rect = sheet.whole();
  (range.dimension == Dimension::kRows ? rect.start_row : rect.start_column) = range.start;
  (range.dimension == Dimension::kRows ? rect.end_row : rect.end_column) = range.end;
  return rect;
}

}  // namespace

Json append_dimension(BatchContext& batch, const RequestMessage& request) {
  const Sheet& sheet = require_sheet(batch.workbook, request.integer_or("sheetId", 0));
  const Dimension dimension = read_dimension(request);
  const int length = request.integer_or("length", 0);
  if (length < 1) throw invalid_argument(fmt::format("length[{}] must be positive", length));
  check_growth(batch.workbook, sheet, dimension, length);
  batch.workbook.edit(sheet.properties.id).insert(dimension, grid_size(sheet, dimension), length);
  return Json::object();
}

Json insert_dimension(BatchContext& batch, const RequestMessage& request) {
  const DimensionRange range = read_range(batch.workbook, request);
  if (range.start > range.size) {
    throw invalid_argument(fmt::format("range.startIndex[{}] is after last {} in grid[{}]", range.start,
                                       noun(range.dimension), range.size));
  }
  const bool before = request.flag("inheritFromBefore");
  if (before && range.start == 0)
    throw invalid_argument("inheritFromBefore cannot be true when nothing stands before the new cells");
  check_growth(batch.workbook, require_sheet(batch.workbook, range.sheet_id), range.dimension, range.count());
  Sheet& sheet = batch.workbook.edit(range.sheet_id);
  sheet.insert(range.dimension, range.start, range.count());
  const int from = before ? range.start - 1 : range.end;
  if (from < grid_size(sheet, range.dimension))
    sheet.inherit(range.dimension, from, range.start, range.count());
  shift_formulas(batch.workbook, range.sheet_id, range.dimension, range.start, range.count(),
                 GridChange::kInsert);
  return Json::object();
}

Json delete_dimension(BatchContext& batch, const RequestMessage& request) {
  const DimensionRange range = read_range(batch.workbook, request);
  check_inside(range);
  if (range.count() == range.size) {
    throw invalid_argument(fmt::format("You can't delete all the {}s on the sheet.", noun(range.dimension)));
  }
  const Sheet& sheet = require_sheet(batch.workbook, range.sheet_id);
  check_editable(batch.workbook, sheet, band(sheet, range), batch.caller);
  batch.workbook.edit(range.sheet_id).remove(range.dimension, range.start, range.count());
  shift_formulas(batch.workbook, range.sheet_id, range.dimension, range.start, range.count(),
                 GridChange::kRemove);
  return Json::object();
}

Json update_dimension_properties(BatchContext& batch, const RequestMessage& request) {
  const MaskNode mask = parse_field_mask(required_fields(request), "DimensionProperties");
  const DimensionRange range = read_range(batch.workbook, request);
  check_inside(range);
  const RequestMessage properties = request.message("properties");
  Sheet& sheet = batch.workbook.edit(range.sheet_id);
  auto& stored = range.dimension == Dimension::kRows ? sheet.row_properties : sheet.column_properties;
  for (int i = range.start; i < range.end; ++i) {
    DimensionProperties& changed = stored[i];
    if (mask.whole() || mask.find("hiddenByUser")) changed.hidden = properties.flag("hiddenByUser");
    if (mask.whole() || mask.find("pixelSize")) changed.pixel_size = properties.integer("pixelSize");
    if (!changed.hidden && !changed.pixel_size) stored.erase(i);
  }
  return Json::object();
}

}  // namespace sheets::emulator
