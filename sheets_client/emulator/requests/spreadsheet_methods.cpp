#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/emulator/requests/api_call.h"
#include "sheets_client/emulator/requests/batch_update.h"
#include "sheets_client/emulator/requests/cell_data.h"
#include "sheets_client/emulator/requests/developer_metadata.h"
#include "sheets_client/emulator/requests/spreadsheet_json.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxNewSheets = 200;

// The cells that spreadsheets.create gives a sheet.
void fill_sheet(Sheet& sheet, const Json& data, const std::string& place) {
  const CellFields fields("*");
  for (std::size_t d = 0; d < data.size(); ++d) {
    const RequestMessage grid(&data[d], fmt::format("{}.data[{}]", place, d));
    const int start_row = grid.integer_or("startRow", 0), start_column = grid.integer_or("startColumn", 0);
    const Json& rows = grid.list("rowData");
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const RequestMessage row(&rows[r], fmt::format("{}.row_data[{}]", grid.place(), r));
      const Json& cells = row.list("values");
      const int row_index = start_row + static_cast<int>(r);
      const int end_column = start_column + static_cast<int>(cells.size());
      if (row_index >= sheet.properties.row_count || end_column > sheet.properties.column_count) {
        throw invalid_argument(
            fmt::format("Invalid {}: Attempting to write row: {}, column: {}, beyond the grid", grid.place(),
                        row_index, end_column - 1));
      }
      for (std::size_t c = 0; c < cells.size(); ++c)
        fields.apply(sheet.edit(row_index, start_column + static_cast<int>(c)), cells[c], row.place());
    }
  }
}

Workbook read_new_workbook(const ApiCall& call, const Json& body) {
  const RequestMessage message(&body, "spreadsheet");
  const RequestMessage properties = message.message("properties");
  Workbook workbook;
  workbook.id = call.store.unused_id();
  workbook.title = properties.has("title") ? properties.text("title") : "Untitled spreadsheet";
  if (properties.has("locale")) workbook.locale = properties.text("locale");
  if (properties.has("timeZone")) workbook.time_zone = properties.text("timeZone");
  workbook.owner = call.caller.email;
  const Json& sheets = message.list("sheets");
  if (sheets.size() > kMaxNewSheets) throw invalid_argument("Too many sheets.");
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string place = fmt::format("sheets[{}]", i);
    const RequestMessage given(&sheets[i], place);
    Json given_properties = given.has("properties") ? *given.find("properties") : Json::object();
    if (i == 0 && !given_properties.contains("sheetId")) given_properties["sheetId"] = 0;
    Sheet sheet = read_new_sheet(workbook, RequestMessage(&given_properties, place + ".properties"));
    fill_sheet(sheet, given.list("data"), place);
    workbook.insert(workbook.size(), std::move(sheet));
  }
  if (workbook.size() == 0) {
    Sheet sheet;
    sheet.properties.title = "Sheet1";
    workbook.insert(0, std::move(sheet));
  }
  check_cell_limit(workbook);
  return workbook;
}

// Grid data comes when the query's mask names it, or without a mask when `asked`. `writer` comes to the
// Spreadsheet.
GridData wanted_grid_data(const ApiCall& call, const JsonWriter& writer, bool asked) {
  const bool wanted = call.has_mask() ? writer.wants({"sheets", "data"}) : asked;
  return wanted ? GridData::kIncluded : GridData::kLeftOut;
}

std::vector<SheetRange> resolve_all(const Workbook& workbook, const std::vector<std::string>& texts) {
  std::vector<SheetRange> ranges;
  ranges.reserve(texts.size());
  for (const std::string& text : texts)
    ranges.push_back(resolve_range(workbook, text));
  return ranges;
}

// The spreadsheet itself, for an answer about filters that select none of its cells.
Workbook without_sheets(const Workbook& workbook) {
  Workbook bare;
  bare.id = workbook.id, bare.title = workbook.title, bare.locale = workbook.locale;
  bare.time_zone = workbook.time_zone, bare.owner = workbook.owner;
  bare.developer_metadata = workbook.developer_metadata;
  return bare;
}

}  // namespace

std::string create_spreadsheet(const ApiCall& call) {
  const Json& body = *call.request.body;
  JsonWriter writer = call.answer("Spreadsheet");
  Workbook workbook = read_new_workbook(call, body);
  const std::string id = workbook.id;
  call.store.add(std::move(workbook));
  Calculation calculation(call.store, &call.results);
  write_spreadsheet(writer, calculation, *call.store.find_workbook(id), {}, GridData::kLeftOut, call.caller);
  return writer.take();
}

std::string get_spreadsheet(const ApiCall& call) {
  const auto workbook = call.workbook();
  JsonWriter writer = call.answer("Spreadsheet");
  std::vector<std::string> ranges;
  for (const auto& [name, text] : call.request.query) {
    if (name == "ranges") ranges.push_back(text);
  }
  Calculation calculation(call.store, &call.results);
  write_spreadsheet(writer, calculation, *workbook, resolve_all(*workbook, ranges),
                    wanted_grid_data(call, writer, call.flag("includeGridData")), call.caller);
  return writer.take();
}

std::string batch_update_spreadsheet(const ApiCall& call) {
  call.require_access();
  const Json& body = *call.request.body;
  const RequestMessage message(&body, "");
  const bool with_spreadsheet = message.flag("includeSpreadsheetInResponse");
  const bool with_grid_data = message.flag("responseIncludeGridData");
  const auto response_ranges = message.list("responseRanges").get<std::vector<std::string>>();
  JsonWriter writer = call.answer("BatchUpdateSpreadsheetResponse");
  Json replies;
  const auto updated = call.store.change(call.route.spreadsheet_id, [&](Workbook& workbook) {
    call.check_access(workbook);
    BatchContext batch{workbook, call.caller, call.store};
    replies = apply_batch(batch, message.list("requests"));
  });
  writer.begin_object();
  writer.member("spreadsheetId", call.route.spreadsheet_id);
  writer.member("replies", replies);
  if (with_spreadsheet && writer.key("updatedSpreadsheet")) {
    Calculation calculation(call.store, &call.results);
    write_spreadsheet(writer, calculation, *updated, resolve_all(*updated, response_ranges),
                      wanted_grid_data(call, writer, with_grid_data), call.caller);
  }
  writer.end_object();
  return writer.take();
}

std::string get_spreadsheet_by_data_filter(const ApiCall& call) {
  const auto workbook = call.workbook();
  const Json& body = *call.request.body;
  const RequestMessage message(&body, "");
  JsonWriter writer = call.answer("Spreadsheet");
  const auto filters = read_data_filters(*workbook, message.list("dataFilters"), "data_filters");
  std::vector<SheetRange> ranges;
  for (const DataFilter& filter : filters) {
    const auto selected = selected_ranges(*workbook, filter);
    ranges.insert(ranges.end(), selected.begin(), selected.end());
  }
  Calculation calculation(call.store, &call.results);
  const bool nothing = ranges.empty() && !filters.empty();
  write_spreadsheet(writer, calculation, nothing ? without_sheets(*workbook) : *workbook, ranges,
                    wanted_grid_data(call, writer, message.flag("includeGridData")), call.caller);
  return writer.take();
}

}  // namespace sheets::emulator
