#include "sheets_client/rehearsal/scene.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/a1.h"
#include "sheets_client/api_error.h"

namespace sheets::rehearsal {
namespace {

constexpr std::size_t kMaxShownBytes = 400;  // of an answer that a sentence repeats

Json parsed(const std::string& answer) {
  Json document = Json::parse(answer, nullptr, /*allow_exceptions=*/false);
  expect(document.is_object(), "the answer is no JSON object");
  return document;
}

std::string shown(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kMaxShownBytes) text.replace(kMaxShownBytes, std::string::npos, "…");
  return text;
}

}  // namespace

std::string Scene::range(std::string_view cells) const {
  return fmt::format("{}!{}", always_quoted_tab(tab_), cells);
}

CallResult Scene::perform(GoogleSheets& through, const ApiCall& call) const {
  CallResult result = through.call(call, cast_.control);
  const auto* failure = std::get_if<CallFailure>(&result);
  if (failure != nullptr && failure->failure != roadmap::SheetsFailure::kBadRequest) {
    throw to_sheets_error(*failure,
                          {call.spreadsheet_id, call.spreadsheet_id, {}, cast_.client.account(), call.kind});
  }
  return result;
}

std::string Scene::call(GoogleSheets& through, const ApiCall& call) const {
  const CallResult result = perform(through, call);
  if (const auto* failure = std::get_if<CallFailure>(&result))
    throw Surprise(fmt::format("{} was refused: {}", call.method, failure->message));
  return std::get<net::ClientResponse>(result).body;
}

std::string Scene::refusal_of(const ApiCall& call) const {
  const CallResult result = perform(cast_.client, call);
  const auto* failure = std::get_if<CallFailure>(&result);
  if (failure == nullptr) throw Surprise(fmt::format("{} was not refused", call.method));
  return failure->message;
}

ApiCall Scene::change_call(const Json& body, std::string_view fields) const {
  ApiCall call = batch_update(cast_.spreadsheet_id, text_body(body.dump()));
  if (!fields.empty()) call.query.emplace_back("fields", fields);
  return call;
}

Json Scene::change(const Json& body, std::string_view fields) const {
  return parsed(call(cast_.client, change_call(body, fields)));
}

Json Scene::apply(const Json& requests) const { return change({{"requests", requests}}); }

std::string Scene::refusal(const Json& requests) const {
  return refusal_of(change_call({{"requests", requests}}));
}

void Scene::person_does(const Json& requests) const {
  call(cast_.person, change_call({{"requests", requests}}));
}

void Scene::person_types(std::string_view cell, const Json& rows) const {
  const Json body = {{"valueInputOption", "USER_ENTERED"},
                     {"data", {{{"range", range(cell)}, {"values", rows}}}}};
  ApiCall typing = batch_update(cast_.spreadsheet_id, text_body(body.dump()));
  typing.method = "values.batchUpdate";
  typing.path = "/values:batchUpdate";
  call(cast_.person, typing);
}

Json Scene::get(const std::vector<std::string>& ranges, std::string_view fields) const {
  return parsed(call(cast_.client, spreadsheets_get(cast_.spreadsheet_id, ranges, fields)));
}

Json Scene::values(const std::vector<std::string>& ranges) const {
  return parsed(call(cast_.client, values_batch_get(cast_.spreadsheet_id, ranges)))
      .value("valueRanges", Json::array());
}

std::string Scene::reading_refusal(const std::string& range) const {
  return refusal_of(values_batch_get(cast_.spreadsheet_id, {range}));
}

std::vector<roadmap::CellRow> Scene::rows() const {
  std::vector<roadmap::TabRead> reads = cast_.client.read_tabs(cast_.spreadsheet_id, {tab_}, cast_.control);
  expect(reads.size() == 1 && reads[0].grid, "the scratch tab cannot be read");
  return std::move(reads[0].grid->rows);
}

void Scene::append(const std::vector<roadmap::CellRow>& rows) const {
  cast_.client.append_rows(cast_.spreadsheet_id, tab_, 1, rows, cast_.control);
}

roadmap::WriteReport Scene::write(std::vector<roadmap::PlannedCell> cells, const std::string& marker,
                                  const std::vector<int>& shown_columns) const {
  roadmap::SheetWrite write;
  write.tabs.push_back({tab_, {}, std::move(cells), std::nullopt});
  write.marker = marker;
  if (!shown_columns.empty()) write.look = {{tab_, 1, shown_columns, false}};
  roadmap::WriteReport report = cast_.client.write(cast_.spreadsheet_id, std::move(write), cast_.control);
  expect(report.state == roadmap::WriteState::kApplied, "the answer was lost: " + report.lost_reason);
  expect(report.refused.empty(), report.refused.empty() ? "" : report.refused[0].reason);
  return report;
}

Json Scene::noted_cell(std::string_view cell) const {
  return first_cell(get({range(cell)}, "sheets.data.rowData.values(userEnteredValue,note)"));
}

void expect(bool holds, const std::string& instead) {
  if (!holds) throw Surprise(instead);
}

void expect_equal(const Json& seen, const Json& assumed, std::string_view what) {
  if (seen != assumed) throw Surprise(fmt::format("{}: {} instead of {}", what, shown(seen), shown(assumed)));
}

void expect_stale(const std::string& message) { expect(says_stale(message), message); }

Json first_cell(const Json& spreadsheet) {
  return spreadsheet.at(Json::json_pointer("/sheets/0/data/0/rowData/0/values/0"));
}

roadmap::PlannedCell planned(int row, int column, roadmap::Cell after) {
  roadmap::PlannedCell cell;
  cell.key = "row";
  cell.row = row;
  cell.column = column;
  cell.after = std::move(after);
  return cell;
}

Json row_range(const Scene& scene, int first_row, int end_row) {
  return {
      {"sheetId", scene.sheet_id()}, {"dimension", "ROWS"}, {"startIndex", first_row}, {"endIndex", end_row}};
}

Json delete_metadata(std::string_view key) {
  return {{"deleteDeveloperMetadata",
           {{"dataFilter",
             {{"developerMetadataLookup", {{"metadataKey", key}, {"locationType", "SPREADSHEET"}}}}}}}};
}

Json grid_range(const Scene& scene, int first_row, int end_row, int first_column, int end_column) {
  return {{"sheetId", scene.sheet_id()},
          {"startRowIndex", first_row},
          {"endRowIndex", end_row},
          {"startColumnIndex", first_column},
          {"endColumnIndex", end_column}};
}

Json update_cells(const Scene& scene, int row, int column, const Json& rows, std::string_view fields) {
  Json data = Json::array();
  for (const Json& cells : rows)
    data.push_back({{"values", cells}});
  return {{"updateCells",
           {{"start", {{"sheetId", scene.sheet_id()}, {"rowIndex", row}, {"columnIndex", column}}},
            {"rows", std::move(data)},
            {"fields", fields}}}};
}

Json text_cell(std::string_view text) { return {{"userEnteredValue", {{"stringValue", text}}}}; }

Json insert_rows(const Scene& scene, int start, int end, bool inherit_from_before) {
  return {{"insertDimension",
           {{"range", row_range(scene, start, end)}, {"inheritFromBefore", inherit_from_before}}}};
}

}  // namespace sheets::rehearsal
