// Workbooks set up over REST: what the planner wants, as Google's API takes and shows it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/fields/registry.h"
#include "core/setup/setup_plan.h"
#include "emulated_google.h"
#include "test/fakes/planned_row.h"

namespace sheets {
namespace {

using roadmap::Cell;
using roadmap::ColumnState;
using roadmap::plan_setup;
using roadmap::Settings;
using roadmap::SheetsError;
using roadmap::SheetsFailure;
using roadmap::Tab;
using roadmap::TabState;
using roadmap::WantedWorkbook;
using roadmap::WorkbookPlan;
using roadmap::WorkbookState;
using testing::EmulatedGoogle;

Cell cell_text(const char* value) { return std::string(value); }

void make_workbook(EmulatedGoogle& google, const std::string& id, std::vector<emulator::SeedTab> tabs = {}) {
  emulator::WorkbookSeed seed;
  seed.id = id;
  seed.title = "Product Ops";
  seed.tabs = std::move(tabs);
  google.server.emulator().create_workbook(seed);
}

emulator::SeedTab tab_of(const std::string& title, std::vector<std::vector<emulator::SeedCell>> rows,
                         int columns = 26) {
  emulator::SeedTab tab;
  tab.title = title;
  tab.rows = std::move(rows);
  tab.column_count = columns;
  return tab;
}

// Product Ops in the spreadsheet "ops", with a run log.
WantedWorkbook product_ops(int header_row = 1, const std::string& scoring_tab = "Scoring_Inputs") {
  Settings settings;
  settings.product_ops.spreadsheet_id = "ops";
  settings.product_ops.scoring_inputs_tab = scoring_tab;
  settings.product_ops.run_log_tab = "RunLog";
  settings.product_ops.header_row = header_row;
  settings.product_ops.first_data_row = header_row + 1;
  return roadmap::wanted_workbooks(settings).at(0);
}

WantedWorkbook backlog() {
  Settings settings;
  settings.backlogs = {{{"ops", "Backlog", 1, 2}, ""}};
  return roadmap::wanted_workbooks(settings).at(0);
}

// What set-up does, and whether anything is left to do afterwards.
WorkbookPlan set_up(EmulatedGoogle& google, const WantedWorkbook& wanted) {
  const WorkbookPlan plan = plan_setup(wanted, google.sheets->survey(wanted, google.run));
  google.sheets->apply(plan, google.run);
  const WorkbookPlan again = plan_setup(wanted, google.sheets->survey(wanted, google.run));
  for (const roadmap::TabSetup& tab : again.tabs) {
    for (const std::string& words : roadmap::in_words(tab))
      FAIL_CHECK(tab.title << ": left to do: " << words);
  }
  return plan;
}

TabState state_of(EmulatedGoogle& google, const WantedWorkbook& wanted, std::size_t tab) {
  const auto survey = google.sheets->survey(wanted, google.run).tabs.at(tab);
  REQUIRE(survey.state);
  return *survey.state;
}

// The column under that header.
const ColumnState& under(const TabState& tab, int header_row, const std::string& header) {
  const std::vector<Cell> row = tab.row(header_row);
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == Cell{header}) return tab.column_states.at(i);
  }
  FAIL("no column " << header);
  throw std::logic_error("unreachable");
}

// A workbook with the formats and sizes of those ranges.
nlohmann::json seen_by_a_person(EmulatedGoogle& google, const std::string& token, const std::string& id,
                                const std::string& ranges) {
  net::ClientRequest request;
  request.url = google.server.url() + "/v4/spreadsheets/" + id + "?includeGridData=true" + ranges;
  request.headers.add("Authorization", "Bearer " + token);
  const net::TransferResult result = google.transport.perform(request, {});
  REQUIRE(std::holds_alternative<net::ClientResponse>(result));
  REQUIRE(std::get<net::ClientResponse>(result).status == 200);
  return nlohmann::json::parse(std::get<net::ClientResponse>(result).body);
}

SheetsError setup_failure_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const SheetsError& error) {
    return error;
  }
  FAIL("nothing failed");
  throw std::logic_error("unreachable");
}

TEST_CASE("an empty spreadsheet becomes a whole Product Ops workbook in one write") {
  EmulatedGoogle google;
  make_workbook(google, "ops");
  const WantedWorkbook wanted = product_ops();
  google.reset_calls();
  set_up(google, wanted);
  CHECK(google.calls("spreadsheets.batchUpdate") == 1);
  CHECK(google.calls("spreadsheets.get") == 3);  // none of the tabs was there to be asked for

  const TabState scoring = state_of(google, wanted, 0);
  CHECK(scoring.frozen_rows == 1);
  CHECK(scoring.columns >= 31);
  const std::string framework(
      roadmap::field(roadmap::fields::active_framework()).on(Tab::kScoringInputs)->header);
  const std::string use_model(
      roadmap::field(roadmap::fields::use_math_model()).on(Tab::kScoringInputs)->header);
  using Spans = std::vector<roadmap::RuleSpan>;
  CHECK(under(scoring, 1, framework).rules == Spans{{2, 1000, "ONE_OF_LIST RICE WSJF MATH_MODEL"}});
  CHECK(under(scoring, 1, use_model).rules == Spans{{2, 1000, "BOOLEAN"}});
  CHECK_THAT(under(scoring, 1, "RICE: Overall Score").note, Catch::Contains("Written by the system"));
  CHECK(state_of(google, wanted, 3).row(1) ==
        std::vector<Cell>{cell_text("Time"), cell_text("Run"), cell_text("Action"), cell_text("Who"),
                          cell_text("Scope"), cell_text("Status"), cell_text("Counts"), cell_text("Seconds"),
                          cell_text("Error")});

  const auto reads = google.sheets->read_tabs("ops", {"MathModels", "Params"}, google.run);
  CHECK(reads[0].grid->rows.size() == 1);  // boxes and lists are no values
  CHECK(reads[1].grid->rows.size() == 1);
}

TEST_CASE(
    "a new tab looks as people read it: frozen key and title, widths, tints, decimals, a coloured Status") {
  emulator::EmulatorOptions with_token;
  with_token.fixed_token = "a-person";
  EmulatedGoogle google({}, with_token);
  make_workbook(google, "ops");
  set_up(google, product_ops());
  const nlohmann::json workbook =
      seen_by_a_person(google, *with_token.fixed_token, "ops",
                       "&ranges=Scoring_Inputs!A1:J2&ranges=Scoring_Inputs!A1000:J1000");
  const auto sheet = std::find_if(workbook["sheets"].begin(), workbook["sheets"].end(), [](const auto& one) {
    return one["properties"]["title"] == "Scoring_Inputs";
  });
  REQUIRE(sheet != workbook["sheets"].end());
  const nlohmann::json& grid = (*sheet)["properties"]["gridProperties"];
  CHECK(grid["frozenRowCount"] == 1);
  CHECK(grid["frozenColumnCount"] == 2);
  const nlohmann::json& data = (*sheet)["data"][0];
  const nlohmann::json& header = data["rowData"][0]["values"];
  CHECK(header[0]["formattedValue"] == "Initiative Key");
  CHECK(header[7]["formattedValue"] == "Math: Overall Score");
  CHECK(header[7]["userEnteredFormat"]["textFormat"]["bold"] == true);
  CHECK(header[7]["userEnteredFormat"]["wrapStrategy"] == "WRAP");
  int right = 0;
  for (std::size_t column = 0; column < 8; ++column)
    right += data["columnMetadata"][column]["pixelSize"].get<int>();
  CHECK(right <= 1440 - 66);
  // The first row below the header, and the last of the grid.
  for (const nlohmann::json& cells :
       {data["rowData"][1]["values"], (*sheet)["data"][1]["rowData"][0]["values"]}) {
    const nlohmann::json &score = cells[7]["userEnteredFormat"], &typed = cells[8]["userEnteredFormat"];
    CHECK(score["numberFormat"] == nlohmann::json{{"type", "NUMBER"}, {"pattern", "#,##0.00"}});
    CHECK(score["backgroundColorStyle"] != typed.value("backgroundColorStyle", nlohmann::json{}));
    CHECK(typed["wrapStrategy"] == "CLIP");
    CHECK(cells[2]["userEnteredFormat"]["wrapStrategy"] == "WRAP");  // Status is read whole
  }
  std::vector<std::string> coloured;
  for (const nlohmann::json& rule : (*sheet)["conditionalFormats"]) {
    CHECK(rule["ranges"][0]["startColumnIndex"] == 2);
    CHECK(rule["ranges"][0]["endColumnIndex"] == 3);
    CHECK(rule["ranges"][0]["startRowIndex"] == 1);
    CHECK(rule["booleanRule"]["condition"]["type"] == "TEXT_STARTS_WITH");
    coloured.push_back(rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]);
  }
  std::sort(coloured.begin(), coloured.end());
  CHECK(coloured == std::vector<std::string>{"FAILED", "OK", "SKIPPED"});
}

TEST_CASE("running it twice writes once") {
  EmulatedGoogle google;
  make_workbook(google, "ops");
  set_up(google, product_ops());
  google.reset_calls();
  const WorkbookPlan plan = set_up(google, product_ops());
  CHECK(plan.step_count() == 0);
  CHECK(google.calls("spreadsheets.batchUpdate") == 0);
  CHECK(google.calls("spreadsheets.get") == 4);
}

TEST_CASE("rows that are inserted at the top get their boxes with the next run") {
  EmulatedGoogle google;
  make_workbook(google, "ops");
  set_up(google, backlog());
  roadmap::SheetWrite write = roadmap::test::write_to("Backlog", {});
  write.tabs[0].insert = roadmap::RowsInsert{1, {}};
  for (int i = 0; i < 3; ++i)
    roadmap::test::add_planned_row(write.tabs[0].insert->cells, i + 1, "row",
                                   {{0, "INIT-00000" + std::to_string(i)}});
  google.sheets->write("ops", write, google.run);
  set_up(google, backlog());
  const TabState tab = state_of(google, backlog(), 0);
  const std::string use_model(roadmap::field(roadmap::fields::use_math_model()).on(Tab::kBacklog)->header);
  CHECK(under(tab, 1, use_model).rules == std::vector<roadmap::RuleSpan>{{2, 1003, "BOOLEAN"}});
}

TEST_CASE("what people made of their tab stays theirs") {
  EmulatedGoogle google;
  make_workbook(
      google, "ops",
      {tab_of("Backlog",
              {{std::string("PM Notes"), std::string("Use Math Model"), std::string("Key"),
                std::string("Updated At")},
               {std::string("mine"), true, std::string("INIT-000001"), emulator::SeedFormula{"=A2"}}},
              4)});
  google.server.emulator().apply_as_owner("ops", R"([
    {"setDataValidation":{"range":{"sheetId":0,"startRowIndex":1,"endRowIndex":9,"startColumnIndex":1,
      "endColumnIndex":2},"rule":{"condition":{"type":"ONE_OF_LIST","values":[{"userEnteredValue":"yes"}]},
      "strict":true}}},
    {"updateCells":{"start":{"sheetId":0,"rowIndex":0,"columnIndex":2},"rows":[{"values":[{"note":"our key"}]}],
      "fields":"note"}},
    {"addProtectedRange":{"protectedRange":{"range":{"sheetId":0,"startColumnIndex":3,"endColumnIndex":4},
      "description":"Anna's","warningOnly":true}}}])");
  const auto before = google.sheets->read_tabs("ops", {"Backlog"}, google.run)[0].grid->rows;
  set_up(google, backlog());
  const auto after = google.sheets->read_tabs("ops", {"Backlog"}, google.run)[0].grid->rows;
  for (std::size_t r = 0; r < before.size(); ++r) {
    for (std::size_t c = 0; c < before[r].size(); ++c)
      CHECK(after[r][c] == before[r][c]);
  }
  CHECK(after.size() == before.size());
  CHECK(google.sheets->look("ops", {{"Backlog", 1, {3}}}, google.run).tabs[0].columns[0].at(1).is_formula());
  const TabState tab = state_of(google, backlog(), 0);
  CHECK(under(tab, 1, "Use Math Model").rules == std::vector<roadmap::RuleSpan>{{2, 9, "ONE_OF_LIST yes"}});
  CHECK(under(tab, 1, "Key").note == "our key");
  int of_updated_at = 0;
  for (const roadmap::Protection& range : tab.protections)
    of_updated_at += range.first_column == 3 ? 1 : 0;
  CHECK(of_updated_at == 1);
  CHECK(tab.row(1).size() == fields_on(Tab::kBacklog).size() + 1);
}

TEST_CASE("a header row further down, and tabs with German names") {
  EmulatedGoogle google;
  make_workbook(
      google, "ops",
      {tab_of("Bewertung Größe", {{std::string("Unsere Bewertung")}, {}, {std::string("Key")}}, 2)});
  const WantedWorkbook wanted = product_ops(3, "Bewertung Größe");
  set_up(google, wanted);
  const TabState tab = state_of(google, wanted, 0);
  CHECK(tab.frozen_rows == 3);
  CHECK(tab.row(1) == std::vector<Cell>{cell_text("Unsere Bewertung")});
  CHECK(tab.row(3).size() == fields_on(Tab::kScoringInputs).size());
  for (const ColumnState& column : tab.column_states) {
    for (const roadmap::RuleSpan& span : column.rules)
      CHECK(span.first_row == 4);
  }
  CHECK(state_of(google, wanted, 3).row(3).at(0) == cell_text("Time"));
}

TEST_CASE("a cell that somebody protects refuses the whole workbook, in words that help") {
  EmulatedGoogle google;
  make_workbook(google, "ops", {tab_of("Backlog", {{std::string("Key"), std::string("Title")}})});
  google.server.emulator().apply_as_owner("ops", R"([{"addProtectedRange":{"protectedRange":{
      "range":{"sheetId":0,"startRowIndex":0,"endRowIndex":1},"description":"headers"}}}])");
  const WorkbookPlan plan = plan_setup(backlog(), google.sheets->survey(backlog(), google.run));
  const SheetsError error = setup_failure_of([&] { google.sheets->apply(plan, google.run); });
  CHECK(error.failure() == SheetsFailure::kBadRequest);
  CHECK_THAT(error.what(), Catch::Contains("'Backlog' of the spreadsheet 'Product Ops' (ops)"));
  CHECK_THAT(error.what(), Catch::Contains("You are trying to edit a protected cell"));
  CHECK_THAT(error.what(), Catch::Contains("add headers, each with a note: "));
  CHECK_THAT(error.what(), Catch::Contains("roadmapd@emulator.iam.gserviceaccount.com"));
  CHECK(state_of(google, backlog(), 0).used_width() == 2);
  CHECK(state_of(google, backlog(), 0).frozen_rows == 0);
}

TEST_CASE("a set-up whose answer is lost says so, and the next one finds nothing to do") {
  EmulatedGoogle google;
  make_workbook(google, "ops");
  const WorkbookPlan plan = plan_setup(backlog(), google.sheets->survey(backlog(), google.run));
  google.fault(R"({"method":"spreadsheets.batchUpdate","after_apply":true,"status":503})");
  const SheetsError error = setup_failure_of([&] { google.sheets->apply(plan, google.run); });
  CHECK_THAT(error.what(), Catch::Contains("run setup-sheets again"));
  CHECK(plan_setup(backlog(), google.sheets->survey(backlog(), google.run)).step_count() == 0);
}

TEST_CASE("a spreadsheet that is not shared says with whom to share it") {
  EmulatedGoogle google;
  make_workbook(google, "ops");
  google.server.emulator().set_sharing("ops", emulator::Sharing::kNotShared);
  const SheetsError error = setup_failure_of([&] { google.sheets->survey(backlog(), google.run); });
  CHECK(error.failure() == SheetsFailure::kForbidden);
  CHECK_THAT(error.what(), Catch::Contains("Share it with roadmapd@emulator.iam.gserviceaccount.com"));
}

TEST_CASE("a survey that Google garbles fails and says so") {
  EmulatedGoogle google;
  make_workbook(google, "ops", {tab_of("Backlog", {{std::string("Key")}})});
  google.sheets->survey(backlog(), google.run);
  google.fault(R"({"method":"spreadsheets.get","times":2,"malformed_json":true})");
  CHECK(setup_failure_of([&] { google.sheets->survey(backlog(), google.run); }).failure() ==
        SheetsFailure::kMalformed);
}

// ----- rows that are appended

TEST_CASE("appended rows stand below each other, as texts and numbers, and the grid grows") {
  EmulatedGoogle google;
  emulator::SeedTab log = tab_of("Run Log", {{std::string("Time"), {}, std::string("Who")}}, 3);
  log.row_count = 2;
  make_workbook(google, "ops", {log});
  const std::vector<roadmap::CellRow> first = {{cell_text("2026"), Cell{}, cell_text("=HYPERLINK(1)")},
                                               {cell_text("+1"), 2.5, Cell{}}};
  CHECK(google.sheets->append_rows("ops", "run log", 1, first, google.run).state ==
        roadmap::WriteState::kApplied);
  google.sheets->append_rows("ops", "Run Log", 1, {{cell_text("@x"), Cell{}, cell_text("last"), true}},
                             google.run);
  const auto rows = google.sheets->read_tabs("ops", {"Run Log"}, google.run)[0].grid->rows;
  REQUIRE(rows.size() == 4);
  CHECK(rows[1] == roadmap::CellRow{cell_text("2026"), {}, cell_text("=HYPERLINK(1)")});
  CHECK(rows[2] == roadmap::CellRow{cell_text("+1"), 2.5});
  CHECK(rows[3] == roadmap::CellRow{cell_text("@x"), {}, cell_text("last"), true});
  CHECK_FALSE(
      google.sheets->look("ops", {{"Run Log", 1, {2}}}, google.run).tabs[0].columns[0].at(1).is_formula());
}

TEST_CASE("an append whose answer is lost is not sent again") {
  EmulatedGoogle google;
  make_workbook(google, "ops", {tab_of("Run Log", {{std::string("Time")}})});
  google.fault(R"({"method":"values.append","after_apply":true,"close_connection":true})");
  const auto report = google.sheets->append_rows("ops", "Run Log", 1, {{cell_text("a")}}, google.run);
  CHECK(report.state == roadmap::WriteState::kUnknown);
  CHECK(google.sheets->read_tabs("ops", {"Run Log"}, google.run)[0].grid->rows.size() == 2);
}

TEST_CASE("an append to a tab that is not there is refused by name") {
  EmulatedGoogle google;
  make_workbook(google, "ops");
  const SheetsError error = setup_failure_of(
      [&] { google.sheets->append_rows("ops", "Run Log", 1, {{cell_text("a")}}, google.run); });
  CHECK(error.failure() == SheetsFailure::kBadRequest);
  CHECK_THAT(error.what(), Catch::Contains("'Run Log' of the spreadsheet"));
}

}  // namespace
}  // namespace sheets
