#include "sheets_client/rehearsal/scene.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/a1.h"
#include "sheets_client/failure_text.h"

namespace sheets::rehearsal {
namespace {

constexpr std::size_t kMaxShownBytes = 400;  // of an answer that a sentence repeats

ApiCall change_call(const std::string& id, const std::string& body, std::string_view fields) {
  ApiCall call = batch_update(id, text_body(body));
  if (!fields.empty()) call.query.emplace_back("fields", fields);
  return call;
}

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

Json Scene::change(const Json& body, std::string_view fields) const {
  const std::string text = body.dump();
  return parsed(call(cast_.client, change_call(cast_.spreadsheet_id, text, fields)));
}

Json Scene::apply(const Json& requests) const { return change({{"requests", requests}}); }

std::string Scene::refusal(const Json& requests) const {
  const std::string text = Json{{"requests", requests}}.dump();
  return refusal_of(change_call(cast_.spreadsheet_id, text, {}));
}

void Scene::person_does(const Json& requests) const {
  const std::string text = Json{{"requests", requests}}.dump();
  call(cast_.person, change_call(cast_.spreadsheet_id, text, {}));
}

void Scene::person_types(std::string_view cell, const Json& rows) const {
  const std::string text =
      Json{{"valueInputOption", "USER_ENTERED"}, {"data", {{{"range", range(cell)}, {"values", rows}}}}}
          .dump();
  ApiCall typing;
  typing.method = "values.batchUpdate";
  typing.kind = CallKind::kWrite;
  typing.spreadsheet_id = cast_.spreadsheet_id;
  typing.path = "/values:batchUpdate";
  typing.body = text_body(text);
  call(cast_.person, typing);
}

Json Scene::get(const std::vector<std::string>& ranges, std::string_view fields) const {
  ApiCall reading;
  reading.method = "spreadsheets.get";
  reading.spreadsheet_id = cast_.spreadsheet_id;
  for (const std::string& range : ranges)
    reading.query.emplace_back("ranges", range);
  reading.query.emplace_back("fields", fields);
  return parsed(call(cast_.client, reading));
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

void expect(bool holds, const std::string& instead) {
  if (!holds) throw Surprise(instead);
}

void expect_equal(const Json& seen, const Json& assumed, std::string_view what) {
  if (seen != assumed) throw Surprise(fmt::format("{}: {} instead of {}", what, shown(seen), shown(assumed)));
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
  return {
      {"insertDimension",
       {{"range",
         {{"sheetId", scene.sheet_id()}, {"dimension", "ROWS"}, {"startIndex", start}, {"endIndex", end}}},
        {"inheritFromBefore", inherit_from_before}}}};
}

}  // namespace sheets::rehearsal
