#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/api_error.h"
#include "sheets_client/cell_json.h"
#include "sheets_client/rehearsal/probes.h"

namespace sheets::rehearsal {
namespace {

roadmap::PlannedCell planned_cell(int row, int column, roadmap::Cell after) {
  roadmap::PlannedCell cell;
  cell.key = "row";
  cell.row = row;
  cell.column = column;
  cell.after = std::move(after);
  return cell;
}

void write(const Scene& scene, std::vector<roadmap::PlannedCell> cells) {
  roadmap::SheetWrite write;
  write.tabs.push_back({scene.tab(), {}, std::move(cells), std::nullopt});
  const roadmap::WriteReport report =
      scene.client().write(scene.spreadsheet_id(), std::move(write), scene.control());
  expect(report.state == roadmap::WriteState::kApplied, "the answer was lost: " + report.lost_reason);
  expect(report.refused.empty(), report.refused.empty() ? "" : report.refused[0].reason);
}

Json unknown_sheet_request(const Scene& scene) {
  Json request = update_cells(scene, 0, 0, {{text_cell("x")}});
  request["updateCells"]["start"]["sheetId"] = 4'711;  // no tab of the rehearsal has such an id
  return request;
}

Json validation_of(const Scene& scene, std::string_view cells) {
  const Json answer = scene.get({scene.range(cells)}, "sheets.data.rowData.values.dataValidation");
  return answer.at("sheets").at(0).at("data").at(0).value("rowData", Json::array());
}

}  // namespace

void text_stays_text(Scene& scene) {
  const roadmap::CellRow row = {std::string("=1+1"), std::string("007"),     std::string("1/2"),
                                std::string("TRUE"), std::string("'quoted"), std::string("+49 30")};
  std::vector<roadmap::PlannedCell> cells;
  for (std::size_t c = 0; c < row.size(); ++c)
    cells.push_back(planned_cell(2, static_cast<int>(c), row[c]));
  write(scene, std::move(cells));
  const auto rows = scene.rows();
  expect(rows.size() == 2, "the row was not written");
  for (std::size_t c = 0; c < row.size(); ++c)
    expect(c < rows[1].size() && rows[1][c] == row[c],
           fmt::format("the text {} does not come back as that text", std::get<std::string>(row[c])));
}

void numbers_and_boxes_keep_their_type(Scene& scene) {
  const roadmap::CellRow row = {0.1, -1e300, 12345678901234.0, true, false};
  std::vector<roadmap::PlannedCell> cells;
  for (std::size_t c = 0; c < row.size(); ++c)
    cells.push_back(planned_cell(1, static_cast<int>(c), row[c]));
  write(scene, std::move(cells));
  const auto rows = scene.rows();
  expect(!rows.empty() && rows[0] == row, "0.1, -1E+300, 12345678901234, TRUE, FALSE come back otherwise");
}

void an_empty_cell_clears_the_value_only(Scene& scene) {
  const Json noted = {{"userEnteredValue", {{"stringValue", "old"}}}, {"note", "stays"}};
  scene.apply({update_cells(scene, 0, 0, {{noted}}, "userEnteredValue,note")});
  write(scene, {planned_cell(1, 0, {})});
  const Json cells = scene.get({scene.range("A1")}, "sheets.data.rowData.values(userEnteredValue,note)");
  expect_equal(cells.at("sheets").at(0).at("data").at(0).at("rowData").at(0).at("values").at(0),
               {{"note", "stays"}}, "the cell");
}

void a_formula_is_put_back(Scene& scene) {
  roadmap::PlannedCell formula = planned_cell(1, 1, std::string("=A1*2"));
  formula.is_formula = true;
  write(scene, {planned_cell(1, 0, 21.0), formula});
  const auto rows = scene.rows();
  expect(!rows.empty() && rows[0].size() == 2 && rows[0][1] == roadmap::Cell{42.0},
         "=A1*2 beside 21 does not give 42");
}

void one_request_writes_several_rows(Scene& scene) {
  write(scene, {planned_cell(2, 0, std::string("row 2")), planned_cell(3, 0, std::string("row 3")),
                planned_cell(4, 0, std::string("row 4"))});
  expect_equal(scene.values({scene.range("A1:A5")}).at(0).at("values"),
               {Json::array(), {"row 2"}, {"row 3"}, {"row 4"}}, "column A");
}

void long_texts_fit(Scene& scene) {
  std::string text = "first line\nsecond line ";
  while (text.size() + 4 <= kMaxCellUnits * 2)
    text += "🌵";
  text = fitting_text(text);
  write(scene, {planned_cell(1, 0, text)});
  const auto rows = scene.rows();
  expect(!rows.empty() && !rows[0].empty() && rows[0][0] == roadmap::Cell{text},
         "a text of 50,000 UTF-16 units with a line break does not come back whole");
}

void a_refused_request_undoes_the_call(Scene& scene) {
  const Json requests = {update_cells(scene, 0, 0, {{text_cell("must not stay")}}),
                         unknown_sheet_request(scene)};
  scene.refusal(requests);
  expect(scene.rows().empty(), "what stood before the refused request was applied");
}

void a_refused_request_is_named(Scene& scene) {
  const std::string message =
      scene.refusal({update_cells(scene, 0, 0, {{text_cell("x")}}), unknown_sheet_request(scene)});
  expect(refused_request(message) == 1, "the message does not name requests[1]: " + message);
}

void an_unknown_sheet_id_is_named(Scene& scene) {
  const std::string message = scene.refusal({unknown_sheet_request(scene)});
  expect(says_stale(message), message);
}

void cells_beyond_the_grid_are_named(Scene& scene) {
  for (const auto& [row, column] : {std::pair(kRows, 0), std::pair(0, kColumns)}) {
    const std::string message = scene.refusal({update_cells(scene, row, column, {{text_cell("x")}})});
    expect(says_stale(message), message);
  }
}

void rows_beyond_the_grid_are_named(Scene& scene) {
  const std::string message = scene.refusal({insert_rows(scene, kRows + 5, kRows + 6, true)});
  expect(says_stale(message), message);
}

void rows_are_inserted_at_the_very_end(Scene& scene) {
  scene.apply(
      {insert_rows(scene, kRows, kRows + 2, true), update_cells(scene, kRows + 1, 0, {{text_cell("last")}})});
  const auto rows = scene.rows();
  expect(rows.size() == kRows + 2, "the new rows are not the last ones");
}

void new_rows_inherit_from_above(Scene& scene) {
  const Json box = {{"condition", {{"type", "BOOLEAN"}}}, {"strict", false}};
  scene.apply({{{"setDataValidation", {{"range", grid_range(scene, 1, 2, 0, 1)}, {"rule", box}}}},
               insert_rows(scene, 2, 3, true)});
  const Json rows = validation_of(scene, "A3");
  expect(rows.size() == 1 && rows[0].contains("values") &&
             rows[0]["values"].at(0).at("dataValidation").at("condition").at("type") == "BOOLEAN",
         "the new row has no box below one");
}

void columns_are_appended_and_written(Scene& scene) {
  const Json append = {
      {"appendDimension", {{"sheetId", scene.sheet_id()}, {"dimension", "COLUMNS"}, {"length", 1}}}};
  const Json answer =
      scene.change({{"requests", {append, update_cells(scene, 0, kColumns, {{text_cell("New")}})}},
                    {"includeSpreadsheetInResponse", true},
                    {"responseIncludeGridData", true},
                    {"responseRanges", {scene.range("G1:G")}}},
                   "updatedSpreadsheet.sheets.data.rowData.values.effectiveValue");
  expect_equal(answer.at("updatedSpreadsheet")
                   .at("sheets")
                   .at(0)
                   .at("data")
                   .at(0)
                   .at("rowData")
                   .at(0)
                   .at("values")
                   .at(0),
               {{"effectiveValue", {{"stringValue", "New"}}}}, "the appended column in the same answer");
}

void appended_rows_make_room(Scene& scene) {
  scene.apply({update_cells(scene, 0, 0, {{text_cell("Time"), text_cell("What")}}),
               update_cells(scene, 2, 0, {{text_cell("below the table")}})});
  scene.append({{std::string("2026-01-31"), 1.0}});
  expect_equal(scene.values({scene.range("A1:B4")}).at(0).at("values"),
               {{"Time", "What"}, {"2026-01-31", 1}, Json::array(), {"below the table"}}, "the tab");
}

void a_tab_gets_the_id_it_is_given(Scene& scene) {
  const std::int64_t id = scene.sheet_id() + 500'000;
  Json request = update_cells(scene, 0, 0, {{text_cell("here")}});
  request["updateCells"]["start"]["sheetId"] = id;
  const std::string title = scene.tab() + ", added";
  scene.apply({{{"addSheet", {{"properties", {{"sheetId", id}, {"title", title}}}}}}, request});
  scene.apply({{{"deleteSheet", {{"sheetId", id}}}}});
}

void a_taken_title_is_refused(Scene& scene) {
  const std::string message = scene.refusal({{{"addSheet", {{"properties", {{"title", scene.tab()}}}}}}});
  expect(refused_request(message) == 0, "the message does not name requests[0]: " + message);
}

void notes_are_written_and_read(Scene& scene) {
  const Json cell = {{"userEnteredValue", {{"stringValue", "Title"}}}, {"note", "what it is about"}};
  scene.apply({update_cells(scene, 0, 0, {{cell}}, "userEnteredValue,note")});
  const Json seen = scene.get({scene.range("A1:B1")}, "sheets.data.rowData.values(userEnteredValue,note)");
  expect_equal(seen.at("sheets").at(0).at("data").at(0).at("rowData").at(0).at("values").at(0), cell,
               "the header");
}

void a_warning_does_not_refuse(Scene& scene) {
  scene.apply(
      {{{"addProtectedRange",
         {{"protectedRange", {{"range", grid_range(scene, 1, kRows, 0, 1)}, {"warningOnly", true}}}}}}});
  write(scene, {planned_cell(2, 0, std::string("written"))});
}

}  // namespace sheets::rehearsal
