#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sheets_client/emulator/formula/reference.h"
#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/request_handlers.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {
namespace {

const Json& cells_of(const Json& row) { return RequestMessage(&row, "").list("values"); }

int longest_row(const Json& rows) {
  std::size_t longest = 0;
  for (const Json& row : rows)
    longest = std::max(longest, cells_of(row).size());
  return static_cast<int>(longest);
}

// Where the rows go, and where they may not go beyond.
struct Target {
  int sheet_id;
  GridRect limits;
  bool clears_rest;  // cells of the limits that no row gives are cleared
};

Target read_target(const Workbook& workbook, const RequestMessage& request) {
  if (request.has("start")) {
    const RequestCell start = read_coordinate(workbook, request, "start");
    const auto& grid = start.sheet.properties;
    return {grid.id, {start.row, grid.row_count, start.column, grid.column_count}, false};
  }
  if (!request.has("range")) throw invalid_argument("Must specify either start or range.");
  const RequestRange range = read_grid_range(workbook, request, "range");
  return {range.sheet.properties.id, range.rect, true};
}

void check_extent(const Target& target, int rows, int columns) {
  if (rows > target.limits.rows()) {
    throw invalid_argument(fmt::format("Attempting to write row: {}, beyond the last requested row of: {}",
                                       target.limits.end_row, target.limits.end_row - 1));
  }
  if (columns > target.limits.columns()) {
    throw invalid_argument(
        fmt::format("Attempting to write column: {}, beyond the last requested column of: {}",
                    target.limits.end_column, target.limits.end_column - 1));
  }
}

void write_rows(Sheet& sheet, int row, int column, const RequestMessage& request, const Json& rows,
                const CellFields& fields) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Json& cells = cells_of(rows[i]);
    if (cells.empty()) continue;
    Row& target = sheet.edit_row(row + static_cast<int>(i), column + static_cast<int>(cells.size()));
    const std::string place = fmt::format("{}.rows[{}]", request.place(), i);
    for (std::size_t c = 0; c < cells.size(); ++c)
      fields.apply(target[static_cast<std::size_t>(column) + c], cells[c], place);
  }
}

void clear_rest(Sheet& sheet, const GridRect& rect, const Json& rows, const CellFields& fields) {
  sheet.for_each_stored(rect, [&](int row, int column, const Cell&) {
    const auto given = static_cast<std::size_t>(row - rect.start_row);
    const std::size_t taken = given < rows.size() ? cells_of(rows[given]).size() : 0;
    if (column >= rect.start_column + static_cast<int>(taken)) fields.clear(sheet.edit(row, column));
  });
}

// The last row that shows or hides something, plus one: where appendCells goes on.
int rows_with_data(const Sheet& sheet) {
  int rows = sheet.stored_rows();
  const auto filled = [&](int r) {
    const Row* row = sheet.row(r);
    return row && std::any_of(row->begin(), row->end(), [](const Cell& cell) { return cell.has_content(); });
  };
  while (rows > 0 && !filled(rows - 1))
    --rows;
  return rows;
}

}  // namespace

void update_cells(BatchContext& batch, const RequestMessage& request) {
  const CellFields fields(required_fields(request));
  const Json& rows = request.list("rows");
  const Target target = read_target(batch.workbook, request);
  const int width = longest_row(rows);
  check_extent(target, static_cast<int>(rows.size()), width);
  GridRect touched = target.limits;
  if (!target.clears_rest) {
    touched.end_row = touched.start_row + static_cast<int>(rows.size());
    touched.end_column = touched.start_column + width;
  }
  if (touched.empty()) return;
  check_editable(batch.workbook, *batch.workbook.find(target.sheet_id), touched, batch.caller);
  Sheet& sheet = batch.workbook.edit(target.sheet_id);
  write_rows(sheet, touched.start_row, touched.start_column, request, rows, fields);
  if (target.clears_rest) clear_rest(sheet, touched, rows, fields);
}

void append_cells(BatchContext& batch, const RequestMessage& request) {
  const CellFields fields(required_fields(request));
  const int sheet_id = request.integer_or("sheetId", 0);
  const Sheet& before = require_sheet(batch.workbook, sheet_id);
  const Json& rows = request.list("rows");
  const int width = longest_row(rows), start = rows_with_data(before);
  const int end = start + static_cast<int>(rows.size());
  if (rows.empty()) return;
  Sheet& sheet = batch.workbook.edit(sheet_id);
  sheet.resize(std::max(end, sheet.properties.row_count), std::max(width, sheet.properties.column_count));
  check_cell_limit(batch.workbook);
  check_editable(batch.workbook, sheet, {start, end, 0, width}, batch.caller);
  write_rows(sheet, start, 0, request, rows, fields);
}

void repeat_cell(BatchContext& batch, const RequestMessage& request) {
  const CellFields fields(required_fields(request));
  const RequestRange range = read_grid_range(batch.workbook, request, "range");
  const GridRect rect = range.rect;
  check_editable(batch.workbook, range.sheet, rect, batch.caller);
  static const Json kEmpty = Json::object();
  const Json& data = request.has("cell") ? *request.find("cell") : kEmpty;
  Cell first;
  fields.apply(first, data, request.place_of("cell"));
  Sheet& sheet = batch.workbook.edit(range.sheet.properties.id);
  for (int r = rect.start_row; r < rect.end_row; ++r) {
    Row& row = sheet.edit_row(r, rect.end_column);
    for (int c = rect.start_column; c < rect.end_column; ++c) {
      Cell& cell = row[static_cast<std::size_t>(c)];
      fields.apply(cell, data, request.place_of("cell"));
      if (first.has_formula()) {
        cell.set_formula(copied_formula(first.details().formula, r - rect.start_row, c - rect.start_column));
      }
    }
  }
}

}  // namespace sheets::emulator
