#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

std::string range_of(EmulatedGoogle& google, const std::string& range) {
  const Answer answer = google.get("/values/" + net::percent_encode(range));
  return answer.status == 200 ? answer.body.at("range").get<std::string>() : answer.message();
}

}  // namespace

TEST_CASE("trailing empty rows and cells are left out, inner ones are shown empty") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a", "", "c", ""], ["", ""], [1, "", ""], ["", ""]])"_js);
  REQUIRE(google.values("Sheet1") == R"([["a", "", "c"], [], ["1"]])"_js);
  REQUIRE(google.values("B1:B9").is_null());
}

TEST_CASE("ranges are echoed in full, cut to the grid and turned round") {
  EmulatedGoogle google;
  REQUIRE(range_of(google, "Sheet1") == "Sheet1!A1:Z1000");
  REQUIRE(range_of(google, "sheet1!a1:c") == "Sheet1!A1:C1000");
  REQUIRE(range_of(google, "A5:A") == "Sheet1!A5:A1000");
  REQUIRE(range_of(google, "Sheet1!1:1") == "Sheet1!A1:Z1");
  REQUIRE(range_of(google, "Sheet1!A1:2") == "Sheet1!A1:Z2");
  REQUIRE(range_of(google, "D4:A1") == "Sheet1!A1:D4");
  REQUIRE(range_of(google, "$B$2:$C$3") == "Sheet1!B2:C3");
  REQUIRE(range_of(google, "A1:A1") == "Sheet1!A1");
  REQUIRE(range_of(google, "A1:AA5") == "Sheet1!A1:Z5");
  REQUIRE(range_of(google, "R2C3") == "Sheet1!C2");
  REQUIRE(range_of(google, "Sheet1!R1C1:R2C2") == "Sheet1!A1:B2");
}

TEST_CASE("a range that cannot be read, or starts outside the grid, is refused by name") {
  EmulatedGoogle google;
  REQUIRE(range_of(google, "A1:") == "Unable to parse range: A1:");
  REQUIRE(range_of(google, "NOPE!A5:F15") == "Unable to parse range: NOPE!A5:F15");
  REQUIRE(range_of(google, "Sheet1!A0") == "Unable to parse range: Sheet1!A0");
  REQUIRE(range_of(google, "'Sheet1") == "Unable to parse range: 'Sheet1");
  REQUIRE(range_of(google, "Sheet1!A1:ABCD5") == "Unable to parse range: Sheet1!A1:ABCD5");
  REQUIRE(range_of(google, "AA1") ==
          "Range (Sheet1!AA1) exceeds grid limits. Max rows: 1000, max columns: 26");
  REQUIRE(range_of(google, "A1001:B") ==
          "Range (Sheet1!A1001:B1001) exceeds grid limits. Max rows: 1000, max columns: 26");
}

TEST_CASE("a quoted title is a tab and a bare one that looks like a cell is a cell") {
  EmulatedGoogle google;
  google.create(
      {SeedTab{"D3", {{std::string("tab")}}, 5, 5}, SeedTab{"It's a tab", {{std::string("quoted")}}, 5, 5},
       SeedTab{"a/b", {{std::string("slash")}}, 5, 5}, SeedTab{"ÜBER", {{std::string("umlaut")}}, 5, 5}});
  REQUIRE(range_of(google, "'D3'") == "'D3'!A1:E5");
  REQUIRE(range_of(google, "D3") == "'D3'!D3");
  REQUIRE(range_of(google, "'It''s a tab'!A1") == "'It''s a tab'!A1");
  REQUIRE(google.values("It's a tab!A1") == R"([["quoted"]])"_js);
  REQUIRE(google.values("'a/b'!A1") == R"([["slash"]])"_js);
  REQUIRE(google.values("über!A1") == R"([["umlaut"]])"_js);
}

TEST_CASE("values come by rows or by columns") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a", "b"], ["c", ""]])"_js);
  REQUIRE(google.values("A1:B2", "majorDimension=COLUMNS") == R"([["a", "c"], ["b"]])"_js);
  const Answer refused = google.get("/values/A1?majorDimension=DIAGONALS");
  REQUIRE(refused.status == 400);
  REQUIRE(refused.message().find("'major_dimension'") != std::string::npos);
}

TEST_CASE("numbers, dates and booleans are rendered as the options ask") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([["=4/2", "2020-01-01", "TRUE", 0.125, "25%"]])"_js);
  REQUIRE(google.values("A1:E1") == R"([["2", "2020-01-01", "TRUE", "0.125", "25%"]])"_js);
  REQUIRE(google.values("A1:E1", "valueRenderOption=UNFORMATTED_VALUE") ==
          R"([[2, 43831, true, 0.125, 0.25]])"_js);
  REQUIRE(
      google.values("A1:E1", "valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING") ==
      R"([[2, "2020-01-01", true, 0.125, 0.25]])"_js);
  REQUIRE(google.values("A1:E1", "valueRenderOption=FORMULA") ==
          R"([["=4/2", 43831, true, 0.125, 0.25]])"_js);
}

TEST_CASE("several ranges come in the order they were asked for") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a", "b"]])"_js);
  const Answer answer = google.get("/values:batchGet?ranges=B1&ranges=Sheet1!A1:A2");
  REQUIRE(answer.body["valueRanges"] == R"([
    {"range": "Sheet1!B1", "majorDimension": "ROWS", "values": [["b"]]},
    {"range": "Sheet1!A1:A2", "majorDimension": "ROWS", "values": [["a"]]}
  ])"_js);
  REQUIRE(google.get("/values:batchGet?ranges=B1&ranges=Nope").status == 400);
}

TEST_CASE("answers are laid out as Google lays them out, compact on request") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a"]])"_js);
  REQUIRE(
      google.get("/values/A1").text ==
      "{\n  \"range\": \"Sheet1!A1\",\n  \"majorDimension\": \"ROWS\",\n  \"values\": [\n    [\n      \"a\"\n"
      "    ]\n  ]\n}\n");
  REQUIRE(google.get("/values/A1?prettyPrint=false").text ==
          R"({"range":"Sheet1!A1","majorDimension":"ROWS","values":[["a"]]})");
  REQUIRE(google.get("/values/A1?prettyPrint=false&fields=range").text == R"({"range":"Sheet1!A1"})");
  REQUIRE(google.get("/values/A1").headers.get("Content-Type") == "application/json; charset=UTF-8");
}

TEST_CASE("a field mask picks members in any of its notations and refuses unknown ones") {
  EmulatedGoogle google;
  const Json wanted = R"({"sheets": [{"properties": {"sheetId": 0, "title": "Sheet1"}}]})"_js;
  REQUIRE(google.get("?fields=sheets.properties(sheetId,title)").body == wanted);
  REQUIRE(google.get("?fields=sheets/properties/sheetId,sheets(properties(title))").body == wanted);
  const Answer refused = google.get("?fields=sheets.sheetProperties");
  REQUIRE(refused.status == 400);
  REQUIRE(refused.message() == "Request contains an invalid argument.");
  REQUIRE(
      refused.body["error"]["details"][0]["fieldViolations"][0]["description"] ==
      "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.sheetProperties'.");
}

TEST_CASE("grid data comes with a mask or includeGridData, and only for the ranges asked for") {
  EmulatedGoogle google;
  google.create({SeedTab{"One", {{std::string("x"), 0.5}}, 3, 3}, SeedTab{"Two", {}, 3, 3}});
  REQUIRE_FALSE(google.get("").body["sheets"][0].contains("data"));
  const Json sheets = google.get("?includeGridData=true&ranges=One!A1:B1").body["sheets"];
  REQUIRE(sheets.size() == 1);
  const Json cell = sheets[0]["data"][0]["rowData"][0]["values"][1];
  REQUIRE(cell["userEnteredValue"] == R"({"numberValue": 0.5})"_js);
  REQUIRE(cell["effectiveValue"] == R"({"numberValue": 0.5})"_js);
  REQUIRE(cell["formattedValue"] == "0.5");
  REQUIRE(google.get("?fields=sheets.data.rowData.values.note").body ==
          R"({"sheets": [{"data": [{}]}, {"data": [{}]}]})"_js);
}

TEST_CASE("grid data starts where its range starts and leaves out rows without what the mask names") {
  EmulatedGoogle google;
  google.create({SeedTab{"Notes", {}, 4, 3}});
  google.batch(R"([{"updateCells": {"start": {"rowIndex": 2, "columnIndex": 1}, "fields": "note",
                                    "rows": [{"values": [{"note": "here"}]}]}}])"_js);
  REQUIRE(google.get("?fields=sheets.data(startRow,rowData.values.note)&ranges=Notes!A2:C4").body ==
          R"({"sheets": [
    {"data": [{"startRow": 1, "rowData": [{}, {"values": [{}, {"note": "here"}]}]}]}]})"_js);
}

TEST_CASE("a named range is read by its name, also behind its tab's title, and imported") {
  EmulatedGoogle google;
  google.create({SeedTab{"Sheet1", {{1.0, 2.0}, {3.0, 4.0}}}, SeedTab{"My tab", {{5.0}}}});
  REQUIRE(google
              .batch(R"([{"addNamedRange": {"namedRange": {"name": "Right", "range": {"sheetId": 0,
      "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}}}}])"_js)
              .status == 200);
  for (const char* range : {"Right", "Sheet1!Right", "'Sheet1'!right"}) {
    const Json body = google.get("/values/" + net::percent_encode(range)).body;
    REQUIRE(body["range"] == "Sheet1!B1:B2");
    REQUIRE(body["values"] == R"([["2"], ["4"]])"_js);
  }
  for (const char* range : {"'My tab'!Right", "Nowhere!Right", "Sheet1!Wrong"})
    REQUIRE(google.get("/values/" + net::percent_encode(range)).message() ==
            "Unable to parse range: " + std::string(range));
  google.put("'My tab'!A1", "USER_ENTERED",
             Json::array({Json::array({"=SUM(IMPORTRANGE(\"" + google.id + "\",\"Right\"))"})}));
  REQUIRE(google.values("'My tab'!A1") == R"([["6"]])"_js);
}
