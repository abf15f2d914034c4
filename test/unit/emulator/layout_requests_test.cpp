#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

const char* const kRaw = "valueRenderOption=UNFORMATTED_VALUE";
const char* const kFormula = "valueRenderOption=FORMULA";

Json sheet_of(EmulatedGoogle& google) { return google.get("").body["sheets"][0]; }

Json reply_of(EmulatedGoogle& google, const Json& request) {
  const Answer answer = google.batch(Json::array({request}));
  INFO(answer.text);
  REQUIRE(answer.status == 200);
  return answer.body["replies"][0];
}

}  // namespace

TEST_CASE("merged cells keep the first content and are taken apart again") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["", "x"], ["y", "z"]])"_js);
  reply_of(
      google,
      R"({"mergeCells": {"range": {"endRowIndex": 2, "endColumnIndex": 2}, "mergeType": "MERGE_ALL"}})"_js);
  REQUIRE(google.values("A1:B2") == R"([["x"]])"_js);
  REQUIRE(sheet_of(google)["merges"] ==
          R"([{"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}])"_js);
  REQUIRE(google.batch(R"([{"unmergeCells": {"range": {"endRowIndex": 1, "endColumnIndex": 1}}}])"_js)
              .message() ==
          "Invalid requests[0].unmergeCells: You must select all cells in a merged range to merge or unmerge "
          "them.");
  reply_of(google, R"({"unmergeCells": {"range": {"endRowIndex": 3, "endColumnIndex": 3}}})"_js);
  REQUIRE_FALSE(sheet_of(google).contains("merges"));
}

TEST_CASE("moved rows take their formulas, sizes and protections along, and references follow them") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED",
             R"j([[1, "=A1*10"], [2, "=A2*10"], [3, "=A3*10"], [4, "=SUM(A2:A3)"]])j"_js);
  google.put("D1", "USER_ENTERED", R"([["=A1"]])"_js);
  reply_of(google, R"({"moveDimension": {"source": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1},
                                          "destinationIndex": 3}})"_js);
  REQUIRE(google.values("A1:B4", kRaw) == R"([[2, 20], [3, 30], [1, 10], [4, 5]])"_js);
  REQUIRE(google.values("D3", kFormula) == R"([["=A3"]])"_js);
  REQUIRE(google
              .batch(R"([{"moveDimension": {"source": {"dimension": "ROWS", "startIndex": 0, "endIndex": 3},
                                              "destinationIndex": 2}}])"_js)
              .status == 400);
  reply_of(google, R"({"moveDimension": {"source": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2},
                                          "destinationIndex": 0}})"_js);
  REQUIRE(google.values("A1:B1", kRaw) == R"([[20, 2]])"_js);
}

TEST_CASE("ranges of cells are inserted and deleted, references in their band follow") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([["a", 1], ["b", 2], ["c", 3]])"_js);
  google.put("D1", "USER_ENTERED", R"([["=A2", "=B2"]])"_js);
  reply_of(google, R"({"insertRange": {"range": {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0,
                                                  "endColumnIndex": 1}, "shiftDimension": "ROWS"}})"_js);
  REQUIRE(google.values("A1:B4", kRaw) == R"([["a", 1], ["", 2], ["b", 3], ["c"]])"_js);
  REQUIRE(google.values("D1:E1", kFormula) == R"([["=A3", "=B2"]])"_js);
  reply_of(google, R"({"deleteRange": {"range": {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0,
                                                  "endColumnIndex": 1}, "shiftDimension": "ROWS"}})"_js);
  REQUIRE(google.values("A1:B3", kRaw) == R"([["a", 1], ["b", 2], ["c", 3]])"_js);
  REQUIRE(google.values("D1", kFormula) == R"([["=A2"]])"_js);
}

TEST_CASE("copies repeat, adjust formulas, transpose, and paste only what they are asked for") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([[1, "=A1*2"], [3, "=A2*2"]])"_js);
  reply_of(google, R"({"copyPaste": {"source": {"endRowIndex": 1, "endColumnIndex": 2},
    "destination": {"startRowIndex": 4, "endRowIndex": 6, "endColumnIndex": 2}, "pasteType": "PASTE_NORMAL"}})"_js);
  REQUIRE(google.values("A5:B6", kFormula) == R"([[1, "=A5*2"], [1, "=A6*2"]])"_js);
  reply_of(google, R"({"copyPaste": {"source": {"endRowIndex": 2, "endColumnIndex": 2},
    "destination": {"startRowIndex": 9, "endRowIndex": 10, "endColumnIndex": 1}, "pasteType": "PASTE_VALUES",
    "pasteOrientation": "TRANSPOSE"}})"_js);
  REQUIRE(google.values("A10:B11", kFormula) == R"([[1, 3], [2, 6]])"_js);
}

TEST_CASE("cut cells leave nothing behind and references follow them") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([[5, "=A1+1"]])"_js);
  reply_of(google, R"({"cutPaste": {"source": {"endRowIndex": 1, "endColumnIndex": 1},
    "destination": {"rowIndex": 3, "columnIndex": 2}, "pasteType": "PASTE_NORMAL"}})"_js);
  REQUIRE(google.values("A1:B1", kFormula) == R"([["", "=C4+1"]])"_js);
  REQUIRE(google.values("B1", kRaw) == R"([[6]])"_js);
}

TEST_CASE("pasted text is typed in, cell by cell") {
  EmulatedGoogle google;
  reply_of(google, {{"pasteData",
                     {{"coordinate", Json::object()},
                      {"data", "a,\"b, c\"\n1,50%"},
                      {"delimiter", ","},
                      {"type", "PASTE_NORMAL"}}}});
  REQUIRE(google.values("A1:B2", kRaw) == R"([["a", "b, c"], [1, 0.5]])"_js);
}

TEST_CASE("find and replace counts what it changed") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([["Emea", "emea emea"], ["=1+1", "other"]])"_js);
  REQUIRE(
      reply_of(google,
               R"({"findReplace": {"find": "EMEA", "replacement": "$APAC", "allSheets": true}})"_js) ==
      R"({"findReplace": {"valuesChanged": 2, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 3}})"_js);
  REQUIRE(google.values("A1:B1") == R"([["$APAC", "$APAC $APAC"]])"_js);
  REQUIRE(reply_of(google, R"({"findReplace": {"find": "1", "replacement": "2", "includeFormulas": true,
                                                "sheetId": 0}})"_js)["findReplace"]["formulasChanged"] == 1);
  REQUIRE(google.values("A2", kFormula) == R"([["=2+2"]])"_js);
  REQUIRE(reply_of(google, R"({"findReplace": {"find": "nowhere", "allSheets": true}})"_js) ==
          R"({"findReplace": {}})"_js);
}

TEST_CASE("borders are set on the edges and inside, and taken away") {
  EmulatedGoogle google;
  const std::string fields = "?ranges=A1:B2&fields=sheets.data.rowData.values.userEnteredFormat.borders";
  reply_of(google, R"({"updateBorders": {"range": {"endRowIndex": 2, "endColumnIndex": 2},
    "top": {"style": "SOLID"}, "innerVertical": {"style": "DASHED"}}})"_js);
  const Json rows = google.get(fields).body["sheets"][0]["data"][0]["rowData"];
  const Json first = rows[0]["values"][0]["userEnteredFormat"]["borders"];
  REQUIRE(first["top"]["style"] == "SOLID");
  REQUIRE(first["right"]["style"] == "DASHED");
  REQUIRE_FALSE(first.contains("left"));
  reply_of(google, R"({"updateBorders": {"range": {"endRowIndex": 2, "endColumnIndex": 2},
    "top": {"style": "NONE"}, "innerVertical": {"style": "NONE"}}})"_js);
  REQUIRE_FALSE(google.get(fields).body["sheets"][0]["data"][0].contains("rowData"));
}

TEST_CASE("colours come back in both their forms") {
  EmulatedGoogle google;
  reply_of(google, R"({"repeatCell": {"range": {"endRowIndex": 1, "endColumnIndex": 1},
    "cell": {"userEnteredFormat": {"backgroundColor": {"red": 1}, "textFormat": {"foregroundColorStyle":
    {"rgbColor": {"blue": 1}}}}}, "fields": "userEnteredFormat"}})"_js);
  const Json format = google.get("?fields=sheets.data.rowData.values.userEnteredFormat")
                          .body["sheets"][0]["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"];
  REQUIRE(format["backgroundColorStyle"] == R"({"rgbColor": {"red": 1}})"_js);
  REQUIRE(format["textFormat"]["foregroundColor"] == R"({"blue": 1})"_js);
}

TEST_CASE("a group from the first line says so, and where its button stands, also when it is gone") {
  EmulatedGoogle google;
  const auto group = [&](const char* kind, const char* dimension) {
    return reply_of(google,
                    {{kind, {{"range", {{"dimension", dimension}, {"startIndex", 0}, {"endIndex", 2}}}}}});
  };
  REQUIRE(sheet_of(google)["properties"]["gridProperties"].size() == 2);
  REQUIRE(group("addDimensionGroup", "COLUMNS") == R"({"addDimensionGroup": {"dimensionGroups": [
    {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}, "depth": 1}]}})"_js);
  REQUIRE(group("deleteDimensionGroup", "COLUMNS") == R"({"deleteDimensionGroup": {}})"_js);
  group("addDimensionGroup", "ROWS");
  const Json shown = sheet_of(google);
  REQUIRE(shown["properties"]["gridProperties"]["columnGroupControlAfter"] == true);
  REQUIRE(shown["properties"]["gridProperties"]["rowGroupControlAfter"] == true);
  REQUIRE(shown["rowGroups"][0]["range"]["startIndex"] == 0);
  REQUIRE(!shown.contains("columnGroups"));
  reply_of(google, R"({"updateSheetProperties": {"properties": {"sheetId": 0, "gridProperties": {}},
    "fields": "gridProperties.rowGroupControlAfter"}})"_js);
  REQUIRE(!sheet_of(google)["properties"]["gridProperties"].contains("rowGroupControlAfter"));
}

TEST_CASE("overlapping groups lie at depths") {
  EmulatedGoogle google;
  const auto group = [&](const char* kind, int start, int end) {
    return reply_of(
        google, {{kind, {{"range", {{"dimension", "COLUMNS"}, {"startIndex", start}, {"endIndex", end}}}}}});
  };
  group("addDimensionGroup", 1, 4);
  REQUIRE(group("addDimensionGroup", 2, 5)["addDimensionGroup"]["dimensionGroups"] == R"([
    {"range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 5}, "depth": 1},
    {"range": {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 4}, "depth": 2}])"_js);
  REQUIRE(sheet_of(google)["columnGroups"].size() == 2);
  group("deleteDimensionGroup", 1, 5);
  REQUIRE(sheet_of(google)["columnGroups"].size() == 1);
  REQUIRE(google
              .batch(R"([{"deleteDimensionGroup": {"range": {"dimension": "COLUMNS", "startIndex": 1,
                                                                "endIndex": 5}}}])"_js)
              .status == 400);
}

TEST_CASE("filters, filter views and bandings are kept, follow columns and go") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["n", "v"], ["b", 2], ["a", 1]])"_js);
  reply_of(google, R"({"setBasicFilter": {"filter": {"range": {"endRowIndex": 3, "endColumnIndex": 2},
    "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}],
    "criteria": {"1": {"hiddenValues": ["2"]}}}}})"_js);
  REQUIRE(google.values("A1:A3") == R"([["n"], ["a"], ["b"]])"_js);
  reply_of(google,
           R"({"insertDimension": {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}})"_js);
  REQUIRE(sheet_of(google)["basicFilter"]["filterSpecs"] ==
          R"([{"columnIndex": 2, "filterCriteria": {"hiddenValues": ["2"]}}])"_js);
  reply_of(google, R"({"clearBasicFilter": {"sheetId": 0}})"_js);
  REQUIRE_FALSE(sheet_of(google).contains("basicFilter"));

  const Json view = reply_of(google, R"({"addFilterView": {"filter": {"title": "Mine", "filterViewId": 5,
    "range": {"endRowIndex": 3, "endColumnIndex": 2}}}})"_js);
  REQUIRE(view["addFilterView"]["filter"]["filterViewId"] == 5);
  reply_of(google,
           R"({"updateFilterView": {"filter": {"filterViewId": 5, "title": "Ours"}, "fields": "title"}})"_js);
  REQUIRE(sheet_of(google)["filterViews"][0]["title"] == "Ours");
  reply_of(google, R"({"deleteFilterView": {"filterId": 5}})"_js);
  REQUIRE(google.batch(R"([{"deleteFilterView": {"filterId": 5}}])"_js).status == 400);

  reply_of(google, R"({"addBanding": {"bandedRange": {"bandedRangeId": 6, "range": {"endRowIndex": 3},
    "rowProperties": {"firstBandColor": {"red": 1}, "secondBandColor": {}}}}})"_js);
  REQUIRE(sheet_of(google)["bandedRanges"][0]["rowProperties"]["firstBandColorStyle"] ==
          R"({"rgbColor": {"red": 1}})"_js);
  reply_of(google, R"({"updateBanding": {"bandedRange": {"bandedRangeId": 6, "range": {"endRowIndex": 2}},
                                          "fields": "range"}})"_js);
  REQUIRE(sheet_of(google)["bandedRanges"][0]["range"] == R"({"endRowIndex": 2})"_js);
  reply_of(google, R"({"deleteBanding": {"bandedRangeId": 6}})"_js);
  REQUIRE_FALSE(sheet_of(google).contains("bandedRanges"));
}

TEST_CASE("named ranges are read by name and follow their cells") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["x"], [2], [3]])"_js);
  const Json reply = reply_of(google, R"({"addNamedRange": {"namedRange": {"name": "effort", "range":
    {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 1}}}})"_js);
  const std::string id = reply["addNamedRange"]["namedRange"]["namedRangeId"];
  REQUIRE(google.values("effort", kRaw) == R"([[2], [3]])"_js);
  reply_of(google,
           R"({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}}})"_js);
  REQUIRE(google.values("Effort", kRaw) == R"([[2], [3]])"_js);
  REQUIRE(google.get("").body["namedRanges"][0]["range"]["startRowIndex"] == 3);
  for (const char* wrong : {"A1", "two words", "effort", "", "true"}) {
    INFO(wrong);
    REQUIRE(
        google
            .batch(Json::array(
                {{{"addNamedRange", {{"namedRange", {{"name", wrong}, {"range", {{"endRowIndex", 1}}}}}}}}}))
            .status == 400);
  }
  reply_of(google, {{"updateNamedRange",
                     {{"namedRange", {{"namedRangeId", id}, {"name", "days"}}}, {"fields", "name"}}}});
  REQUIRE(google.values("days", kRaw) == R"([[2], [3]])"_js);
  reply_of(google, {{"deleteNamedRange", {{"namedRangeId", id}}}});
  REQUIRE(google.get("/values/days").status == 400);
}

TEST_CASE("a sheet is duplicated, and copied to another spreadsheet") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["x"]])"_js);
  const Json copy =
      reply_of(google, R"({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 8, "insertSheetIndex": 1,
                                                            "newSheetName": "Twin"}})"_js);
  REQUIRE(copy["duplicateSheet"]["properties"]["title"] == "Twin");
  REQUIRE(google.values("Twin!A1") == R"([["x"]])"_js);
  const std::string first = google.id;
  google.create({SeedTab{"Sheet1", {}}});
  const Answer copied = google.call("POST", "/v4/spreadsheets/" + first + "/sheets/8:copyTo",
                                    {{"destinationSpreadsheetId", google.id}});
  REQUIRE(copied.body["title"] == "Copy of Twin");
  REQUIRE(google.values("'Copy of Twin'!A1") == R"([["x"]])"_js);
  REQUIRE(google
              .call("POST", "/v4/spreadsheets/" + first + "/sheets/9:copyTo",
                    {{"destinationSpreadsheetId", google.id}})
              .message() == "The sheet (9) does not exist.");
}

TEST_CASE(
    "a spreadsheet is renamed, columns fit their contents, and nothing is inserted behind the grid unasked") {
  EmulatedGoogle google;
  reply_of(google,
           R"({"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}})"_js);
  REQUIRE(google.get("").body["properties"]["title"] == "New");
  google.put("A1", "RAW", R"([["a rather long text in a cell"]])"_js);
  reply_of(
      google,
      R"({"autoResizeDimensions": {"dimensions": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}})"_js);
  REQUIRE(google.get("?fields=sheets.data.columnMetadata.pixelSize")
              .body["sheets"][0]["data"][0]["columnMetadata"][0]["pixelSize"]
              .get<int>() > 150);
  const auto insert = [&](bool inherit) {
    return google.batch(
        Json::array({{{"insertDimension",
                       {{"range", {{"dimension", "ROWS"}, {"startIndex", 1000}, {"endIndex", 1001}}},
                        {"inheritFromBefore", inherit}}}}}));
  };
  REQUIRE(insert(false).message() ==
          "Invalid requests[0].insertDimension: range.startIndex[1000] is after last row in grid[999]");
  REQUIRE(insert(true).status == 200);
}
