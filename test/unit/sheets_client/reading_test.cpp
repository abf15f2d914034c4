#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "fakes.h"

namespace sheets {
namespace {

using roadmap::Cell;
using roadmap::SheetsError;
using roadmap::SheetsFailure;
using testing::google_error;
using testing::ScriptedSheets;

std::string values(const std::string& ranges) {
  return R"({"spreadsheetId":"S","valueRanges":[)" + ranges + "]}";
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

TEST_CASE("whole tabs are read in one call, whatever their case, and one more tells the tabs at first") {
  ScriptedSheets s;
  s.answer_directory();
  s.transport.answer(
      200, values(R"({"range":"'Old Ideas'!A1:E50","values":[["x"]]},{"range":"Backlog!A1:J100"})"));
  const auto reads = s.sheets.read_tabs("S/1", {"old ideas", "Backlog"}, s.control);
  REQUIRE(reads.size() == 2);
  CHECK(reads[0].grid->title == "Old Ideas");
  CHECK(reads[0].grid->rows == std::vector<roadmap::CellRow>{{std::string("x")}});
  CHECK(reads[1].grid->rows.empty());

  const auto sent = s.transport.sent();
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].path == "/v4/spreadsheets/S%2F1");
  CHECK(sent[1].path == "/v4/spreadsheets/S%2F1/values:batchGet");
  CHECK(sent[1].all("ranges") == std::vector<std::string>{"'Old Ideas'", "'Backlog'"});
  CHECK(sent[1].all("valueRenderOption") == std::vector<std::string>{"UNFORMATTED_VALUE"});
  CHECK(sent[1].all("dateTimeRenderOption") == std::vector<std::string>{"SERIAL_NUMBER"});
  CHECK(sent[1].headers.get("Authorization") == "Bearer token-1");

  s.transport.answer(200, values(R"({"range":"Backlog!A1:J100"})"));
  s.sheets.read_tabs("S/1", {"Backlog"}, s.control);
  CHECK(s.transport.sent().size() == 3);
}

TEST_CASE("a tab that is missing is that tab's problem and the others are read") {
  ScriptedSheets s;
  s.answer_directory();
  s.transport.answer(200, values(R"({"range":"Backlog!A1:J100","values":[["k"]]})"));
  const auto reads = s.sheets.read_tabs("S", {"Nope", "Backlog"}, s.control);
  CHECK_FALSE(reads[0].grid);
  CHECK(reads[0].problem == "no tab 'Nope'; the tabs are 'Backlog', 'Old Ideas'");
  CHECK(reads[1].grid);

  SECTION("a missing tab is looked for again, since somebody may have added it") {
    s.transport.answer(200, R"({"sheets":[{"properties":{"sheetId":33,"title":"Nope"}}]})");
    s.transport.answer(200, values(R"({"range":"Nope!A1:Z9"})"));
    CHECK(s.sheets.read_tabs("S", {"Nope"}, s.control)[0].grid);
  }
  SECTION("when no tab is there, nothing is read") {
    s.answer_directory();
    CHECK(s.sheets.read_tabs("S", {"Neither"}, s.control)[0].problem ==
          "no tab 'Neither'; the tabs are 'Backlog', 'Old Ideas'");
    CHECK(s.transport.sent().size() == 3);
  }
}

TEST_CASE("a tab that was renamed since is found out, asked about once, and the others are read") {
  ScriptedSheets s;
  s.answer_directory();
  s.transport.answer(400, google_error(400, "Unable to parse range: 'Old Ideas'", "INVALID_ARGUMENT"));
  SECTION("known to be fresh, the refusal is an error that names the tabs") {
    const SheetsError error = failure_of([&] { s.sheets.read_tabs("S", {"Old Ideas"}, s.control); });
    CHECK(error.failure() == SheetsFailure::kBadRequest);
    CHECK(std::string(error.what()) ==
          "Reading 'Old Ideas' of the spreadsheet 'Roadmap' (S) was refused: Unable to parse range: 'Old "
          "Ideas'");
  }
}

TEST_CASE("what is known of the tabs is asked anew when Google says that it is wrong") {
  ScriptedSheets s;
  s.answer_directory();
  s.sheets.describe("S", s.control);
  s.transport.answer(400, google_error(400, "Unable to parse range: 'Old Ideas'", "INVALID_ARGUMENT"));
  s.transport.answer(200, R"({"sheets":[{"properties":{"sheetId":11,"title":"Backlog"}},
                                        {"properties":{"sheetId":22,"title":"New Ideas","index":1}}]})");
  s.transport.answer(200, values(R"({"range":"Backlog!A1:J100","values":[["k"]]})"));
  const auto reads = s.sheets.read_tabs("S", {"Old Ideas", "Backlog"}, s.control);
  CHECK(reads[0].problem == "no tab 'Old Ideas'; the tabs are 'Backlog', 'New Ideas'");
  CHECK(reads[1].grid);
  CHECK(s.transport.unused() == 0);
}

TEST_CASE("a look asks for header and columns in one call, and for nothing beyond the grid as it is now") {
  ScriptedSheets s;
  s.answer_directory();
  s.sheets.describe("S", s.control);
  s.answer_directory();  // a column may have been inserted
  s.transport.answer(200, R"({"developerMetadata":[{"metadataKey":"roadmapd.write","metadataValue":"m1 5"}],
      "sheets":[{"properties":{"title":"Old Ideas"},"data":[{"rowData":[{"values":[
        {"userEnteredValue":{"stringValue":"Key"},"effectiveValue":{"stringValue":"Key"}}]}]}]},
       {"properties":{"title":"Backlog"},"data":[{"startColumn":2}]}]})");
  const roadmap::Picture picture =
      s.sheets.look("S", {{"Old Ideas", 1, {0, 9}}, {"Backlog", 2, {2, 2}}}, s.control);
  CHECK(s.transport.sent()[2].all("ranges") ==
        std::vector<std::string>{"'Old Ideas'!1:1", "'Old Ideas'!A1:A", "'Backlog'!2:2", "'Backlog'!C1:C"});
  CHECK(picture.marker == "m1");
  CHECK(picture.items_applied == 5);
  CHECK(picture.tabs[0].header == roadmap::CellRow{std::string("Key")});
  CHECK(picture.tabs[0].columns[1].empty());
  CHECK(picture.tabs[1].columns.size() == 2);
}

TEST_CASE("a look asks for cells as they are displayed only where that is wanted") {
  ScriptedSheets s;
  s.answer_directory();
  s.sheets.describe("S", s.control);
  const std::string answer = R"({"sheets":[{"properties":{"title":"Backlog"},"data":[{"rowData":[{"values":[
      {"userEnteredValue":{"numberValue":0.5},"effectiveValue":{"numberValue":0.5},"formattedValue":"50%"},
      {"userEnteredValue":{"stringValue":"x"},"effectiveValue":{"stringValue":"x"}}]}]}]}]})";
  roadmap::LookAt look{"Backlog", 1, {0, 1}};
  for (const bool displayed : {false, true}) {
    look.displayed = displayed;
    s.transport.answer(200, answer);
    const roadmap::Picture picture = s.sheets.look("S", {{"Backlog", 2, {0}}, look}, s.control);
    const std::string fields = s.transport.sent().back().all("fields").at(0);
    CHECK((fields.find("formattedValue") != std::string::npos) == displayed);
    CHECK(picture.tabs[1].columns[0].at(0) == roadmap::SeenCell{0.5, "", "50%"});
    CHECK(picture.tabs[1].columns[1].at(0).displayed.empty());
  }
}

TEST_CASE("a read and a look that Google aborted are tried again, and say so when that does not help") {
  ClientOptions options;
  options.max_retries = 1;
  ScriptedSheets s(options);
  const std::string aborted = google_error(409, "The operation was aborted.", "ABORTED");
  s.answer_directory();
  s.transport.answer(409, aborted);
  s.transport.answer(200, values(R"({"range":"Backlog!A1:J100","values":[["k"]]})"));
  CHECK(s.sheets.read_tabs("S", {"Backlog"}, s.control)[0].grid->rows.size() == 1);
  s.transport.answer(409, "<html>Conflict</html>");
  s.transport.answer(200, R"({"sheets":[{"properties":{"title":"Backlog"},"data":[{}]}]})");
  CHECK(s.sheets.look("S", {{"Backlog", 1, {0}}}, s.control).tabs[0].there);
  CHECK(s.time.waits().size() == 2);
  const std::function<void()> calls[] = {[&] { s.sheets.read_tabs("S", {"Backlog"}, s.control); },
                                         [&] {
                                           s.sheets.look("S", {{"Backlog", 1, {0}}}, s.control);
                                         }};
  for (const auto& call : calls) {
    s.transport.answer(409, aborted);
    s.transport.answer(409, aborted);
    const SheetsError error = failure_of(call);
    CHECK(error.failure() == SheetsFailure::kUnavailable);
    CHECK(error.detail() == "The operation was aborted.");
  }
  CHECK(s.transport.unused() == 0);
}

TEST_CASE("a tab that is gone is gone in the picture, too") {
  ScriptedSheets s;
  s.answer_directory();
  const roadmap::Picture picture = s.sheets.look("S", {{"Nope", 1, {0}}}, s.control);
  REQUIRE(picture.tabs.size() == 1);
  CHECK_FALSE(picture.tabs[0].there);
}

TEST_CASE("answers that cannot be read fail the call and name the spreadsheet") {
  ScriptedSheets s;
  s.answer_directory();
  s.sheets.describe("S", s.control);
  for (const char* body :
       {"", "<html>proxy</html>", R"({"valueRanges":[{"values":[["cut)", R"({"valueRanges":[]})"}) {
    CAPTURE(body);
    s.transport.answer(200, body);
    const SheetsError error = failure_of([&] { s.sheets.read_tabs("S", {"Backlog"}, s.control); });
    CHECK(error.failure() == SheetsFailure::kMalformed);
    CHECK_THAT(error.what(), Catch::Contains("'Backlog' of the spreadsheet 'Roadmap' (S)"));
  }
  s.transport.answer(200, "{\"sheets\":");
  CHECK(failure_of([&] { s.sheets.describe("S", s.control); }).failure() == SheetsFailure::kMalformed);
  s.transport.answer(200, "{}");
  CHECK(failure_of([&] { s.sheets.describe("S", s.control); }).failure() == SheetsFailure::kMalformed);
}

TEST_CASE("a description tells title, tabs in order, sizes and the clock's difference") {
  ScriptedSheets s;
  s.answer_directory();
  const SpreadsheetInfo info = s.sheets.describe("S", s.control);
  CHECK(info.title == "Roadmap");
  REQUIRE(info.tabs.size() == 2);
  CHECK(info.tabs[0].title == "Backlog");
  CHECK(info.tabs[1].sheet_id == 22);
  CHECK(info.tabs[1].rows == 50);
  CHECK(info.tabs[1].columns == 5);
  CHECK(info.clock_ahead == std::chrono::seconds{60});
}

}  // namespace
}  // namespace sheets
