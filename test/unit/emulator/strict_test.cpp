#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

Json field_violations(const Answer& answer) { return answer.body["error"]["details"][0]["fieldViolations"]; }

}  // namespace

TEST_CASE("a name that Google does not know is refused with Google's sentence and place") {
  EmulatedGoogle google;
  const Answer nested = google.batch(R"([{"repeatCell": {"range": {"startRow": 1}, "fields": "note"}}])"_js);
  REQUIRE(nested.status == 400);
  REQUIRE(nested.body["error"]["status"] == "INVALID_ARGUMENT");
  const std::string sentence =
      "Invalid JSON payload received. Unknown name \"startRow\" at 'requests[0].repeat_cell.range': Cannot "
      "find "
      "field.";
  REQUIRE(nested.message() == sentence);
  REQUIRE(field_violations(nested) ==
          Json::array({{{"field", "requests[0].repeat_cell.range"}, {"description", sentence}}}));

  const Answer kind = google.batch(R"([{"addShet": {}}])"_js);
  REQUIRE(kind.message() ==
          "Invalid JSON payload received. Unknown name \"addShet\" at 'requests[0]': Cannot find field.");
  const Answer root = google.post(":batchUpdate", R"({"request": []})"_js);
  REQUIRE(root.message() == "Invalid JSON payload received. Unknown name \"request\": Cannot find field.");
  REQUIRE_FALSE(field_violations(root)[0].contains("field"));
  const Answer values = google.call(
      "PUT", "/v4/spreadsheets/" + google.id + "/values/A1?valueInputOption=RAW", R"({"value": [[1]]})"_js);
  REQUIRE(values.message() ==
          "Invalid JSON payload received. Unknown name \"value\" at 'data': Cannot find field.");
}

TEST_CASE("everything that is wrong with a request is named at once") {
  EmulatedGoogle google;
  const Answer answer =
      google.batch(R"([{"addSheet": {"a": 1}}, {"deleteSheet": {"sheetId": "x", "b": 1}}])"_js);
  REQUIRE(
      answer.message() ==
      "Invalid JSON payload received. Unknown name \"a\" at 'requests[0].add_sheet': Cannot find field.\n"
      "Invalid value at 'requests[1].delete_sheet.sheet_id' (TYPE_INT32), \"x\"\n"
      "Invalid JSON payload received. Unknown name \"b\" at 'requests[1].delete_sheet': Cannot find field.");
  REQUIRE(field_violations(answer).size() == 3);
}

TEST_CASE("values of the wrong type, unknown enumeration values and two of one kind are refused") {
  EmulatedGoogle google;
  const auto message = [&](const Json& request) { return google.batch(Json::array({request})).message(); };
  REQUIRE(message(R"({"appendDimension": {"dimension": "ROWSX", "length": 1}})"_js) ==
          "Invalid value at 'requests[0].append_dimension.dimension' "
          "(type.googleapis.com/google.apps.sheets.v4.Dimension), \"ROWSX\"");
  REQUIRE(message(R"({"appendDimension": {"dimension": "ROWS", "length": 1.5}})"_js) ==
          "Invalid value at 'requests[0].append_dimension.length' (TYPE_INT32), 1.5");
  REQUIRE(message(R"({"addSheet": {"properties": {"title": 5}}})"_js) ==
          "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 5");
  REQUIRE(message(R"({"addSheet": "x"})"_js) ==
          "Invalid value at 'requests[0].add_sheet' "
          "(type.googleapis.com/google.apps.sheets.v4.AddSheetRequest), \"x\"");
  REQUIRE(
      message(R"({"addSheet": {"properties": [{}]}})"_js) ==
      "Invalid JSON payload received. Unknown name \"properties\" at 'requests[0].add_sheet': Proto field is "
      "not repeating, cannot start list.");
  REQUIRE(
      message(R"({"addSheet": {}, "deleteSheet": {}})"_js) ==
      "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'");
}

TEST_CASE("unknown query parameters are refused, and values that a parameter does not have") {
  EmulatedGoogle google;
  REQUIRE(google.get("?range=A1").message() ==
          "Invalid JSON payload received. Unknown name \"range\": Cannot bind query parameter. Field 'range' "
          "could "
          "not be found in request message.");
  REQUIRE(
      google.get("/values/A1?valueRenderOption=RAW").message() ==
      "Invalid value at 'value_render_option' (type.googleapis.com/google.apps.sheets.v4.ValueRenderOption), "
      "\"RAW\"");
  REQUIRE(google.get("?alt=json&prettyPrint=false&quotaUser=a&$.xgafv=2&key=k").status == 200);
  REQUIRE(google.get("?include_grid_data=true").body["sheets"][0].contains("data"));
}

TEST_CASE("masks may only name what there is, those of answers and those of requests") {
  EmulatedGoogle google;
  const Answer read = google.get("?fields=sheets.properties.titel");
  REQUIRE(read.message() == "Request contains an invalid argument.");
  REQUIRE(
      field_violations(read)[0]["description"] ==
      "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.properties.titel'.");
  REQUIRE(google.get("?fields=sheets.properties.title.x").status == 400);
  REQUIRE(google.get("?fields=sheets(properties(sheet_id,title))").body["sheets"][0]["properties"] ==
          R"({"sheetId": 0, "title": "Sheet1"})"_js);
  REQUIRE(
      google.batch(R"([{"updateSheetProperties": {"properties": {}, "fields": "titel"}}])"_js).message() ==
      "Invalid requests[0].updateSheetProperties: Invalid field: titel");
}

TEST_CASE("what Google's JSON reader forgives is forgiven") {
  EmulatedGoogle google;
  const Answer lenient = google.batch(R"([
    {"append_dimension": {"sheet_id": "0", "dimension": "ROWS", "length": "5"}},
    {"updateSheetProperties": {"properties": {"sheetId": 0.0, "title": "Renamed", "hidden": null,
      "grid_properties": {"frozen_row_count": 1}}, "fields": "title,grid_properties.frozen_row_count"}},
    {"appendDimension": {"dimension": 2, "length": 1}},
    {"repeatCell": {"range": {"endRowIndex": 1}, "cell": {"userEnteredValue": {"numberValue": "1.5"}},
      "fields": "userEnteredValue"}}])"_js);
  REQUIRE(lenient.status == 200);
  const Json properties = google.get("").body["sheets"][0]["properties"];
  REQUIRE(properties["title"] == "Renamed");
  REQUIRE(properties["gridProperties"] == R"({"rowCount": 1005, "columnCount": 27, "frozenRowCount": 1})"_js);
  REQUIRE(google.values("A1", "valueRenderOption=UNFORMATTED_VALUE") == R"([[1.5]])"_js);
}

TEST_CASE("a list that is empty is as none, and a list among messages stands for its messages") {
  EmulatedGoogle google;
  const Json requests = R"([[{"setBasicFilter": {"filter": {"range": {"endRowIndex": 5}, "sortSpecs": [],
                                                            "filterSpecs": []}}}],
                            {"addConditionalFormatRule": {"rule": {"ranges": [], "booleanRule": {}}}}])"_js;
  REQUIRE(google.batch(requests).message() ==
          "Invalid requests[1].addConditionalFormatRule: A conditional format rule needs a range.");
  REQUIRE(google.batch(Json::array({requests[0]})).status == 200);
  const Json filter = google.get("?fields=sheets.basicFilter").body["sheets"][0]["basicFilter"];
  REQUIRE(filter["range"]["endRowIndex"] == 5);
  REQUIRE_FALSE(filter.contains("sortSpecs"));
  REQUIRE_FALSE(filter.contains("filterSpecs"));
  REQUIRE(google.batch(Json::array()).message() == "Must specify at least one request.");
  REQUIRE(
      google.batch(R"([{"updateCells": {"rows": [["x"]], "fields": "note", "start": {}}}])"_js).message() ==
      "Invalid value at 'requests[0].update_cells.rows[0][0]' "
      "(type.googleapis.com/google.apps.sheets.v4.RowData), \"x\"");
}

TEST_CASE("a slash before a verb and at the end of an address counts for nothing") {
  EmulatedGoogle google;
  REQUIRE(google.get("/").status == 200);
  REQUIRE(google
              .post("/:batchUpdate",
                    R"({"requests": [{"appendDimension": {"dimension": "ROWS", "length": 1}}]})"_js)
              .status == 200);
  REQUIRE(google.get("/values/A1/").status == 200);
  REQUIRE(google.get("//").status == 404);
}

TEST_CASE("methods and requests that Google has and the emulator has not are refused by name") {
  EmulatedGoogle google;
  REQUIRE(google.post("/values:batchGetByDataFilter", Json::object()).message() ==
          "The method spreadsheets.values.batchGetByDataFilter is not served here.");
  REQUIRE(google.batch(R"([{"addChart": {"chart": {}}}])"_js).message() ==
          "Invalid requests[0].addChart: This kind of request is not served here.");
  REQUIRE(google.post(":batchUpdatex", Json::object()).status == 404);
}

TEST_CASE("requests that Google would not understand are counted") {
  EmulatedGoogle google;
  google.get("?fields=nothing");
  google.batch(R"([{"addShet": {}}])"_js);
  google.batch(R"([{"deleteSheet": {"sheetId": 99}}])"_js);  // understood, and refused
  const Json counted = google.call("GET", "/_emulator/violations").body;
  REQUIRE(counted["count"] == 2);
  REQUIRE(counted["violations"][0]["method"] == "spreadsheets.get");
  REQUIRE(counted["violations"][1]["message"] ==
          "Invalid JSON payload received. Unknown name \"addShet\" at 'requests[0]': Cannot find field.");
  google.call("POST", "/_emulator/calls/reset");
  REQUIRE(google.call("GET", "/_emulator/violations").body == R"({"count": 0, "violations": []})"_js);
}

TEST_CASE("what a person does in a test must be requests that Google knows") {
  EmulatedGoogle google;
  REQUIRE_THROWS_WITH(google.emulator.apply_as_owner(google.id, R"([{"addShet": {}}])"),
                      Catch::Contains("Unknown name \"addShet\""));
}
