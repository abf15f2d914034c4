#include <catch2/catch.hpp>
#include <chrono>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

// What a cell holds after that text was typed: its unformatted value and what it shows.
Json typed(const std::string& text) {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", Json::array({Json::array({text})}));
  const Json unformatted = google.values("A1", "valueRenderOption=UNFORMATTED_VALUE");
  const Json shown = google.values("A1");
  if (!unformatted.is_array()) return nullptr;
  return Json::array({unformatted[0][0], shown[0][0]});
}

Json pair(const Json& value, const std::string& shown) { return Json::array({value, shown}); }

}  // namespace

TEST_CASE("a null skips a cell and an empty text clears it") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a", "b", "c"]])"_js);
  const Answer answer = google.put("A1:C2", "RAW", R"([[null, "", "x"], [null, null, null]])"_js);
  REQUIRE(answer.body["updatedRange"] == "Sheet1!A1:C2");
  REQUIRE(answer.body["updatedRows"] == 1);
  REQUIRE(answer.body["updatedColumns"] == 2);
  REQUIRE(answer.body["updatedCells"] == 2);
  REQUIRE(google.values("A1:C2") == R"([["a", "", "x"]])"_js);
}

TEST_CASE("raw text stays text") {
  EmulatedGoogle google;
  const Json row = R"([["=1+1", "50%", "'x", "TRUE", 3, true]])"_js;
  google.put("A1", "RAW", row);
  REQUIRE(google.values("A1:F1", "valueRenderOption=UNFORMATTED_VALUE") == row);
}

TEST_CASE("typed text becomes what a person would get") {
  REQUIRE(typed("42") == pair(42, "42"));
  REQUIRE(typed("0042") == pair(42, "42"));
  REQUIRE(typed(" -1.50 ") == pair(-1.5, "-1.5"));
  REQUIRE(typed("3.00") == pair(3, "3"));
  REQUIRE(typed("1,234") == pair(1234, "1,234"));
  REQUIRE(typed("50%") == pair(0.5, "50%"));
  REQUIRE(typed("12.5%") == pair(0.125, "12.50%"));
  REQUIRE(typed("$1,234.50") == pair(1234.5, "$1,234.50"));
  REQUIRE(typed("-$3") == pair(-3, "-$3"));
  REQUIRE(typed("1e3") == pair(1000, "1.00E+03"));
  REQUIRE(typed("2020-01-01") == pair(43831, "2020-01-01"));
  REQUIRE(typed("9/27/2026") == pair(46292, "9/27/2026"));
  REQUIRE(typed("12:00") == pair(0.5, "12:00"));
  REQUIRE(typed("2020-01-01 06:00") == pair(43831.25, "2020-01-01 6:00"));
  REQUIRE(typed("true") == pair(true, "TRUE"));
  REQUIRE(typed("'007") == pair("007", "007"));
  REQUIRE(typed("=1+1") == pair(2, "2"));
  REQUIRE(typed("#N/A") == pair("#N/A", "#N/A"));
}

TEST_CASE("dates are typed with the names of months, and without their year are of this one") {
  REQUIRE(typed("Dec 31, 2026") == pair(46387, "Dec 31, 2026"));
  REQUIRE(typed("december 31 2026") == pair(46387, "December 31 2026"));
  REQUIRE(typed("31 Dec 2026") == pair(46387, "31 Dec 2026"));
  REQUIRE(typed("31-Dec-26") == pair(46387, "31-Dec-26"));
  REQUIRE(typed("Dec 2026") == pair(46357, "Dec 2026"));
  REQUIRE(typed("12/2026") == pair(46357, "12/2026"));
  REQUIRE(typed("Dec 31, 2026 2:30 pm") == pair(46387.0 + 14.5 / 24, "Dec 31, 2026 2:30 PM"));
  REQUIRE(typed("Sept 5, 2026") == pair(46270, "Sep 5, 2026"));

  EmulatorOptions options = EmulatedGoogle::options();
  options.now = [] { return std::chrono::sys_days{std::chrono::year{2026} / 11 / 29}; };
  EmulatedGoogle google(options);
  google.put("A1", "USER_ENTERED", R"([["1/2", "Dec 31", "31-Dec", "2-29"]])"_js);
  REQUIRE(google.values("A1:D1") == R"([["1/2", "Dec 31", "31-Dec", "2-29"]])"_js);
  REQUIRE(google.values("A1:D1", "valueRenderOption=UNFORMATTED_VALUE") ==
          R"([[46024, 46387, 46387, "2-29"]])"_js);
}

TEST_CASE("what begins with a plus and is no number is a formula") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([["+7", "+A1*2", "+49 170 1234", "+", "'+x"]])"_js);
  REQUIRE(google.values("A1:E1") == R"([["7", "14", "#ERROR!", "+", "+x"]])"_js);
  REQUIRE(google.values("B1:C1", "valueRenderOption=FORMULA") == R"([["=+A1*2", "=+49 170 1234"]])"_js);
}

TEST_CASE("times by the hour, durations, fractions and money are numbers") {
  REQUIRE(typed("2 pm") == pair(14.0 / 24, "2 PM"));
  REQUIRE(typed("25:00") == pair(25.0 / 24, "25:00:00"));
  REQUIRE(typed("100:30:15") == pair((100 * 3600 + 30 * 60 + 15) / 86400.0, "100:30:15"));
  REQUIRE(typed("1 1/2") == pair(1.5, "1 1/2"));
  REQUIRE(typed("-2 3/16") == pair(-2.1875, "-2 3/16"));
  REQUIRE(typed("0 1/2") == pair(0.5, "1/2"));
  REQUIRE(typed("€1,234.50") == pair(1234.5, "€1,234.50"));
  REQUIRE(typed("-£3") == pair(-3, "-£3"));
  REQUIRE(typed("¥500") == pair(500, "¥500"));
  REQUIRE(typed("($20)") == pair(-20, "-$20"));
}

TEST_CASE("text that only looks like a number, a date or a time stays text") {
  for (const char* text :
       {"3_1_0", "1,2", "1,23,456", "2020-13-01", "2/30/2020", "1-800-555", "Feb 30, 2026", "Decem 3", "Dec",
        "1 1/0", "13 pm", "1/2/3/4", "Dec 31,", "=", "abc", "12 apples", "%", "$"}) {
    REQUIRE(typed(text) == pair(text, text));
  }
}

TEST_CASE("a cell formatted as plain text takes numbers and formulas as text") {
  EmulatedGoogle google;
  google.batch(R"([{"repeatCell": {"range": {"endRowIndex": 1}, "fields": "userEnteredFormat.numberFormat",
                                   "cell": {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}}}])"_js);
  const Json row = R"([["007", "=1"]])"_js;
  google.put("A1", "USER_ENTERED", row);
  REQUIRE(google.values("A1:B1", "valueRenderOption=UNFORMATTED_VALUE") == row);
}

TEST_CASE("writing outside the range or the grid is an error and changes nothing") {
  EmulatedGoogle google;
  google.create({SeedTab{"Small", {}, 3, 2}});
  REQUIRE(google.put("A1:A2", "RAW", R"([["a", "b"]])"_js).message() ==
          "Requested writing within range [Small!A1:A2], but tried writing to column [B]");
  REQUIRE(google.put("A1:A2", "RAW", R"([["a"], ["b"], ["c"]])"_js).message() ==
          "Requested writing within range [Small!A1:A2], but tried writing to row [3]");
  REQUIRE(google.put("B3", "RAW", R"([["a", "b"]])"_js).message() ==
          "Range (Small!B3:C3) exceeds grid limits. Max rows: 3, max columns: 2");
  REQUIRE(google.put("A4", "RAW", R"([["a"]])"_js).status == 400);
  REQUIRE(google.put("Small", "RAW", R"([["a"], ["b"], ["c"], ["d"]])"_js).status == 400);
  REQUIRE(google.values("Small").is_null());
}

TEST_CASE("values that are no table of plain values are refused by place") {
  EmulatedGoogle google;
  const Answer text = google.put("A1", "RAW", "X");
  REQUIRE(text.status == 400);
  REQUIRE(text.message() ==
          "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\"");
  REQUIRE(text.body["error"]["details"][0]["fieldViolations"][0]["field"] == "data.values");
  REQUIRE(google.put("A1", "RAW", R"(["X"])"_js).message().find("'data.values[0]'") != std::string::npos);
  REQUIRE(google.put("A1", "RAW", R"([[1, ["x"]]])"_js).message() ==
          "Invalid values[0][1]: list_value {\n  values {\n    string_value: \"x\"\n  }\n}\n");
  REQUIRE(google.call("PUT", "/v4/spreadsheets/" + google.id + "/values/A1", R"({"values": [[1]]})"_js)
              .message() == "'valueInputOption' is required but not specified");
}

TEST_CASE("a cell takes 50,000 UTF-16 units, however they are written") {
  EmulatedGoogle google;
  const auto repeated = [](const std::string& character, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
      text += character;
    return text;
  };
  const auto put = [&](const std::string& text) {
    return google.put("A1", "RAW", Json::array({Json::array({text})})).status;
  };
  const auto update = [&](const std::string& text) {
    return google
        .batch(
            Json::array({{{"updateCells",
                           {{"start", Json::object()},
                            {"fields", "userEnteredValue"},
                            {"rows", {{{"values", {{{"userEnteredValue", {{"stringValue", text}}}}}}}}}}}}}))
        .status;
  };
  const std::string accents = repeated("é", 50000), cacti = repeated("🌵", 25000);
  for (const std::string& fits : {std::string(50000, 'x'), accents, cacti}) {
    CHECK(put(fits) == 200);
    CHECK(put(fits + "x") == 400);
    CHECK(update(fits) == 200);
    CHECK(update(fits + "x") == 400);
  }
}

TEST_CASE("a batch of writes is applied whole or not at all and adds up") {
  EmulatedGoogle google;
  const Answer answer = google.post("/values:batchUpdate", R"({"valueInputOption": "RAW", "data": [
    {"range": "A1:B1", "values": [["a", "b"]]}, {"range": "A1", "values": [["c"]]}]})"_js);
  REQUIRE(answer.body["totalUpdatedRows"] == 1);
  REQUIRE(answer.body["totalUpdatedColumns"] == 2);
  REQUIRE(answer.body["totalUpdatedCells"] == 3);
  REQUIRE(answer.body["totalUpdatedSheets"] == 1);
  REQUIRE(answer.body["responses"].size() == 2);
  const Json half_bad = R"({"valueInputOption": "RAW", "data": [
    {"range": "A1", "values": [["lost"]]}, {"range": "Nope!A1", "values": [["x"]]}]})"_js;
  REQUIRE(google.post("/values:batchUpdate", half_bad).message() ==
          "Invalid data[1]: Unable to parse range: Nope!A1");
  REQUIRE(google.values("A1:B1") == R"([["c", "b"]])"_js);
}

TEST_CASE("an answer can carry the values that were written") {
  EmulatedGoogle google;
  const Answer answer =
      google.call("PUT",
                  "/v4/spreadsheets/" + google.id +
                      "/values/A1?valueInputOption=USER_ENTERED&includeValuesInResponse=true"
                      "&responseValueRenderOption=UNFORMATTED_VALUE",
                  R"({"values": [["50%"]]})"_js);
  REQUIRE(answer.body["updatedData"] ==
          R"({"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [[0.5]]})"_js);
}

TEST_CASE("columns can be written as columns") {
  EmulatedGoogle google;
  google.call("PUT", "/v4/spreadsheets/" + google.id + "/values/A1?valueInputOption=RAW",
              R"({"majorDimension": "COLUMNS", "values": [["a", "b"], ["c"]]})"_js);
  REQUIRE(google.values("A1:B2") == R"([["a", "c"], ["b"]])"_js);
}

TEST_CASE("clearing takes values and formulas and leaves formats and notes") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([["50%", "=1"]])"_js);
  google.batch(
      R"([{"updateCells": {"start": {}, "fields": "note", "rows": [{"values": [{"note": "kept"}]}]}}])"_js);
  REQUIRE(google.post("/values/A1%3AB:clear", nullptr).body["clearedRange"] == "Sheet1!A1:B1000");
  REQUIRE(google.values("Sheet1").is_null());
  google.put("A1", "RAW", R"([[0.25]])"_js);
  REQUIRE(google.values("A1") == R"([["25%"]])"_js);
  REQUIRE(google.get("?fields=sheets.data.rowData.values.note").body ==
          R"({"sheets": [{"data": [{"rowData": [{"values": [{"note": "kept"}]}]}]}]})"_js);
  REQUIRE(google.post("/values:batchClear", R"({"ranges": ["A1", "B2:C3"]})"_js).body["clearedRanges"] ==
          R"(["Sheet1!A1", "Sheet1!B2:C3"])"_js);
  REQUIRE(google.post("/values:batchClear", R"({"ranges": ["A1", "Nope"]})"_js).message() ==
          "Invalid range[1]: Unable to parse range: Nope");
}

TEST_CASE("append finds the table as Google's guide describes") {
  const auto appended = [](const std::string& range) {
    EmulatedGoogle google;
    google.put("A1", "RAW", R"([["x", "y", "z"], ["x", "y", "z"]])"_js);
    google.put("B4", "RAW", R"([["x", "y", "z"], ["x", "y", "z"], ["x", "y", "z"]])"_js);
    const Answer answer =
        google.post("/values/" + net::percent_encode(range) + ":append?valueInputOption=RAW",
                    R"({"values": [["new"]]})"_js);
    return answer.body["updates"]["updatedRange"].get<std::string>();
  };
  for (const char* range : {"Sheet1", "B4", "C5:D5", "B2:D4", "A3:G10"})
    REQUIRE(appended(range) == "Sheet1!B7");
  REQUIRE(appended("A1") == "Sheet1!A3");
  REQUIRE(appended("E4") == "Sheet1!E4");
  REQUIRE(appended("A4") == "Sheet1!A4");
}

TEST_CASE("a blank column splits tables") {
  EmulatedGoogle google;
  const Json row = R"({"values": [["x", "", "z"]]})"_js;
  REQUIRE_FALSE(google.post("/values/Sheet1:append?valueInputOption=RAW", row).body.contains("tableRange"));
  const Answer answer = google.post("/values/Sheet1:append?valueInputOption=RAW", row);
  REQUIRE(answer.body["tableRange"] == "Sheet1!C1");
  REQUIRE(answer.body["updates"]["updatedRange"] == "Sheet1!C2:E2");
}

TEST_CASE("append grows the grid where it ends, and inserts rows when told to") {
  EmulatedGoogle google;
  google.create({SeedTab{"Small", {{std::string("a")}, {std::string("b")}}, 2, 1}});
  google.post("/values/Small:append?valueInputOption=RAW", R"({"values": [["c", "d"]]})"_js);
  const Json grid = google.get("").body["sheets"][0]["properties"]["gridProperties"];
  REQUIRE(grid == R"({"rowCount": 3, "columnCount": 2})"_js);

  google.create({SeedTab{"Two", {{std::string("a")}, {}, {std::string("z")}}, 3, 1}});
  google.post("/values/A1:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS",
              R"({"values": [["b"]]})"_js);
  REQUIRE(google.values("Two") == R"([["a"], ["b"], [], ["z"]])"_js);
}
