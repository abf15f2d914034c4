#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/formula/calculation.h"
#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/api_error.h"
#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// What the requests of one batch work on.
struct BatchContext {
  Workbook& workbook;
  const Caller& caller;
  const WorkbookLookup& workbooks;
};

// One kind of request. Throws ApiError without naming the request: whoever calls it knows which one it is.
using RequestHandler = void(BatchContext& batch, const RequestMessage& request);
// The same of a kind that has a reply: returns what that says, which may be nothing.
using ReplyingHandler = Json(BatchContext& batch, const RequestMessage& request);

// Applies requests, which the API's schema has (rest/request_check.h), in order and returns their replies in
// the same order. Throws ApiError naming the first one that is refused ("Invalid requests[2].updateCells:
// …"); the workbook is then half changed and must be thrown away.
Json apply_batch(BatchContext& batch, const Json& requests);

// The sheet of that id. Throws ApiError "No grid with id: …".
const Sheet& require_sheet(const Workbook& workbook, int sheet_id);
// The GridRange in member `name`: its sheet and sides. Throws ApiError when it names no sheet, is empty or
// starts outside the grid.
struct RequestRange {
  const Sheet& sheet;
  GridBounds bounds;
  GridRect rect;  // cut to the grid
};
RequestRange read_grid_range(const Workbook& workbook, const RequestMessage& request, std::string_view name);
GridBounds read_bounds(const RequestMessage& range);
// The GridCoordinate in member `name`: one cell of an existing sheet. Throws ApiError when it is outside.
struct RequestCell {
  const Sheet& sheet;
  int row;
  int column;
};
RequestCell read_coordinate(const Workbook& workbook, const RequestMessage& request, std::string_view name);
// Where in the sheets' lists of that kind the entry with the id is: `list` is &Sheet::filter_views and the
// like. Throws ApiError "No … with id: …".
struct FoundEntry {
  int sheet_id;
  std::size_t index;
};
template <typename Entry, typename Id>
FoundEntry find_entry(const Workbook& workbook, std::vector<Entry> Sheet::*list, const Id& id,
                      std::string_view noun) {
  for (std::size_t i = 0; i < workbook.size(); ++i) {
    const Sheet& sheet = workbook.sheet(i);
    const auto found = std::find_if((sheet.*list).begin(), (sheet.*list).end(),
                                    [&](const Entry& entry) { return entry.id == id; });
    if (found != (sheet.*list).end())
      return {sheet.properties.id, static_cast<std::size_t>(found - (sheet.*list).begin())};
  }
  throw invalid_argument(fmt::format("No {} with id: {}", noun, id));
}
template <typename Entry>
void erase_entry(Workbook& workbook, std::vector<Entry> Sheet::*list, const FoundEntry& found) {
  auto& entries = workbook.edit(found.sheet_id).*list;
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(found.index));
}
// The id in member `name` of something new, or one that is free. Throws ApiError for one that is taken.
int read_new_id(const Workbook& workbook, IdOf kind, const RequestMessage& given, std::string_view name,
                std::string_view noun);
// The sheet to change. Throws ApiError when `rect` is protected and the caller may not edit it.
Sheet& edit_cells(BatchContext& batch, const Sheet& sheet, const GridRect& rect);
// Sorts the rows of `rect` by the request's sortSpecs. Throws ApiError for none of them, or columns outside.
void sort_rows(BatchContext& batch, int sheet_id, const GridRect& rect, const RequestMessage& request);
Json bounds_json(int sheet_id, const GridBounds& bounds);
// A DimensionRange.
Json lines_json(int sheet_id, Dimension dimension, int start, int end);
// A sheet from the SheetProperties of addSheet or spreadsheets.create; what is missing gets Google's default:
// 1000 rows, 26 columns, "Sheet2" and so on, a random id. Throws ApiError for a title or id that is taken and
// for impossible sizes.
Sheet read_new_sheet(const Workbook& workbook, const RequestMessage& properties);
// The Dimension in member `name`. Throws ApiError when there is none.
Dimension required_dimension(const RequestMessage& request, std::string_view name);
// The mask in member "fields". Throws ApiError when there is none.
std::string required_fields(const RequestMessage& request);

}  // namespace sheets::emulator
