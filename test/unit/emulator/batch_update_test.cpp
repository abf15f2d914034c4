#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

Json properties_of(EmulatedGoogle& google, std::size_t index = 0) {
  return google.get("").body["sheets"][index]["properties"];
}

}  // namespace

TEST_CASE("a batch is applied whole or not at all") {
  EmulatedGoogle google;
  const Answer answer = google.batch(R"([
    {"updateCells": {"start": {}, "fields": "userEnteredValue",
                     "rows": [{"values": [{"userEnteredValue": {"stringValue": "lost"}}]}]}},
    {"appendDimension": {"dimension": "ROWS", "length": 5}},
    {"deleteSheet": {"sheetId": 77}}
  ])"_js);
  REQUIRE(answer.status == 400);
  REQUIRE(answer.message() == "Invalid requests[2].deleteSheet: No grid with id: 77");
  REQUIRE(google.values("Sheet1").is_null());
  REQUIRE(properties_of(google)["gridProperties"]["rowCount"] == 1000);
}

TEST_CASE("a request that the emulator does not know is refused by name") {
  EmulatedGoogle google;
  REQUIRE(google.batch(R"([{"addChart": {}}])"_js).message() ==
          "Invalid requests[0].addChart: This kind of request is not served here.");
  REQUIRE(google.batch(R"([{}])"_js).message() == "Invalid requests[0]: No request set.");
  REQUIRE(google.batch(R"([])"_js).message() == "Must specify at least one request.");
}

TEST_CASE("replies mirror requests") {
  EmulatedGoogle google;
  const Answer answer = google.batch(R"([
    {"appendDimension": {"dimension": "COLUMNS", "length": 1}},
    {"addSheet": {"properties": {"sheetId": 5, "title": "New", "gridProperties": {"rowCount": 2, "columnCount": 2}}}}
  ])"_js);
  REQUIRE(answer.body["spreadsheetId"] == google.id);
  REQUIRE(answer.body["replies"] ==
          R"([{}, {"addSheet": {"properties": {"sheetId": 5, "title": "New", "index": 1,
    "sheetType": "GRID", "gridProperties": {"rowCount": 2, "columnCount": 2}}}}])"_js);
}

TEST_CASE("updateCells writes typed values, never parsing text") {
  EmulatedGoogle google;
  google.batch(
      R"([{"updateCells": {"start": {"rowIndex": 1, "columnIndex": 1}, "fields": "userEnteredValue", "rows": [
    {"values": [{"userEnteredValue": {"stringValue": "=1+1"}}, {"userEnteredValue": {"numberValue": 0.5}},
                {"userEnteredValue": {"boolValue": true}}, {"userEnteredValue": {"formulaValue": "=C2*2"}}]}]}}])"_js);
  REQUIRE(google.values("B2:E2", "valueRenderOption=UNFORMATTED_VALUE") == R"([["=1+1", 0.5, true, 1]])"_js);
  google.batch(R"([{"updateCells": {"start": {"rowIndex": 1, "columnIndex": 1}, "fields": "userEnteredValue",
                                    "rows": [{"values": [{}, {"userEnteredValue": {"stringValue": ""}}]}]}}])"_js);
  REQUIRE(google.values("B2:D2", "valueRenderOption=UNFORMATTED_VALUE") == R"([["", "", true]])"_js);
}

TEST_CASE("updateCells changes only what its mask names and clears the rest of a range") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a", "b"], ["c", "d"]])"_js);
  google.batch(
      R"([{"updateCells": {"start": {}, "fields": "note", "rows": [{"values": [{"note": "n"}]}]}}])"_js);
  google.batch(
      R"([{"updateCells": {"range": {"endRowIndex": 2, "endColumnIndex": 2}, "fields": "userEnteredValue",
                                    "rows": [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}]}}])"_js);
  REQUIRE(google.values("Sheet1") == R"([["x"]])"_js);
  REQUIRE(google.get("?fields=sheets.data.rowData.values.note").text.find("\"n\"") != std::string::npos);
}

TEST_CASE("updateCells refuses what leaves the grid or its range") {
  EmulatedGoogle google;
  google.create({SeedTab{"Small", {}, 2, 2}});
  const auto message = [&](const std::string& where, const std::string& rows) {
    return google
        .batch(Json::parse("[{\"updateCells\": {" + where +
                           ", \"fields\": \"userEnteredValue\", \"rows\": " + rows + "}}]"))
        .message();
  };
  REQUIRE(message(R"("start": {"rowIndex": 2})", "[{}]") ==
          "Invalid requests[0].updateCells: GridCoordinate.rowIndex[2] is after last row in grid[1]");
  REQUIRE(message(R"("start": {"columnIndex": 1})", R"([{"values": [{}, {}]}])") ==
          "Invalid requests[0].updateCells: Attempting to write column: 2, beyond the last requested column "
          "of: 1");
  REQUIRE(message(R"("range": {"endRowIndex": 1})", "[{}, {}]") ==
          "Invalid requests[0].updateCells: Attempting to write row: 1, beyond the last requested row of: 0");
  REQUIRE(google.batch(R"([{"updateCells": {"start": {}, "rows": [{}]}}])"_js).message() ==
          "Invalid requests[0].updateCells: At least one field must be listed in 'fields'. (Use '*' to "
          "indicate all "
          "fields.)");
  REQUIRE(google.batch(R"([{"updateCells": {"start": {"rowIndex": "x"}, "fields": "*", "rows": [{}]}}])"_js)
              .message() ==
          "Invalid value at 'requests[0].update_cells.start.row_index' (TYPE_INT32), \"x\"");
}

TEST_CASE("inserted rows push down what follows and take formats and validation from a neighbour") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([["head"], ["50%"], ["2020-01-01"], ["=A2"]])"_js);
  google.batch(R"([{"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 4},
                                        "inheritFromBefore": true}}])"_js);
  REQUIRE(google.values("Sheet1") == R"([["head"], ["50%"], [], [], ["2020-01-01"], ["0.5"]])"_js);
  google.put("A3", "RAW", R"([[0.25], [0.75]])"_js);
  REQUIRE(google.values("A3:A4") == R"([["25%"], ["75%"]])"_js);
  REQUIRE(properties_of(google)["gridProperties"]["rowCount"] == 1002);
  REQUIRE(google
              .batch(R"([{"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1},
                                                "inheritFromBefore": true}}])"_js)
              .status == 400);
}

TEST_CASE("formulas follow inserted, deleted and renamed cells") {
  EmulatedGoogle google;
  google.create({SeedTab{"Data", {{1.0}, {2.0}, {3.0}}, 10, 3}, SeedTab{"Sum", {}, 10, 3}});
  google.put("Sum!A1", "USER_ENTERED", R"j([["=Data!A3", "=SUM(Data!A1:A3)", "=Data!$A$2"]])j"_js);
  google.batch(
      R"([{"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}}])"_js);
  const auto formulas = [&] { return google.values("Sum!A1:C1", "valueRenderOption=FORMULA"); };
  REQUIRE(formulas() == R"j([["=Data!A4", "=SUM(Data!A1:A4)", "=Data!$A$3"]])j"_js);
  google.batch(
      R"([{"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3}}}])"_js);
  REQUIRE(formulas() == R"j([["=Data!A3", "=SUM(Data!A1:A3)", "=#REF!"]])j"_js);
  REQUIRE(google.values("Sum!A1:C1") == R"([["3", "4", "#REF!"]])"_js);
  google.batch(R"([{"updateSheetProperties": {"properties": {"title": "My data"}, "fields": "title"}}])"_js);
  REQUIRE(formulas() == R"j([["='My data'!A3", "=SUM('My data'!A1:A3)", "=#REF!"]])j"_js);
}

TEST_CASE("rows and columns are appended and deleted") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a", "b", "c"], ["d", "e", "f"]])"_js);
  google.batch(R"([{"deleteDimension": {"range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}}},
                   {"appendDimension": {"dimension": "ROWS", "length": 10}}])"_js);
  REQUIRE(google.values("Sheet1") == R"([["a", "c"], ["d", "f"]])"_js);
  REQUIRE(properties_of(google)["gridProperties"] == R"({"rowCount": 1010, "columnCount": 25})"_js);
  REQUIRE(
      google
          .batch(
              R"([{"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 5, "endIndex": 2000}}}])"_js)
          .status == 400);
  REQUIRE(google.batch(R"([{"appendDimension": {"dimension": "ROWS", "length": 400000}}])"_js).message() ==
          "Invalid requests[0].appendDimension: This action would increase the number of cells in the "
          "workbook above "
          "the limit of 10000000 cells.");
}

TEST_CASE("a growth beyond Google's limit is refused before it is made") {
  EmulatedGoogle google;
  for (const char* request :
       {R"([{"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2147483647}}}])",
        R"([{"appendDimension": {"dimension": "COLUMNS", "length": 2147483647}}])",
        R"([{"updateSheetProperties": {"properties": {"gridProperties": {"rowCount": 10000000}},
                                       "fields": "gridProperties.rowCount"}}])",
        R"([{"addSheet": {"properties": {"gridProperties": {"rowCount": 10000000, "columnCount": 1}}}}])"}) {
    const Answer answer = google.batch(Json::parse(request));
    REQUIRE(answer.status == 400);
    REQUIRE(answer.message().find("above the limit of 10000000 cells.") != std::string::npos);
  }
}

TEST_CASE("appendCells goes on below the last row with data and grows the grid") {
  EmulatedGoogle google;
  google.create({SeedTab{"Small", {{}, {std::string("a")}}, 2, 1}});
  google.batch(R"([{"appendCells": {"fields": "*", "rows": [
    {"values": [{"userEnteredValue": {"stringValue": "b"}}, {"userEnteredValue": {"stringValue": "c"}}]}]}}])"_js);
  REQUIRE(google.values("Small") == R"([[], ["a"], ["b", "c"]])"_js);
}

TEST_CASE("repeatCell moves a formula's references along and is cut at the grid's end") {
  EmulatedGoogle google;
  google.create({SeedTab{"Small", {{1.0}, {2.0}, {3.0}}, 3, 2}});
  google.batch(
      R"([{"repeatCell": {"range": {"startColumnIndex": 1, "endRowIndex": 99}, "fields": "userEnteredValue",
                                   "cell": {"userEnteredValue": {"formulaValue": "=A1*$A$3"}}}}])"_js);
  REQUIRE(google.values("B1:B3") == R"([["3"], ["6"], ["9"]])"_js);
  REQUIRE(google.values("B3", "valueRenderOption=FORMULA") == R"([["=A3*$A$3"]])"_js);
}

TEST_CASE("sorting orders numbers, text and booleans, empty cells last either way") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["", 1], ["b", 2], [2, 3], ["A", 4], [10, 5], [true, 6]])"_js);
  const auto sort = [&](const std::string& order) {
    google.batch(Json::parse(R"([{"sortRange": {"range": {"endRowIndex": 6, "endColumnIndex": 2},
                                  "sortSpecs": [{"dimensionIndex": 0, "sortOrder": ")" +
                             order + "\"}]}}]"));
    return google.values("B1:B6", "majorDimension=COLUMNS");
  };
  REQUIRE(sort("ASCENDING") == R"([["3", "5", "4", "2", "6", "1"]])"_js);
  REQUIRE(sort("DESCENDING") == R"([["6", "2", "4", "5", "3", "1"]])"_js);
}

TEST_CASE("a sorted formula keeps looking at its own row") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([[2, "=A1*10"], [1, "=A2*10"]])"_js);
  google.batch(
      R"([{"sortRange": {"range": {"endRowIndex": 2, "endColumnIndex": 2}, "sortSpecs": [{}]}}])"_js);
  REQUIRE(google.values("A1:B2") == R"([["1", "10"], ["2", "20"]])"_js);
}

TEST_CASE("data validation is set, echoed without what is false, and cleared") {
  EmulatedGoogle google;
  google.batch(
      R"([{"setDataValidation": {"range": {"startRowIndex": 1, "endRowIndex": 2, "endColumnIndex": 1},
    "rule": {"condition": {"type": "BOOLEAN"}, "strict": true, "showCustomUi": false}}}])"_js);
  const std::string query = "?fields=sheets.data.rowData.values.dataValidation";
  REQUIRE(google.get(query).body == R"({"sheets": [{"data": [{"rowData": [{},
    {"values": [{"dataValidation": {"condition": {"type": "BOOLEAN"}, "strict": true}}]}]}]}]})"_js);
  google.batch(R"([{"setDataValidation": {"range": {"endColumnIndex": 1}}}])"_js);
  REQUIRE(google.get(query).body == R"({"sheets": [{"data": [{}]}]})"_js);
}

TEST_CASE("sheets are added, hidden, moved and deleted under Google's rules") {
  EmulatedGoogle google;
  REQUIRE(google.batch(R"([{"deleteSheet": {}}])"_js).message() ==
          "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.");
  google.batch(R"([{"addSheet": {"properties": {"title": "B", "sheetId": 1}}},
                   {"addSheet": {"properties": {"title": "C", "sheetId": 2, "index": 0}}}])"_js);
  const auto titles = [&] {
    std::string all;
    const Json answer = google.get("").body;
    for (const Json& sheet : answer["sheets"])
      all += sheet["properties"]["title"].get<std::string>() + " ";
    return all;
  };
  REQUIRE(titles() == "C Sheet1 B ");
  REQUIRE(
      google.batch(R"([{"addSheet": {"properties": {"title": "b"}}}])"_js).message() ==
      "Invalid requests[0].addSheet: A sheet with the name \"b\" already exists. Please enter another name.");
  google.batch(
      R"([{"updateSheetProperties": {"properties": {"sheetId": 2, "index": 2}, "fields": "index"}}])"_js);
  REQUIRE(titles() == "Sheet1 C B ");
  google.batch(
      R"([{"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": true}, "fields": "hidden"}}])"_js);
  google.put("A1", "RAW", R"([["first visible"]])"_js);
  REQUIRE(google.values("C!A1") == R"([["first visible"]])"_js);
  google.batch(R"([{"deleteSheet": {"sheetId": 1}}])"_js);
  REQUIRE(google.batch(R"([{"deleteSheet": {"sheetId": 2}}])"_js).status == 400);
  REQUIRE(titles() == "Sheet1 C ");
}

TEST_CASE("frozen rows, hidden rows and conditional formats are kept and follow the grid") {
  EmulatedGoogle google;
  google.batch(R"([
    {"updateSheetProperties": {"properties": {"gridProperties": {"frozenRowCount": 1}},
                               "fields": "gridProperties.frozenRowCount"}},
    {"updateDimensionProperties": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3},
                                   "properties": {"hiddenByUser": true}, "fields": "hiddenByUser"}},
    {"addConditionalFormatRule": {"rule": {"ranges": [{"startRowIndex": 2, "endRowIndex": 3}],
      "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {"red": 1, "green": 0}}}}}},
    {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}}
  ])"_js);
  REQUIRE(properties_of(google)["gridProperties"]["frozenRowCount"] == 1);
  const Json sheet =
      google.get("?fields=sheets(data.rowMetadata,conditionalFormats)&ranges=A1:A5").body["sheets"][0];
  REQUIRE(sheet["data"][0]["rowMetadata"][3] == R"({"hiddenByUser": true, "pixelSize": 21})"_js);
  REQUIRE(sheet["data"][0]["rowMetadata"][2] == R"({"pixelSize": 21})"_js);
  REQUIRE(sheet["conditionalFormats"] == R"([{"ranges": [{"startRowIndex": 3, "endRowIndex": 4}],
    "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {"red": 1}}}}])"_js);
}

TEST_CASE("the changed spreadsheet comes along when asked for") {
  EmulatedGoogle google;
  const Answer answer = google.post(":batchUpdate", R"({"includeSpreadsheetInResponse": true,
    "responseIncludeGridData": true, "responseRanges": ["A1"],
    "requests": [{"updateCells": {"start": {}, "fields": "*",
                                  "rows": [{"values": [{"userEnteredValue": {"numberValue": 7}}]}]}}]})"_js);
  const Json sheet = answer.body["updatedSpreadsheet"]["sheets"][0];
  REQUIRE(sheet["data"][0]["rowData"][0]["values"][0]["effectiveValue"] == R"({"numberValue": 7})"_js);
}
