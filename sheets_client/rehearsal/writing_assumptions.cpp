#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/api_error.h"
#include "sheets_client/cell_json.h"
#include "sheets_client/rehearsal/assumptions.h"
#include "sheets_client/rehearsal/scene.h"

namespace sheets::rehearsal {
namespace {

constexpr std::string_view kEdge = "github.com/nithinmurali/pygsheets issue 46";

// A row of cells, from column A on.
std::vector<roadmap::PlannedCell> planned_row(int row, const roadmap::CellRow& values) {
  std::vector<roadmap::PlannedCell> cells;
  for (std::size_t c = 0; c < values.size(); ++c)
    cells.push_back(planned(row, static_cast<int>(c), values[c]));
  return cells;
}

Json unknown_sheet_request(const Scene& scene) {
  Json request = update_cells(scene, 0, 0, {{text_cell("x")}});
  request["updateCells"]["start"]["sheetId"] = 4'711;  // no tab of the rehearsal has such an id
  return request;
}

constexpr Assumption kWritingAssumptions[] = {
    {"write.text", "a stringValue stays that text, whatever it looks like", kDiscovery,
     [](Scene& scene) {
       const roadmap::CellRow row = {std::string("=1+1"), std::string("007"),     std::string("1/2"),
                                     std::string("TRUE"), std::string("'quoted"), std::string("+49 30")};
       scene.write(planned_row(2, row));
       const auto rows = scene.rows();
       expect(rows.size() == 2, "the row was not written");
       for (std::size_t c = 0; c < row.size(); ++c)
         expect(c < rows[1].size() && rows[1][c] == row[c],
                fmt::format("the text {} does not come back as that text", std::get<std::string>(row[c])));
     }},

    {"write.types", "numbers and boxes come back as they were written", kDiscovery,
     [](Scene& scene) {
       const roadmap::CellRow row = {0.1, -1e300, 12345678901234.0, true, false};
       scene.write(planned_row(1, row));
       const auto rows = scene.rows();
       expect(!rows.empty() && rows[0] == row,
              "0.1, -1E+300, 12345678901234, TRUE, FALSE come back otherwise");
     }},

    {"write.clear", "an empty CellData clears the value, and nothing that the mask does not name", kDiscovery,
     [](Scene& scene) {
       const Json noted = {{"userEnteredValue", {{"stringValue", "old"}}}, {"note", "stays"}};
       scene.apply({update_cells(scene, 0, 0, {{noted}}, "userEnteredValue,note")});
       scene.write({planned(1, 0, {})});
       expect_equal(scene.noted_cell("A1"), {{"note", "stays"}}, "the cell");
     }},

    {"write.formula", "a formulaValue is computed", kDiscovery,
     [](Scene& scene) {
       roadmap::PlannedCell formula = planned(1, 1, std::string("=A1*2"));
       formula.is_formula = true;
       scene.write({planned(1, 0, 21.0), formula});
       const auto rows = scene.rows();
       expect(!rows.empty() && rows[0].size() == 2 && rows[0][1] == roadmap::Cell{42.0},
              "=A1*2 beside 21 does not give 42");
     }},

    {"write.rows", "one updateCells writes several rows", kDiscovery,
     [](Scene& scene) {
       scene.write({planned(2, 0, std::string("row 2")), planned(3, 0, std::string("row 3")),
                    planned(4, 0, std::string("row 4"))});
       expect_equal(scene.values({scene.range("A1:A5")}).at(0).at("values"),
                    {Json::array(), {"row 2"}, {"row 3"}, {"row 4"}}, "column A");
     }},

    {"write.long_text", "a cell takes 50,000 UTF-16 units, with line breaks",
     "support.google.com/drive/answer/37603",
     [](Scene& scene) {
       std::string text = "first line\nsecond line ";
       while (text.size() + 4 <= kMaxCellUnits * 2)
         text += "🌵";
       text = fitting_text(text);
       scene.write({planned(1, 0, text)});
       const auto rows = scene.rows();
       expect(!rows.empty() && !rows[0].empty() && rows[0][0] == roadmap::Cell{text},
              "a text of 50,000 UTF-16 units with a line break does not come back whole");
     }},

    {"write.atomic", "a refused request undoes the whole call",
     "developers.google.com/workspace/sheets/api/guides/batchupdate",
     [](Scene& scene) {
       const Json requests = {update_cells(scene, 0, 0, {{text_cell("must not stay")}}),
                              unknown_sheet_request(scene)};
       scene.refusal(requests);
       expect(scene.rows().empty(), "what stood before the refused request was applied");
     }},

    {"write.refusal", "a refusal names the request", kRecorded,
     [](Scene& scene) {
       const std::string message =
           scene.refusal({update_cells(scene, 0, 0, {{text_cell("x")}}), unknown_sheet_request(scene)});
       expect(refused_request(message) == 1, "the message does not name requests[1]: " + message);
     }},

    {"write.unknown_tab", "a tab's id that is not there is refused in words that the client knows", kRecorded,
     [](Scene& scene) { expect_stale(scene.refusal({unknown_sheet_request(scene)})); }},

    {"write.beyond_grid", "cells beyond the grid are refused in words that the client knows", kEdge,
     [](Scene& scene) {
       for (const auto& [row, column] : {std::pair(kRows, 0), std::pair(0, kColumns)})
         expect_stale(scene.refusal({update_cells(scene, row, column, {{text_cell("x")}})}));
     }},

    {"insert.beyond_grid", "rows beyond the grid are refused in words that the client knows", kEdge,
     [](Scene& scene) { expect_stale(scene.refusal({insert_rows(scene, kRows + 5, kRows + 6, true)})); }},

    {"insert.at_end", "with inheritFromBefore rows go in at the very end of the grid", kEdge,
     [](Scene& scene) {
       scene.apply({insert_rows(scene, kRows, kRows + 2, true),
                    update_cells(scene, kRows + 1, 0, {{text_cell("last")}})});
       const auto rows = scene.rows();
       expect(rows.size() == kRows + 2, "the new rows are not the last ones");
     }},

    {"insert.inherit", "with inheritFromBefore new rows have the boxes of the row above", kDiscovery,
     [](Scene& scene) {
       const Json box = {{"condition", {{"type", "BOOLEAN"}}}, {"strict", false}};
       scene.apply({{{"setDataValidation", {{"range", grid_range(scene, 1, 2, 0, 1)}, {"rule", box}}}},
                    insert_rows(scene, 2, 3, true)});
       const Json seen = scene.get({scene.range("A3")}, "sheets.data.rowData.values.dataValidation");
       const Json::json_pointer rule("/sheets/0/data/0/rowData/0/values/0/dataValidation/condition/type");
       expect(seen.value(rule, "none") == "BOOLEAN", "the new row has no box below one");
     }},

    {"append.columns", "a column is appended, written and shown by one call", kUnproven,
     [](Scene& scene) {
       const Json append = {
           {"appendDimension", {{"sheetId", scene.sheet_id()}, {"dimension", "COLUMNS"}, {"length", 1}}}};
       const Json answer =
           scene.change({{"requests", {append, update_cells(scene, 0, kColumns, {{text_cell("New")}})}},
                         {"includeSpreadsheetInResponse", true},
                         {"responseIncludeGridData", true},
                         {"responseRanges", {scene.range("G1:G")}}},
                        "updatedSpreadsheet.sheets.data.rowData.values.effectiveValue");
       expect_equal(first_cell(answer.at("updatedSpreadsheet")),
                    {{"effectiveValue", {{"stringValue", "New"}}}}, "the appended column in the same answer");
     }},

    {"append.rows", "values.append with INSERT_ROWS makes room below the table",
     "developers.google.com/workspace/sheets/api/guides/values",
     [](Scene& scene) {
       scene.apply({update_cells(scene, 0, 0, {{text_cell("Time"), text_cell("What")}}),
                    update_cells(scene, 2, 0, {{text_cell("below the table")}})});
       scene.append({{std::string("2026-01-31"), 1.0}});
       expect_equal(scene.values({scene.range("A1:B4")}).at(0).at("values"),
                    {{"Time", "What"}, {"2026-01-31", 1}, Json::array(), {"below the table"}}, "the tab");
     }},

    {"setup.tab_id", "a new tab gets the id that it is given", kDiscovery,
     [](Scene& scene) {
       const std::int64_t id = scene.sheet_id() + 500'000;
       Json request = update_cells(scene, 0, 0, {{text_cell("here")}});
       request["updateCells"]["start"]["sheetId"] = id;
       const std::string title = scene.tab() + ", added";
       scene.apply({{{"addSheet", {{"properties", {{"sheetId", id}, {"title", title}}}}}}, request});
       scene.apply({{{"deleteSheet", {{"sheetId", id}}}}});
     }},

    {"setup.title", "a title that is taken is refused, and the request is named", kRecorded,
     [](Scene& scene) {
       const std::string message =
           scene.refusal({{{"addSheet", {{"properties", {{"title", scene.tab()}}}}}}});
       expect(refused_request(message) == 0, "the message does not name requests[0]: " + message);
     }},

    {"setup.note", "value and note of a header are written together", kRecorded,
     [](Scene& scene) {
       const Json cell = {{"userEnteredValue", {{"stringValue", "Title"}}}, {"note", "what it is about"}};
       scene.apply({update_cells(scene, 0, 0, {{cell}}, "userEnteredValue,note")});
       expect_equal(scene.noted_cell("A1"), cell, "the header");
     }},

    {"setup.warning", "a protection that only warns refuses no program", kDiscovery,
     [](Scene& scene) {
       scene.apply(
           {{{"addProtectedRange",
              {{"protectedRange", {{"range", grid_range(scene, 1, kRows, 0, 1)}, {"warningOnly", true}}}}}}});
       scene.write({planned(2, 0, std::string("written"))});
     }},
};

}  // namespace

std::span<const Assumption> writing_assumptions() { return kWritingAssumptions; }

}  // namespace sheets::rehearsal
