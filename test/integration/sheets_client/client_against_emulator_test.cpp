#include <catch2/catch.hpp>
#include <thread>

#include "emulated_google.h"
#include "test/fakes/planned_row.h"

namespace sheets {
namespace {

using roadmap::Cell;
using roadmap::CellRow;
using roadmap::SheetsError;
using roadmap::SheetsFailure;
using roadmap::SheetWrite;
using roadmap::WriteReport;
using roadmap::WriteState;
using roadmap::test::add_planned_row;
using roadmap::test::write_to;
using testing::EmulatedGoogle;

Cell text(const char* value) { return std::string(value); }

SheetWrite change_titles(int first_row, int last_row) {
  SheetWrite write = write_to("Backlog", {});
  for (int row = first_row; row <= last_row; ++row)
    add_planned_row(write.tabs[0].cells, row, "K" + std::to_string(row - 1), {{1, text("new")}});
  return write;
}

SheetWrite insert_below(int row, int count) {
  SheetWrite write = write_to("Backlog", {});
  write.tabs[0].insert = roadmap::RowsInsert{row, {}};
  for (int i = 1; i <= count; ++i)
    add_planned_row(write.tabs[0].insert->cells, i, "N" + std::to_string(i), {{0, "N" + std::to_string(i)}});
  return write;
}

SheetsError failure_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const SheetsError& error) {
    return error;
  }
  FAIL("nothing failed");
  throw std::logic_error("unreachable");
}

int rows_with(const std::vector<CellRow>& rows, const char* key) {
  int count = 0;
  for (const CellRow& row : rows)
    count += !row.empty() && row[0] == text(key) ? 1 : 0;
  return count;
}

TEST_CASE("a write of every kind of cell reads back as it was written") {
  EmulatedGoogle google;
  google.make_backlog("book");
  SheetWrite write = write_to("BACKLOG", {});
  write.tabs[0].headers = {{1, 7, "Status"}};
  write.tabs[0].insert = roadmap::RowsInsert{6, {}};
  add_planned_row(write.tabs[0].cells, 2, "K1",
                  {{1, text("=1+1")}, {2, 0.1}, {3, true}, {7, text("größe 🌵 \"x\"")}});
  add_planned_row(write.tabs[0].cells, 3, "K2", {{1, Cell{}}});
  add_planned_row(write.tabs[0].insert->cells, 1, "K6", {{0, text("K6")}, {2, -3.0}});
  const WriteReport report = google.sheets->write("book", write, google.run);
  CHECK(report.state == WriteState::kApplied);
  CHECK(report.refused.empty());

  const auto rows = google.backlog("book");
  REQUIRE(rows.size() == 7);
  CHECK(rows[0] == CellRow{text("Key"), text("Title"), {}, {}, {}, {}, {}, text("Status")});
  CHECK(rows[1] == CellRow{text("K1"), text("=1+1"), 0.1, true, {}, {}, {}, text("größe 🌵 \"x\"")});
  CHECK(rows[2] == CellRow{text("K2")});
  CHECK(rows[6] == CellRow{text("K6"), {}, -3.0});

  const auto picture = google.sheets->look("book", {{"Backlog", 1, {1, 2, 3}}}, google.run);
  CHECK(picture.tabs[0].columns[0].at(1) == roadmap::SeenCell{text("=1+1"), ""});
  CHECK(picture.tabs[0].columns[1].at(1) == roadmap::SeenCell{0.1, ""});
  CHECK(picture.tabs[0].columns[2].at(1) == roadmap::SeenCell{true, ""});
}

TEST_CASE("formulas that people typed are found, and can be put back") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.server.emulator().apply_as_owner(
      "book", R"([{"updateCells":{"start":{"sheetId":0,"rowIndex":3,"columnIndex":1},
      "rows":[{"values":[{"userEnteredValue":{"formulaValue":"=A2"}}]}],"fields":"userEnteredValue"}}])");
  auto picture = google.sheets->look("book", {{"Backlog", 1, {1}}}, google.run);
  CHECK(picture.tabs[0].columns[0].at(3) == roadmap::SeenCell{text("K1"), "=A2"});
  CHECK(picture.tabs[0].columns[0].at(2) == roadmap::SeenCell{text("old"), ""});
  SheetWrite write = change_titles(4, 4);
  google.sheets->write("book", write, google.run);
  write.tabs[0].cells[0].after = text("=A2");
  write.tabs[0].cells[0].is_formula = true;
  google.sheets->write("book", write, google.run);
  picture = google.sheets->look("book", {{"Backlog", 1, {1}}}, google.run);
  CHECK(picture.tabs[0].columns[0].at(3) == roadmap::SeenCell{text("K1"), "=A2"});
}

TEST_CASE("a look shows how numbers are displayed, where that is asked for") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.server.emulator().apply_as_owner(
      "book", R"([{"updateCells":{"start":{"sheetId":0,"rowIndex":1,"columnIndex":1},
      "rows":[{"values":[{"userEnteredValue":{"numberValue":0.5},
                          "userEnteredFormat":{"numberFormat":{"type":"PERCENT","pattern":"0%"}}}]},
              {"values":[{"userEnteredValue":{"numberValue":46085},
                          "userEnteredFormat":{"numberFormat":{"type":"DATE","pattern":"d mmm yyyy"}}}]}],
      "fields":"userEnteredValue,userEnteredFormat"}}])");
  roadmap::LookAt look{"Backlog", 1, {1}};
  CHECK(google.sheets->look("book", {look}, google.run).tabs[0].columns[0].at(1).displayed.empty());
  look.displayed = true;
  const auto column = google.sheets->look("book", {look}, google.run).tabs[0].columns[0];
  CHECK(column.at(1) == roadmap::SeenCell{0.5, "", "50%"});
  CHECK(column.at(2) == roadmap::SeenCell{46085.0, "", "4 Mar 2026"});
  CHECK(column.at(3) == roadmap::SeenCell{text("old"), "", "old"});
}

TEST_CASE("a write leaves its marker and shows what it did, in one call") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.reset_calls();
  for (const char* marker : {"first", "second"}) {
    SheetWrite write = change_titles(2, 4);
    write.marker = marker;
    write.look = {{"Backlog", 1, {0, 1}}};
    const WriteReport report = google.sheets->write("book", write, google.run);
    REQUIRE(report.picture);
    CHECK(report.picture->marker == marker);
    CHECK(report.picture->items_applied == 3);
    CHECK(report.picture->tabs[0].header.at(1) == text("Title"));
    CHECK(report.picture->tabs[0].columns[0].at(1).shown == text("K1"));
    CHECK(report.picture->tabs[0].columns[1].at(3).shown == text("new"));
  }
  CHECK(google.calls("spreadsheets.batchUpdate") == 2);
  CHECK(google.calls("spreadsheets.get") == 0);
  CHECK(google.sheets->look("book", {{"Backlog", 1, {0}}}, google.run).marker == "second");
}

TEST_CASE("the calls of a job stay within its budget") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.reset_calls();
  google.backlog("book");
  google.sheets->write("book", change_titles(2, 6), google.run);
  CHECK(google.calls("values.batchGet") == 1);
  CHECK(google.calls("spreadsheets.batchUpdate") == 1);
  CHECK(google.calls("spreadsheets.get") == 0);
  CHECK(google.calls("token") == 0);
}

TEST_CASE("rows are inserted below the anchor, at the very end of the grid too") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.sheets->write("book", insert_below(3, 2), google.run);
  CHECK(google.backlog("book")[3] == CellRow{text("N1")});
  CHECK(google.backlog("book")[5] == CellRow{text("K3"), text("old")});
  google.sheets->write("book", insert_below(22, 3), google.run);
  const auto rows = google.backlog("book");
  REQUIRE(rows.size() == 25);
  CHECK(rows[24] == CellRow{text("N3")});
  CHECK(google.sheets->describe("book", google.run).tabs[0].rows == 25);
}

TEST_CASE("a write above two megabytes goes in parts and arrives whole and in order") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.reset_calls();
  SheetWrite write = write_to("Backlog", {});
  write.tabs[0].insert = roadmap::RowsInsert{6, {}};
  const std::string note(2000, 'x');
  for (int i = 0; i < 2000; ++i)
    add_planned_row(write.tabs[0].insert->cells, i + 1, "N", {{0, static_cast<double>(i)}, {1, note}});
  CHECK(google.sheets->write("book", write, google.run).state == WriteState::kApplied);
  CHECK(google.calls("spreadsheets.batchUpdate") == 3);
  const auto rows = google.backlog("book");
  REQUIRE(rows.size() == 2006);
  for (std::size_t i = 0; i < 2000; ++i)
    REQUIRE(rows[6 + i] == CellRow{static_cast<double>(i), note});
}

TEST_CASE("a protected cell costs its row only") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.server.emulator().apply_as_owner(
      "book",
      R"([{"addProtectedRange":{"protectedRange":{"range":{"sheetId":0,"startRowIndex":3,"endRowIndex":4,
      "startColumnIndex":1,"endColumnIndex":2},"editors":{"users":["owner@example.com"]}}}}])");
  const WriteReport report = google.sheets->write("book", change_titles(2, 6), google.run);
  CHECK(report.state == WriteState::kApplied);
  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].key == "K3");
  CHECK_THAT(report.refused[0].reason, Catch::StartsWith("You are trying to edit a protected cell"));
  const auto rows = google.backlog("book");
  for (const std::size_t row : {1u, 2u, 4u, 5u})
    CHECK(rows[row][1] == text("new"));
  CHECK(rows[3][1] == text("old"));
}

TEST_CASE("a tab that was deleted and made again is found by its new id") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.server.emulator().apply_as_owner("book",
                                          R"([{"addSheet":{"properties":{"sheetId":7,"title":"Other"}}},
      {"deleteSheet":{"sheetId":0}},{"addSheet":{"properties":{"sheetId":8,"title":"Backlog"}}}])");
  CHECK(google.sheets->write("book", change_titles(2, 2), google.run).refused.empty());
  CHECK(google.backlog("book")[1] == CellRow{{}, text("new")});
}

TEST_CASE("a tab that was renamed is the problem of that tab alone") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.server.emulator().apply_as_owner("book", R"([{"addSheet":{"properties":{"title":"Other"}}},
      {"updateSheetProperties":{"properties":{"sheetId":0,"title":"Renamed"},"fields":"title"}}])");
  const auto reads = google.sheets->read_tabs("book", {"Backlog", "Renamed"}, google.run);
  CHECK(reads[0].problem == "no tab 'Backlog'; the tabs are 'Renamed', 'Other'");
  CHECK(reads[1].grid->rows.size() == 6);
}

TEST_CASE("a tab whose name a copy has taken keeps what is typed in it") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.server.emulator().apply_as_owner("book", R"([
      {"updateSheetProperties":{"properties":{"sheetId":0,"title":"Archive"},"fields":"title"}},
      {"duplicateSheet":{"sourceSheetId":0,"newSheetName":"Backlog"}}])");
  google.own_clock.pass(std::chrono::seconds(11));
  const auto archive = google.sheets->read_tabs("book", {"Archive"}, google.run)[0].grid->rows;
  google.own_clock.pass(std::chrono::seconds(11));
  google.backlog("book");
  CHECK(google.sheets->write("book", change_titles(2, 2), google.run).refused.empty());
  CHECK(google.backlog("book")[1][1] == text("new"));
  CHECK(google.sheets->read_tabs("book", {"Archive"}, google.run)[0].grid->rows == archive);
}

TEST_CASE("a click soon after another asks for no tabs again") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.reset_calls();
  google.own_clock.pass(std::chrono::seconds(5));
  google.backlog("book");
  CHECK(google.calls("spreadsheets.get") == 0);
  google.own_clock.pass(std::chrono::seconds(6));
  google.backlog("book");
  CHECK(google.calls("spreadsheets.get") == 1);
}

TEST_CASE("rows that people deleted since are reported and no row is made for them") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.server.emulator().apply_as_owner(
      "book",
      R"([{"deleteDimension":{"range":{"sheetId":0,"dimension":"ROWS","startIndex":4,"endIndex":20}}}])");
  const WriteReport report = google.sheets->write("book", change_titles(4, 5), google.run);
  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].key == "K4");
  CHECK(google.backlog("book")[3][1] == text("new"));
  CHECK(google.sheets->describe("book", google.run).tabs[0].rows == 4);
}

TEST_CASE("a look shows a column that was inserted since, up to the grid's new end") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.server.emulator().apply_as_owner(
      "book", R"([{"updateCells":{"start":{"sheetId":0,"rowIndex":1,"columnIndex":5},
      "rows":[{"values":[{"userEnteredValue":{"stringValue":"last"}}]}],"fields":"userEnteredValue"}}])");
  google.backlog("book");
  google.server.emulator().apply_as_owner(
      "book",
      R"([{"insertDimension":{"range":{"sheetId":0,"dimension":"COLUMNS","startIndex":1,"endIndex":2}}}])");
  const auto picture = google.sheets->look("book", {{"Backlog", 1, {2, 6}}}, google.run);
  CHECK(picture.tabs[0].columns[0].at(1).shown == text("old"));
  CHECK(picture.tabs[0].columns[1].at(1).shown == text("last"));
}

TEST_CASE("the grid grows for headers that are added, and not where people deleted a column since") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.server.emulator().apply_as_owner(
      "book",
      R"([{"deleteDimension":{"range":{"sheetId":0,"dimension":"COLUMNS","startIndex":4,"endIndex":5}}}])");
  SheetWrite write = write_to("Backlog", {});
  add_planned_row(write.tabs[0].cells, 2, "K1", {{1, text("new")}, {5, text("last")}});
  const WriteReport report = google.sheets->write("book", write, google.run);
  CHECK(report.state == WriteState::kUnknown);
  CHECK(report.lost_reason == "nothing was sent, since a column of tab 'Backlog' is gone");
  CHECK(google.backlog("book")[1][1] == text("old"));
  CHECK(google.sheets->describe("book", google.run).tabs[0].columns == 5);
  write.tabs[0].headers = {{1, 5, "Status"}};
  CHECK(google.sheets->write("book", write, google.run).state == WriteState::kApplied);
  CHECK(google.backlog("book")[1][5] == text("last"));
}

// ----- trouble

TEST_CASE("a busy Google is asked again when it says so") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.fault(R"({"method":"values.batchGet","times":2,"status":429,"retry_after":7})");
  google.fault(R"({"method":"values.batchGet","status":503})");
  CHECK(google.backlog("book").size() == 6);
  const auto waits = google.waiter.waits();
  REQUIRE(waits.size() == 3);
  CHECK(waits[0] > std::chrono::seconds{6});
  CHECK(waits[0] <= std::chrono::seconds{7});
  google.fault(R"({"method":"spreadsheets.batchUpdate","times":2,"status":429,"retry_after":1})");
  CHECK(google.sheets->write("book", insert_below(6, 1), google.run).state == WriteState::kApplied);
  CHECK(rows_with(google.backlog("book"), "N1") == 1);
}

TEST_CASE("a real quota is waited for") {
  emulator::EmulatorOptions emulator_options;
  emulator_options.writes_per_minute = 1;
  ClientOptions options;
  options.max_retries = 1;
  EmulatedGoogle google(options, emulator_options);
  google.make_backlog("book");
  google.sheets->write("book", change_titles(2, 2), google.run);
  const SheetsError error =
      failure_of([&] { google.sheets->write("book", change_titles(3, 3), google.run); });
  CHECK(error.failure() == SheetsFailure::kQuota);
  CHECK_THAT(error.detail(), Catch::Contains("Quota exceeded"));
  google.control("clock", R"({"advance_seconds":61})");
  CHECK(google.sheets->write("book", change_titles(3, 3), google.run).state == WriteState::kApplied);
}

TEST_CASE("a connection that ends before the answer makes a read try again") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.fault(R"({"method":"values.batchGet","times":2,"close_connection":true})");
  google.fault(R"({"method":"values.batchGet","truncate_body":true})");
  CHECK(google.backlog("book").size() == 6);
}

TEST_CASE("a read that Google garbles fails and says so") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.fault(R"({"method":"values.batchGet","malformed_json":true})");
  const SheetsError error = failure_of([&] { google.backlog("book"); });
  CHECK(error.failure() == SheetsFailure::kMalformed);
  CHECK_THAT(error.what(), Catch::Contains("'Backlog' of the spreadsheet 'Central Backlog' (book)"));
}

TEST_CASE("a write whose answer is lost happens once, on a kept connection too") {
  for (const char* how : {R"("close_connection":true)", R"("truncate_body":true)", R"("malformed_json":true)",
                          R"("status":503)"}) {
    CAPTURE(how);
    EmulatedGoogle google;
    google.make_backlog("book");
    google.backlog("book");  // leaves an idle connection, which is used again
    google.reset_calls();
    google.fault(std::string(R"({"method":"spreadsheets.batchUpdate","after_apply":true,)") + how + "}");
    const WriteReport report = google.sheets->write("book", insert_below(6, 1), google.run);
    CHECK(report.state == WriteState::kUnknown);
    CHECK_FALSE(report.lost_reason.empty());
    CHECK(google.calls("spreadsheets.batchUpdate") == 1);
    CHECK(rows_with(google.backlog("book"), "N1") == 1);
  }
}

TEST_CASE("a write that takes longer than the timeout may have happened") {
  ClientOptions options;
  options.timeout = options.write_timeout = std::chrono::milliseconds{500};
  EmulatedGoogle google(options);
  google.make_backlog("book");
  google.backlog("book");
  google.fault(R"({"method":"spreadsheets.batchUpdate","delay_ms":10000})");
  CHECK(google.sheets->write("book", change_titles(2, 2), google.run).state == WriteState::kUnknown);
}

TEST_CASE("a write has longer than a read") {
  ClientOptions options;
  options.timeout = std::chrono::milliseconds{500};
  EmulatedGoogle google(options);
  google.make_backlog("book");
  google.backlog("book");
  google.fault(R"({"method":"spreadsheets.batchUpdate","delay_ms":1500})");
  CHECK(google.sheets->write("book", change_titles(2, 2), google.run).state == WriteState::kApplied);
}

TEST_CASE("a read that takes longer than the timeout is tried again, then told as such") {
  ClientOptions options;
  options.timeout = std::chrono::milliseconds{500};
  options.max_retries = 1;
  EmulatedGoogle google(options);
  google.make_backlog("book");
  google.fault(R"({"method":"spreadsheets.get","times":2,"delay_ms":10000})");
  CHECK(failure_of([&] { google.backlog("book"); }).failure() == SheetsFailure::kTimeout);
}

TEST_CASE("a stop request ends a call that waits for its answer") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.fault(R"({"method":"spreadsheets.get","delay_ms":3000})");
  std::stop_source stop;
  google.run.stop = stop.get_token();
  std::thread stopper([&] { stop.request_stop(); });
  CHECK_THROWS_AS(google.backlog("book"), roadmap::RunStopped);
  stopper.join();
}

TEST_CASE("nobody at the address is told as such") {
  ClientOptions options;
  options.max_retries = 0;
  EmulatedGoogle google(options);
  google.tokens->token(google.run);
  google.server.stop();
  const SheetsError error = failure_of([&] { google.backlog("book"); });
  CHECK(error.failure() == SheetsFailure::kUnavailable);
}

TEST_CASE("a spreadsheet that is not shared, or does not exist, says with whom to share it") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.server.emulator().set_sharing("book", emulator::Sharing::kNotShared);
  const SheetsError forbidden = failure_of([&] { google.backlog("book"); });
  CHECK(forbidden.failure() == SheetsFailure::kForbidden);
  CHECK(std::string(forbidden.what()) ==
        "The spreadsheet book cannot be opened. Share it with roadmapd@emulator.iam.gserviceaccount.com as "
        "Editor.");
  CHECK(forbidden.detail() == "The caller does not have permission");
  const SheetsError missing = failure_of([&] { google.backlog("nowhere"); });
  CHECK(missing.failure() == SheetsFailure::kNotFound);
  CHECK_THAT(missing.what(), Catch::Contains("Share it with roadmapd@emulator.iam.gserviceaccount.com"));
}

TEST_CASE("a token that ended on Google's side is renewed once") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.backlog("book");
  google.google_clock.move(std::chrono::hours{2});
  google.own_clock.move(std::chrono::hours{2});  // wall time only: the cached token still counts as good
  google.reset_calls();
  CHECK(google.backlog("book").size() == 6);
  CHECK(google.calls("token") == 1);
}

TEST_CASE("a machine whose clock is off learns by how much") {
  EmulatedGoogle google;
  google.make_backlog("book");
  google.own_clock.move(std::chrono::hours{7});
  const SheetsError error = failure_of([&] { google.backlog("book"); });
  CHECK(error.failure() == SheetsFailure::kUnauthorised);
  CHECK_THAT(error.what(), Catch::Contains("this machine's clock is"));
  CHECK_THAT(error.what(), Catch::Contains(" ahead. Set the clock"));
}

TEST_CASE("runs of many threads share tokens and connections") {
  ClientOptions options;
  options.reads_per_minute = options.writes_per_minute = 10000;
  EmulatedGoogle google(options);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 6; ++t)
    google.make_backlog("book" + std::to_string(t));
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&google, &wrong, id = "book" + std::to_string(t)] {
      for (int i = 0; i < 5; ++i) {
        google.sheets->write(id, insert_below(6, 1), google.run);
        const auto reads = google.sheets->read_tabs(id, {"Backlog"}, google.run);
        if (!reads[0].grid || rows_with(reads[0].grid->rows, "N1") != i + 1) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(wrong == 0);
  CHECK(google.calls("token") == 1);
}

}  // namespace
}  // namespace sheets
