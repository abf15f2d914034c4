#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

Json create_on_spreadsheet(const char* key, const char* value, int id) {
  return {{"createDeveloperMetadata",
           {{"developerMetadata",
             {{"metadataId", id},
              {"metadataKey", key},
              {"metadataValue", value},
              {"visibility", "DOCUMENT"},
              {"location", {{"spreadsheet", true}}}}}}}};
}

Json create_on_row(int row, int id) {
  return {
      {"createDeveloperMetadata",
       {{"developerMetadata",
         {{"metadataId", id},
          {"metadataKey", "row"},
          {"visibility", "PROJECT"},
          {"location",
           {{"dimensionRange", {{"dimension", "ROWS"}, {"startIndex", row}, {"endIndex", row + 1}}}}}}}}}};
}

Json by_key(const char* key) { return {{"developerMetadataLookup", {{"metadataKey", key}}}}; }

Json search(EmulatedGoogle& google, const Json& filter) {
  return google.post("/developerMetadata:search", {{"dataFilters", Json::array({filter})}}).body;
}

}  // namespace

TEST_CASE("metadata of a spreadsheet is made, read, changed and deleted by its key") {
  EmulatedGoogle google;
  const Answer made = google.batch(Json::array({create_on_spreadsheet("marker", "one", 7)}));
  const Json stored = R"({"metadataId": 7, "metadataKey": "marker", "metadataValue": "one",
    "location": {"locationType": "SPREADSHEET", "spreadsheet": true}, "visibility": "DOCUMENT"})"_js;
  REQUIRE(made.body["replies"][0] == Json{{"createDeveloperMetadata", {{"developerMetadata", stored}}}});
  REQUIRE(google.get("?fields=developerMetadata").body == Json{{"developerMetadata", Json::array({stored})}});
  REQUIRE(google.get("?fields=developerMetadata(metadataValue)").body ==
          R"({"developerMetadata": [{"metadataValue": "one"}]})"_js);
  REQUIRE(google.get("/developerMetadata/7").body == stored);
  REQUIRE(
      search(google, by_key("marker")) ==
      Json{{"matchedDeveloperMetadata", Json::array({{{"developerMetadata", stored},
                                                      {"dataFilters", Json::array({by_key("marker")})}}})}});

  const Answer changed = google.batch(Json::array({{{"updateDeveloperMetadata",
                                                     {{"dataFilters", Json::array({by_key("marker")})},
                                                      {"developerMetadata", {{"metadataValue", "two"}}},
                                                      {"fields", "metadataValue"}}}}}));
  REQUIRE(changed.body["replies"][0]["updateDeveloperMetadata"]["developerMetadata"][0]["metadataValue"] ==
          "two");
  REQUIRE(google.get("/developerMetadata/7").body["metadataKey"] == "marker");

  const Json remove = Json::array({{{"deleteDeveloperMetadata", {{"dataFilter", by_key("marker")}}}}});
  REQUIRE(google.batch(remove).body["replies"][0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]
                                   ["metadataId"] == 7);
  REQUIRE(google.batch(remove).body["replies"][0] == R"({"deleteDeveloperMetadata": {}})"_js);
  REQUIRE(google.get("/developerMetadata/7").status == 404);
  REQUIRE(search(google, by_key("marker")) == Json::object());
}

TEST_CASE("metadata without key, visibility or place, or with an id that is taken, is refused") {
  EmulatedGoogle google;
  google.batch(Json::array({create_on_spreadsheet("marker", "one", 7)}));
  REQUIRE(google.batch(Json::array({create_on_spreadsheet("other", "", 7)})).message() ==
          "Invalid requests[0].createDeveloperMetadata: Developer metadata with id 7 already exists.");
  for (const char* missing : {"metadataKey", "visibility", "location"}) {
    Json request = create_on_spreadsheet("marker", "one", 8);
    request["createDeveloperMetadata"]["developerMetadata"].erase(missing);
    INFO(missing);
    REQUIRE(google.batch(Json::array({request})).status == 400);
  }
  REQUIRE(google.batch(R"([{"deleteDeveloperMetadata": {"dataFilter": {}}}])"_js).status == 400);
}

TEST_CASE("metadata of a row follows it and goes with it") {
  EmulatedGoogle google;
  google.batch(Json::array({create_on_row(4, 9), create_on_spreadsheet("marker", "", 1)}));
  google.batch(
      R"([{"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 5}}}])"_js);
  REQUIRE(
      google.get("/developerMetadata/9").body["location"] ==
      R"({"locationType": "ROW", "dimensionRange": {"dimension": "ROWS", "startIndex": 7, "endIndex": 8}})"_js);
  REQUIRE(google.get("?ranges=A8:A8&fields=sheets.data(startRow,rowMetadata.developerMetadata.metadataKey)")
              .body["sheets"][0]["data"][0] ==
          R"({"startRow": 7, "rowMetadata": [{"developerMetadata": [{"metadataKey": "row"}]}]})"_js);
  google.batch(
      R"([{"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 7, "endIndex": 8}}}])"_js);
  REQUIRE(google.get("/developerMetadata/9").status == 404);
  REQUIRE(google.get("/developerMetadata/1").status == 200);
}

TEST_CASE("a lookup matches all that it names, places by what they intersect") {
  EmulatedGoogle google;
  google.batch(Json::array({create_on_row(4, 9), create_on_spreadsheet("row", "x", 1)}));
  const auto found = [&](const Json& lookup) {
    std::vector<int> ids;
    const Json answer = search(google, {{"developerMetadataLookup", lookup}});
    for (const Json& entry : answer.value("matchedDeveloperMetadata", Json::array()))
      ids.push_back(entry["developerMetadata"]["metadataId"].get<int>());
    return ids;
  };
  REQUIRE(found(R"({"metadataKey": "row"})"_js) == std::vector<int>{1, 9});
  REQUIRE(found(R"({"metadataKey": "row", "locationType": "ROW"})"_js) == std::vector<int>{9});
  REQUIRE(found(R"({"metadataKey": "row", "visibility": "DOCUMENT"})"_js) == std::vector<int>{1});
  REQUIRE(found(R"({"metadataValue": "x", "metadataId": 9})"_js).empty());
  REQUIRE(found(R"({"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "EXACT_LOCATION"})"_js)
              .empty());
  REQUIRE(found(R"({"metadataLocation": {"sheetId": 0}})"_js) == std::vector<int>{1, 9});
}

TEST_CASE("getByDataFilter shows what its filters select") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a"], ["b"], ["c"], ["d"], ["e"]])"_js);
  google.batch(Json::array({create_on_row(4, 9)}));
  const std::string fields = "?fields=sheets.data(startRow,rowData.values.userEnteredValue)";
  REQUIRE(google.post(":getByDataFilter" + fields, {{"dataFilters", Json::array({by_key("row")})}})
              .body["sheets"][0]["data"] ==
          R"([{"startRow": 4, "rowData": [{"values": [{"userEnteredValue": {"stringValue": "e"}}]}]}])"_js);
  REQUIRE(google
              .post(":getByDataFilter" + fields, R"({"dataFilters": [{"a1Range": "A2"}, {"gridRange": {
    "startRowIndex": 2, "endRowIndex": 3}}]})"_js)
              .body["sheets"][0]["data"]
              .size() == 2);
  REQUIRE(google.post(":getByDataFilter", {{"dataFilters", Json::array({by_key("none")})}})
              .body.value("sheets", Json::array())
              .empty());
}

TEST_CASE("a batch answers with the spreadsheet as it is afterwards, under the mask of the whole answer") {
  EmulatedGoogle google;
  google.create({SeedTab{"A", {{"x", 1.0}, {"y", 2.0}}}, SeedTab{"B", {{"other"}}}});
  const Json body = {{"requests", Json::array({R"({"updateCells": {"start": {"rowIndex": 1, "columnIndex": 1},
        "fields": "userEnteredValue", "rows": [{"values": [{"userEnteredValue": {"formulaValue": "=B1+1"}}]}]}})"_js,
                                               create_on_spreadsheet("marker", "m", 3)})},
                     {"includeSpreadsheetInResponse", true},
                     {"responseRanges", {"A!A2:B3"}}};
  const std::string fields =
      "?fields=updatedSpreadsheet(developerMetadata(metadataKey),sheets(properties(sheetId,title),data("
      "startRow,"
      "startColumn,rowData.values(userEnteredValue,effectiveValue))))";
  REQUIRE(google.post(":batchUpdate" + fields, body).body == R"({"updatedSpreadsheet": {
    "sheets": [{"properties": {"sheetId": 0, "title": "A"}, "data": [{"startRow": 1, "rowData": [{"values": [
      {"userEnteredValue": {"stringValue": "y"}, "effectiveValue": {"stringValue": "y"}},
      {"userEnteredValue": {"formulaValue": "=B1+1"}, "effectiveValue": {"numberValue": 2}}]}]}]}],
    "developerMetadata": [{"metadataKey": "marker"}]}})"_js);
}

TEST_CASE("without a mask a batch shows cells only when they are asked for") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a"]])"_js);
  Json body = {{"requests", R"([{"appendDimension": {"dimension": "ROWS", "length": 1}}])"_js},
               {"includeSpreadsheetInResponse", true}};
  REQUIRE_FALSE(google.post(":batchUpdate", body).body["updatedSpreadsheet"]["sheets"][0].contains("data"));
  body["responseIncludeGridData"] = true;
  REQUIRE(google.post(":batchUpdate", body).body["updatedSpreadsheet"]["sheets"][0].contains("data"));
  // A mask decides alone.
  REQUIRE_FALSE(google.post(":batchUpdate?fields=updatedSpreadsheet.sheets.properties", body)
                    .body["updatedSpreadsheet"]["sheets"][0]
                    .contains("data"));
}
