#include "sheets_client/emulator/requests/batch_update.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/requests/values_reading.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxRequests = 100'000;

using AnyHandler = std::variant<RequestHandler*, ReplyingHandler*>;
constexpr std::pair<std::string_view, AnyHandler> kRequests[] = {
    {"addBanding", add_banding},
    {"addConditionalFormatRule", add_conditional_format_rule},
    {"addDimensionGroup", add_dimension_group},
    {"addFilterView", add_filter_view},
    {"addNamedRange", add_named_range},
    {"addProtectedRange", add_protected_range},
    {"addSheet", add_sheet},
    {"appendCells", append_cells},
    {"appendDimension", append_dimension},
    {"autoFill", auto_fill},
    {"autoResizeDimensions", auto_resize_dimensions},
    {"clearBasicFilter", clear_basic_filter},
    {"copyPaste", copy_paste},
    {"createDeveloperMetadata", create_developer_metadata},
    {"cutPaste", cut_paste},
    {"deleteBanding", delete_banding},
    {"deleteConditionalFormatRule", delete_conditional_format_rule},
    {"deleteDeveloperMetadata", delete_developer_metadata},
    {"deleteDimension", delete_dimension},
    {"deleteDimensionGroup", delete_dimension_group},
    {"deleteDuplicates", delete_duplicates},
    {"deleteFilterView", delete_filter_view},
    {"deleteNamedRange", delete_named_range},
    {"deleteProtectedRange", delete_protected_range},
    {"deleteRange", delete_range},
    {"deleteSheet", delete_sheet},
    {"duplicateFilterView", duplicate_filter_view},
    {"duplicateSheet", duplicate_sheet},
    {"findReplace", find_replace},
    {"insertDimension", insert_dimension},
    {"insertRange", insert_range},
    {"mergeCells", merge_cells},
    {"moveDimension", move_dimension},
    {"pasteData", paste_data},
    {"randomizeRange", randomize_range},
    {"repeatCell", repeat_cell},
    {"setBasicFilter", set_basic_filter},
    {"setDataValidation", set_data_validation},
    {"sortRange", sort_range},
    {"textToColumns", text_to_columns},
    {"trimWhitespace", trim_whitespace},
    {"unmergeCells", unmerge_cells},
    {"updateBanding", update_banding},
    {"updateBorders", update_borders},
    {"updateCells", update_cells},
    {"updateConditionalFormatRule", update_conditional_format_rule},
    {"updateDeveloperMetadata", update_developer_metadata},
    {"updateDimensionProperties", update_dimension_properties},
    {"updateFilterView", update_filter_view},
    {"updateNamedRange", update_named_range},
    {"updateProtectedRange", update_protected_range},
    {"updateSheetProperties", update_sheet_properties},
    {"updateSpreadsheetProperties", update_spreadsheet_properties},
};

Json apply_one(BatchContext& batch, const Json& request, std::size_t index) {
  const std::string place = fmt::format("requests[{}]", index);
  if (request.empty()) throw invalid_argument("No request set.").at(place);
  const std::string& name = request.begin().key();
  const auto* kind = std::find_if(std::begin(kRequests), std::end(kRequests),
                                  [&](const auto& entry) { return entry.first == name; });
  const std::string full_place = place + "." + name;
  if (kind == std::end(kRequests))
    throw invalid_argument(fmt::format("Invalid {}: This kind of request is not served here.", full_place));
  try {
    const RequestMessage message = RequestMessage(&request, place).message(name);
    if (const auto* replying = std::get_if<ReplyingHandler*>(&kind->second))
      return {{name, (*replying)(batch, message)}};
    std::get<RequestHandler*>(kind->second)(batch, message);
    return Json::object();
  } catch (const ApiError& error) {
    throw error.at(full_place);
  }
}

}  // namespace

Json apply_batch(BatchContext& batch, const Json& requests) {
  if (requests.empty()) throw invalid_argument("Must specify at least one request.");
  if (requests.size() > kMaxRequests)
    throw invalid_argument(fmt::format("Too many requests in one batch: {}.", requests.size()));
  Json replies = Json::array();
  for (std::size_t i = 0; i < requests.size(); ++i)
    replies.push_back(apply_one(batch, requests[i], i));
  return replies;
}

const Sheet& require_sheet(const Workbook& workbook, int sheet_id) {
  const Sheet* sheet = workbook.find(sheet_id);
  if (!sheet) throw invalid_argument(fmt::format("No grid with id: {}", sheet_id));
  return *sheet;
}

GridBounds read_bounds(const RequestMessage& range) {
  return {range.integer("startRowIndex"), range.integer("endRowIndex"), range.integer("startColumnIndex"),
          range.integer("endColumnIndex")};
}

RequestRange read_grid_range(const Workbook& workbook, const RequestMessage& request, std::string_view name) {
  if (!request.has(name)) throw invalid_argument(fmt::format("Must specify {}.", name));
  const RequestMessage range = request.message(name);
  const Sheet& sheet = require_sheet(workbook, range.integer_or("sheetId", 0));
  const GridBounds bounds = read_bounds(range);
  const auto& grid = sheet.properties;
  const int row = bounds.start_row.value_or(0), column = bounds.start_column.value_or(0);
  if (row < 0 || column < 0) throw invalid_argument("A GridRange cannot start before the first cell.");
  if (bounds.end_row.value_or(row + 1) <= row || bounds.end_column.value_or(column + 1) <= column)
    throw invalid_argument(fmt::format("{} is empty: its end is not after its start.", name));
  if (row >= grid.row_count || column >= grid.column_count) {
    throw exceeds_grid(sheet, {row, row + 1, column, column + 1});
  }
  return {sheet, bounds, sheet.cut(bounds)};
}

RequestCell read_coordinate(const Workbook& workbook, const RequestMessage& request, std::string_view name) {
  const RequestMessage given = request.message(name);
  const Sheet& sheet = require_sheet(workbook, given.integer_or("sheetId", 0));
  const int row = given.integer_or("rowIndex", 0), column = given.integer_or("columnIndex", 0);
  const auto& grid = sheet.properties;
  if (row < 0 || column < 0) throw invalid_argument("A GridCoordinate cannot be negative.");
  if (row >= grid.row_count) {
    throw invalid_argument(
        fmt::format("GridCoordinate.rowIndex[{}] is after last row in grid[{}]", row, grid.row_count - 1));
  }
  if (column >= grid.column_count) {
    throw invalid_argument(fmt::format("GridCoordinate.columnIndex[{}] is after last column in grid[{}]",
                                       column, grid.column_count - 1));
  }
  return {sheet, row, column};
}

Json bounds_json(int sheet_id, const GridBounds& bounds) {
  Json range = Json::object();
  if (sheet_id != 0) range["sheetId"] = sheet_id;
  if (bounds.start_row) range["startRowIndex"] = *bounds.start_row;
  if (bounds.end_row) range["endRowIndex"] = *bounds.end_row;
  if (bounds.start_column) range["startColumnIndex"] = *bounds.start_column;
  if (bounds.end_column) range["endColumnIndex"] = *bounds.end_column;
  return range;
}

Json lines_json(int sheet_id, Dimension dimension, int start, int end) {
  Json range = Json::object();
  if (sheet_id != 0) range["sheetId"] = sheet_id;
  range["dimension"] = dimension == Dimension::kRows ? "ROWS" : "COLUMNS";
  range["startIndex"] = start;
  range["endIndex"] = end;
  return range;
}

int read_new_id(const Workbook& workbook, IdOf kind, const RequestMessage& given, std::string_view name,
                std::string_view noun) {
  const int id = given.integer_or(name, workbook.unused_id(kind));
  if (workbook.has_id(kind, id))
    throw invalid_argument(fmt::format("A {} with id {} already exists.", noun, id));
  return id;
}

Sheet& edit_cells(BatchContext& batch, const Sheet& sheet, const GridRect& rect) {
  check_editable(batch.workbook, sheet, rect, batch.caller);
  return batch.workbook.edit(sheet.properties.id);
}

Dimension required_dimension(const RequestMessage& request, std::string_view name) {
  const std::string text = request.text(name);
  if (text.empty() || text == "DIMENSION_UNSPECIFIED") throw invalid_argument("No dimension specified.");
  return dimension_named(text);
}

std::string required_fields(const RequestMessage& request) {
  std::string fields = request.text("fields");
  if (fields.empty()) {
    throw invalid_argument(
        "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  }
  return fields;
}

}  // namespace sheets::emulator
