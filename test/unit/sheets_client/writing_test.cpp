#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "fakes.h"
#include "grid_model.h"
#include "test/fakes/planned_row.h"

namespace sheets {
namespace {

using roadmap::Cell;
using roadmap::SheetsError;
using roadmap::SheetsFailure;
using roadmap::SheetWrite;
using roadmap::WriteReport;
using roadmap::WriteState;
using roadmap::test::add_planned_row;
using roadmap::test::planned_row;
using roadmap::test::write_to;
using testing::google_error;
using testing::ScriptedSheets;

const char* const kApplied = R"({"spreadsheetId":"S","replies":[{}]})";

std::string protected_cell(int request) {
  return google_error(400,
                      "Invalid requests[" + std::to_string(request) +
                          "].updateCells: You are trying to edit a protected cell or object.",
                      "INVALID_ARGUMENT");
}

// Rows 2, 3, … of Backlog, one number each.
SheetWrite rows(int count) {
  SheetWrite write = write_to("Backlog", {});
  for (int i = 0; i < count; ++i)
    add_planned_row(write.tabs[0].cells, 2 + i, "INIT-" + std::to_string(i), {{1, static_cast<double>(i)}});
  return write;
}

struct Writing : ScriptedSheets {
  explicit Writing(const ClientOptions& options = {}) : ScriptedSheets(options) {
    answer_directory();
    sheets.describe("S", control);
  }
  std::size_t calls() const { return transport.sent().size() - 1; }
  nlohmann::json requests(std::size_t call) const {
    return nlohmann::json::parse(transport.sent().at(call + 1).body)["requests"];
  }
  SheetsError failure(const SheetWrite& write) {
    try {
      sheets.write("S", write, control);
    } catch (const SheetsError& error) {
      return error;
    }
    FAIL("nothing failed");
    throw std::logic_error("unreachable");
  }
};

TEST_CASE("a write is one batchUpdate that nothing below can repeat") {
  Writing w;
  w.transport.answer(200, kApplied);
  const WriteReport report = w.sheets.write("S", rows(3), w.control);
  CHECK(report.state == WriteState::kApplied);
  CHECK(report.refused.empty());
  REQUIRE(w.calls() == 1);
  const auto sent = w.transport.sent()[1];
  CHECK(sent.method == "POST");
  CHECK(sent.path == "/v4/spreadsheets/S:batchUpdate");
  CHECK_FALSE(sent.can_be_rewound);
  REQUIRE(w.requests(0).size() == 1);  // the rows lie together
  CHECK(w.requests(0)[0]["updateCells"]["rows"].size() == 3);
  CHECK(w.requests(0)[0]["updateCells"]["start"]["sheetId"] == 11);
}

TEST_CASE("a write of nothing makes no call") {
  Writing w;
  CHECK(w.sheets.write("S", {}, w.control).state == WriteState::kApplied);
  CHECK(w.sheets.write("S", write_to("Backlog", {}), w.control).state == WriteState::kApplied);
  CHECK(w.calls() == 0);
}

TEST_CASE("a write is tried again only where nothing can have been applied") {
  Writing w;
  w.transport.answer(429, google_error(429, "quota", "RESOURCE_EXHAUSTED"));
  w.transport.fail(net::TransferFailure::kUnreachable);
  w.transport.answer(401, google_error(401, "old token", "UNAUTHENTICATED"));
  w.transport.answer(200, kApplied);
  CHECK(w.sheets.write("S", rows(2), w.control).state == WriteState::kApplied);
  REQUIRE(w.calls() == 4);
  for (std::size_t call = 0; call < 4; ++call)
    CHECK(w.requests(call)[0]["updateCells"]["rows"].size() == 2);
}

TEST_CASE("a write whose answer is lost may have been applied and is not sent again") {
  struct Example {
    std::function<void(testing::ScriptedTransport&)> script;
    const char* reason;
  };
  const Example examples[] = {
      {[](auto& t) { t.fail(net::TransferFailure::kTimeout, "60 s passed"); }, "60 s passed"},
      {[](auto& t) { t.fail(net::TransferFailure::kClosed, "closed"); }, "closed"},
      {[](auto& t) { t.fail(net::TransferFailure::kTooLarge, "large"); }, "large"},
      {[](auto& t) { t.answer(409, google_error(409, "The operation was aborted.", "ABORTED")); },
       "The operation was aborted."},
      {[](auto& t) { t.answer(500, google_error(500, "Internal error encountered.", "INTERNAL")); },
       "Internal error encountered."},
      {[](auto& t) { t.answer(502, "<html>Bad Gateway</html>"); }, "HTTP 502 with: Bad Gateway"},
      {[](auto& t) { t.answer(200, R"({"spreadsheetId":"S","repl)"); },
       R"(the answer cannot be read (cut or no JSON, at byte 27): {"spreadsheetId":"S","repl)"},
      {[](auto& t) { t.answer(200, "[]"); }, "the answer cannot be read (a list instead of an object): []"},
  };
  for (const Example& example : examples) {
    Writing w;
    example.script(w.transport);
    const WriteReport report = w.sheets.write("S", rows(2), w.control);
    CHECK(report.state == WriteState::kUnknown);
    CHECK(report.lost_reason == example.reason);
    CHECK(w.calls() == 1);
  }
}

TEST_CASE("a lost write tells how long the server wants to be left alone") {
  Writing w;
  w.transport.answer(503, google_error(503, "later", "UNAVAILABLE"), {{"Retry-After", "17"}});
  CHECK(w.sheets.write("S", rows(1), w.control).retry_after == std::chrono::seconds{17});
}

TEST_CASE("a refused row is dropped and reported and the others are sent again") {
  Writing w;
  w.transport.answer(400, protected_cell(0));  // of all four rows: then each travels alone
  w.transport.answer(400, protected_cell(1));
  w.transport.answer(400, protected_cell(0));
  w.transport.answer(200, kApplied);
  const WriteReport report = w.sheets.write("S", rows(4), w.control);
  REQUIRE(report.refused.size() == 2);
  CHECK(report.refused[0].key == "INIT-1");
  CHECK(report.refused[0].tab == "Backlog");
  CHECK(report.refused[0].reason == "You are trying to edit a protected cell or object.");
  CHECK(report.refused[1].key == "INIT-0");
  CHECK(w.requests(0).size() == 1);
  CHECK(w.requests(1).size() == 4);
  REQUIRE(w.requests(3).size() == 2);
  CHECK(w.requests(3)[0]["updateCells"]["start"]["rowIndex"] == 3);
}

TEST_CASE("when every row is refused there is nothing left to send") {
  Writing w;
  w.transport.answer(400, protected_cell(0));
  const WriteReport report = w.sheets.write("S", rows(1), w.control);
  CHECK(report.state == WriteState::kApplied);
  CHECK(report.refused.size() == 1);
  CHECK(w.calls() == 1);
}

TEST_CASE("more than five refusals fail the write") {
  Writing w;
  for (int i = 0; i <= kMaxRefusals + 1; ++i)  // the first one of all rows together
    w.transport.answer(400, protected_cell(0));
  const SheetsError error = w.failure(rows(20));
  CHECK(error.failure() == SheetsFailure::kBadRequest);
  CHECK(std::string(error.what()) ==
        "Writing 'Backlog' of the spreadsheet 'Roadmap' (S) was refused: You are trying to edit a protected "
        "cell or "
        "object. More than 5 rows were refused.");
  CHECK(error.detail() ==
        "Invalid requests[0].updateCells: You are trying to edit a protected cell or object.");
  CHECK(w.calls() == 7);
}

TEST_CASE("a refusal that concerns no row fails the write") {
  Writing w;
  SheetWrite write = rows(1);
  write.tabs[0].headers.push_back({1, 3, "Status"});
  SECTION("of a header") { w.transport.answer(400, protected_cell(0)); }
  SECTION("of making room") {
    write.tabs[0].headers.clear();
    write.tabs[0].cells.clear();
    write.tabs[0].insert = roadmap::RowsInsert{5, planned_row(1, "new", {{0, 1.0}})};
    w.transport.answer(400, protected_cell(0));
  }
  SECTION("without a request's name") {
    w.transport.answer(400, google_error(400, "Bad.", "INVALID_ARGUMENT"));
  }
  SECTION("of a request that was not sent") { w.transport.answer(400, protected_cell(99)); }
  CHECK(w.failure(write).failure() == SheetsFailure::kBadRequest);
  CHECK(w.calls() == 1);
}

TEST_CASE("a dropped inserted row leaves no blank row behind") {
  Writing w;
  SheetWrite write = write_to("Backlog", {});
  write.tabs[0].insert = roadmap::RowsInsert{5, planned_row(1, "a", {{0, 1.0}})};
  add_planned_row(write.tabs[0].insert->cells, 2, "b", {{0, 2.0}});
  add_planned_row(write.tabs[0].insert->cells, 3, "c", {{0, 3.0}});
  w.transport.answer(400, protected_cell(1));
  w.transport.answer(400, protected_cell(2));
  w.transport.answer(200, kApplied);
  const WriteReport report = w.sheets.write("S", write, w.control);
  CHECK(report.refused.at(0).key == "b");
  const auto requests = w.requests(2);
  CHECK(requests[0]["insertDimension"]["range"]["endIndex"] == 7);
  CHECK(requests[2]["updateCells"]["start"]["rowIndex"] == 6);
}

TEST_CASE("stale sheet ids are asked for anew and the write is sent again") {
  Writing w;
  w.transport.answer(
      400, google_error(400, "Invalid requests[0].updateCells: No grid with id: 11", "INVALID_ARGUMENT"));
  w.transport.answer(200, R"({"sheets":[{"properties":{"sheetId":99,"title":"Backlog",
                                          "gridProperties":{"rowCount":100,"columnCount":10}}}]})");
  w.transport.answer(200, kApplied);
  CHECK(w.sheets.write("S", rows(1), w.control).refused.empty());
  CHECK(w.requests(2)[0]["updateCells"]["start"]["sheetId"] == 99);
}

TEST_CASE("rows that a shrunken tab has no more are reported, and the grid does not grow for them") {
  Writing w;
  w.transport.answer(
      400, google_error(400,
                        "Invalid requests[1].updateCells: Attempting to write row: 3, beyond the last "
                        "requested row of: 2",
                        "INVALID_ARGUMENT"));
  w.transport.answer(200, R"({"sheets":[{"properties":{"sheetId":11,"title":"Backlog",
                                          "gridProperties":{"rowCount":2,"columnCount":10}}}]})");
  w.transport.answer(200, kApplied);
  const WriteReport report = w.sheets.write("S", rows(3), w.control);
  REQUIRE(report.refused.size() == 2);
  CHECK(report.refused[0].key == "INIT-1");
  CHECK(report.refused[0].reason == "its row is gone");
  CHECK(w.requests(2).size() == 1);
}

TEST_CASE("a row beyond the known grid is looked for before it is given up") {
  Writing w;
  w.transport.answer(200, R"({"sheets":[{"properties":{"sheetId":11,"title":"Backlog",
                                          "gridProperties":{"rowCount":300,"columnCount":10}}}]})");
  w.transport.answer(200, kApplied);
  const SheetWrite write = write_to("Backlog", planned_row(250, "far", {{0, 1.0}}));
  CHECK(w.sheets.write("S", write, w.control).refused.empty());
  CHECK(w.calls() == 2);
}

TEST_CASE("a tab to write that is not there fails the write and lists the tabs") {
  Writing w;
  w.answer_directory();
  SheetWrite write = rows(1);
  write.tabs[0].tab = "Nope";
  const SheetsError error = w.failure(write);
  CHECK_THAT(error.what(), Catch::Contains("no tab 'Nope'; the tabs are 'Backlog', 'Old Ideas'"));
  CHECK(w.calls() == 1);
}

TEST_CASE("what a write inserts is known to the next one") {
  Writing w;
  SheetWrite insert = write_to("Old Ideas", {});
  insert.tabs[0].headers = {{1, 6, "Status"}};
  insert.tabs[0].insert = roadmap::RowsInsert{50, planned_row(1, "a", {{0, 1.0}})};
  w.transport.answer(200, kApplied);
  w.sheets.write("S", insert, w.control);
  w.transport.answer(200, kApplied);
  // Row 51 and column G exist now: no question, no further columns.
  w.sheets.write("S", write_to("Old Ideas", planned_row(51, "a", {{6, 1.0}})), w.control);
  CHECK(w.calls() == 2);
  CHECK(w.requests(1).size() == 1);
}

TEST_CASE("the size of a tab that was read is known to a write") {
  Writing w;
  w.transport.answer(200, R"({"valueRanges":[{"range":"Backlog!A1:Z2000"}]})");
  w.sheets.read_tabs("S", {"Backlog"}, w.control);
  w.transport.answer(200, kApplied);
  w.sheets.write("S", write_to("Backlog", planned_row(1999, "far", {{25, 1.0}})), w.control);
  CHECK(w.calls() == 2);
  CHECK(w.requests(1).size() == 1);
}

// ----- marker and picture

TEST_CASE("a write that looks at its outcome gets the picture with the answer") {
  Writing w;
  SheetWrite write = rows(1);
  write.marker = "m7";
  write.look = {{"Backlog", 1, {0, 1}}};
  w.transport.answer(200, R"({"spreadsheetId":"S","updatedSpreadsheet":{
      "developerMetadata":[{"metadataKey":"other","metadataValue":"x"},
                           {"metadataKey":"roadmapd.write","metadataValue":"m7 1"}],
      "sheets":[{"properties":{"title":"Backlog"},"data":[
        {"rowData":[{"values":[{"userEnteredValue":{"stringValue":"Key"},"effectiveValue":{"stringValue":"Key"}}]}]},
        {"startColumn":1,"rowData":[{},{"values":[{"userEnteredValue":{"formulaValue":"=1/0"},
          "effectiveValue":{"errorValue":{"type":"DIVIDE_BY_ZERO"}}}]}]}]}]}})");
  const WriteReport report = w.sheets.write("S", write, w.control);
  CHECK(w.transport.sent()[1].all("fields")[0].starts_with("spreadsheetId,updatedSpreadsheet("));
  REQUIRE(report.picture);
  CHECK(report.at_once);
  CHECK(report.picture->marker == "m7");
  CHECK(report.picture->items_applied == 1);
  REQUIRE(report.picture->tabs.size() == 1);
  CHECK(report.picture->tabs[0].header == roadmap::CellRow{std::string("Key")});
  CHECK(report.picture->tabs[0].columns[1].at(1) == roadmap::SeenCell{std::string("#DIV/0!"), "=1/0"});
}

TEST_CASE("where Google refuses the marker the write goes without, then and later") {
  Writing w;
  SheetWrite write = rows(2);
  write.marker = "m7";
  int told = 0;
  write.about_to_go_without_marker = [&] { told += 1; };
  w.transport.answer(
      400, google_error(400, "Invalid requests[1].deleteDeveloperMetadata: not here", "INVALID_ARGUMENT"));
  w.transport.answer(200, kApplied);
  CHECK(w.sheets.write("S", write, w.control).state == WriteState::kApplied);
  CHECK(w.requests(0).size() == 3);
  CHECK(w.requests(1).size() == 1);
  CHECK(told == 1);
  w.transport.answer(200, kApplied);
  w.sheets.write("S", write, w.control);
  CHECK(w.requests(2).size() == 1);
  CHECK(told == 2);
}

// ----- parts

ClientOptions small_bodies() {
  ClientOptions options;
  options.max_body_bytes = 2500;
  return options;
}

// 100 new rows below row 5 in parts of about ten.
struct InParts : Writing {
  InParts() : Writing(small_bodies()) {
    write.tabs.push_back(
        {"Backlog", {{1, 12, "Status"}}, planned_row(3, "old", {{0, std::string("old")}}), {}});
    write.tabs[0].insert = roadmap::RowsInsert{5, {}};
    for (int i = 0; i < 100; ++i)
      add_planned_row(write.tabs[0].insert->cells, i + 1, "N" + std::to_string(i),
                      {{0, static_cast<double>(i)}});
    workbook[11] = testing::Grid::of(100, 10);
    workbook[11].rows[5][0] = std::string("below");
  }
  WriteReport run() { return sheets.write("S", write, control); }
  // Applies the next body.
  void apply() {
    transport.then([this](const testing::SentRequest& sent) {
      testing::apply_batch(workbook, sent.body);
      return net::ClientResponse{200, {}, kApplied};
    });
  }

  SheetWrite write;
  testing::Workbook workbook;
};

TEST_CASE("a write in parts puts the rows of each part below those of the one before") {
  InParts p;
  for (int i = 0; i < 20; ++i)
    p.apply();
  const WriteReport report = p.run();
  CHECK(report.state == WriteState::kApplied);
  CHECK_FALSE(report.at_once);
  CHECK(p.calls() >= 5);
  const testing::Grid& grid = p.workbook[11];
  CHECK(grid.row_count() == 200);
  CHECK(grid.column_count() == 13);
  CHECK(grid.rows[0][12] == Cell{std::string("Status")});
  for (std::size_t i = 0; i < 100; ++i)
    CHECK(grid.rows[5 + i][0] == Cell{static_cast<double>(i)});
  CHECK(grid.rows[105][0] == Cell{std::string("below")});
}

TEST_CASE("a refusal in a later part drops only that row") {
  InParts p;
  p.apply();
  p.transport.answer(400, protected_cell(1));
  p.transport.answer(400, protected_cell(1));
  for (int i = 0; i < 20; ++i)
    p.apply();
  const WriteReport report = p.run();
  REQUIRE(report.refused.size() == 1);
  CHECK(p.workbook[11].row_count() == 199);
  CHECK(p.workbook[11].rows[104][0] == Cell{std::string("below")});
}

TEST_CASE("a later part that fails says that earlier ones were written") {
  InParts p;
  p.apply();
  SECTION("lost") {
    p.transport.fail(net::TransferFailure::kClosed, "closed");
    const WriteReport report = p.run();
    CHECK(report.state == WriteState::kUnknown);
    CHECK_THAT(report.lost_reason, Catch::Contains("written already (1 part)"));
  }
  SECTION("refused for good") {
    p.apply();
    p.transport.answer(403, google_error(403, "no", "PERMISSION_DENIED"));
    CHECK_THROWS_WITH(p.run(), Catch::Contains("written already (2 parts)"));
  }
}

TEST_CASE("a stop between two parts ends the write") {
  InParts p;
  std::stop_source stop;
  p.control.stop = stop.get_token();
  p.transport.then([&](const testing::SentRequest&) {
    stop.request_stop();
    return net::ClientResponse{200, {}, kApplied};
  });
  CHECK_THROWS_AS(p.run(), roadmap::RunStopped);
  CHECK(p.transport.unused() == 0);
}

}  // namespace
}  // namespace sheets
