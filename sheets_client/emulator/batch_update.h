#pragma once

#include <string_view>

#include "sheets_client/emulator/calculation.h"
#include "sheets_client/emulator/json_fwd.h"
#include "sheets_client/emulator/request_message.h"
#include "sheets_client/emulator/workbook.h"

namespace sheets::emulator {

// What the requests of one batch work on.
struct BatchContext {
  Workbook& workbook;
  const Caller& caller;
  const WorkbookLookup& workbooks;
};

// One kind of request. Returns its reply, an empty object for most. Throws ApiError without naming the
// request: whoever calls it knows which one it is.
using RequestHandler = Json (*)(BatchContext& batch, const RequestMessage& request);

// The handler of a request's name ("updateCells"); nullptr when the emulator does not do it.
RequestHandler find_request(std::string_view name);

// Applies requests in order and returns their replies in the same order. Throws ApiError naming the first one
// that is refused ("Invalid requests[2].updateCells: …"); the workbook is then half changed and must be
// thrown away.
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
Json bounds_json(int sheet_id, const GridBounds& bounds);
// Throws ApiError when the workbook has more cells than Google allows.
void check_cell_limit(const Workbook& workbook);
// The same before `count` rows or columns are added.
void check_growth(const Workbook& workbook, const Sheet& sheet, Dimension dimension, int count);
// The mask in member "fields". Throws ApiError when there is none.
std::string required_fields(const RequestMessage& request);

}  // namespace sheets::emulator
