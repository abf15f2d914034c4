#include <algorithm>
#include <catch2/catch.hpp>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

constexpr const char* kPlain = "valueRenderOption=UNFORMATTED_VALUE";

Json only_reply(EmulatedGoogle& google, const Json& request) {
  const Answer answer = google.batch(Json::array({request}));
  INFO(answer.text);
  REQUIRE(answer.status == 200);
  return answer.body["replies"][0];
}

Json area(int start_row, int end_row, int start_column, int end_column) {
  return {{"startRowIndex", start_row},
          {"endRowIndex", end_row},
          {"startColumnIndex", start_column},
          {"endColumnIndex", end_column}};
}

}  // namespace

TEST_CASE("a fill goes on with numbers in equal steps, and repeats what is anything else") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED", R"([[1, 10, "a", 5, "=A1*2"], [3, 8, "b", 7, "=A2*2"]])"_js);
  only_reply(google, {{"autoFill",
                       {{"sourceAndDestination",
                         {{"source", area(0, 2, 0, 5)}, {"dimension", "ROWS"}, {"fillLength", 3}}}}}});
  REQUIRE(google.values("A3:E5", kPlain) ==
          R"([[5, 6, "a", 9, 10], [7, 4, "b", 11, 14], [9, 2, "a", 13, 18]])"_js);
  REQUIRE(google.values("E5", "valueRenderOption=FORMULA") == R"([["=A5*2"]])"_js);
}

TEST_CASE("a fill goes to the other side, from a part of a range, and counts on where that is asked for") {
  EmulatedGoogle google;
  google.put("C1", "RAW", R"([[4, 6]])"_js);
  only_reply(google, {{"autoFill",
                       {{"sourceAndDestination",
                         {{"source", area(0, 1, 2, 4)}, {"dimension", "COLUMNS"}, {"fillLength", -2}}}}}});
  REQUIRE(google.values("A1:D1", kPlain) == R"([[0, 2, 4, 6]])"_js);
  google.put("A3", "RAW", R"([[7]])"_js);
  only_reply(google, {{"autoFill", {{"range", area(2, 5, 0, 1)}, {"useAlternateSeries", true}}}});
  REQUIRE(google.values("A3:A5", kPlain) == R"([[7], [8], [9]])"_js);
  google.put("A7", "RAW", R"([["x"]])"_js);
  only_reply(google, {{"autoFill", {{"range", area(6, 7, 0, 3)}}}});
  REQUIRE(google.values("A7:C7", kPlain) == R"([["x", "x", "x"]])"_js);
  const Answer outside = google.batch(
      Json::array({{{"autoFill",
                     {{"sourceAndDestination",
                       {{"source", area(0, 1, 0, 1)}, {"dimension", "ROWS"}, {"fillLength", -1}}}}}}}));
  REQUIRE(outside.status == 400);
}

TEST_CASE("text is split into columns by what is named, or by what is there") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["a,1,TRUE", "lost"], ["b", "kept"], [7, ""]])"_js);
  only_reply(google, {{"textToColumns", {{"source", area(0, 3, 0, 1)}, {"delimiterType", "COMMA"}}}});
  REQUIRE(google.values("A1:C3", kPlain) == R"([["a", 1, true], ["b", "kept"], [7]])"_js);
  google.put("A5", "RAW", R"([["a;b"], ["c--d"]])"_js);
  only_reply(google, {{"textToColumns", {{"source", area(4, 5, 0, 1)}, {"delimiterType", "AUTODETECT"}}}});
  only_reply(google, {{"textToColumns",
                       {{"source", area(5, 6, 0, 1)}, {"delimiterType", "CUSTOM"}, {"delimiter", "--"}}}});
  REQUIRE(google.values("A5:B6") == R"([["a", "b"], ["c", "d"]])"_js);
  REQUIRE(google
              .batch(Json::array(
                  {{{"textToColumns", {{"source", area(4, 5, 0, 2)}, {"delimiterType", "COMMA"}}}}}))
              .status == 400);
}

TEST_CASE("blanks around and within texts are trimmed, and the cells that changed are counted") {
  EmulatedGoogle google;
  google.put("A1", "RAW", R"([["  a \t b\n"], ["c d"], [5], [" =1+1"]])"_js);
  REQUIRE(only_reply(google, {{"trimWhitespace", {{"range", area(0, 9, 0, 1)}}}}) ==
          R"({"trimWhitespace": {"cellsChangedCount": 2}})"_js);
  REQUIRE(google.values("A1:A4", kPlain) == R"([["a b"], ["c d"], [5], ["=1+1"]])"_js);
  REQUIRE(only_reply(google, {{"trimWhitespace", {{"range", area(0, 9, 0, 1)}}}}) ==
          R"({"trimWhitespace": {}})"_js);
}

TEST_CASE("of rows that say the same the first is kept, and what stands beside the range stays") {
  EmulatedGoogle google;
  google.put("A1", "USER_ENTERED",
             R"([["Ann", 1, "p"], ["Bob", 2, "q"], ["ANN", "=3-2", "r"], ["Bob", 3, "s"]])"_js);
  REQUIRE(only_reply(google, {{"deleteDuplicates", {{"range", area(0, 4, 0, 2)}}}}) ==
          R"({"deleteDuplicates": {"duplicatesRemovedCount": 1}})"_js);
  REQUIRE(google.values("A1:C4", kPlain) ==
          R"([["Ann", 1, "p"], ["Bob", 2, "q"], ["Bob", 3, "r"], ["", "", "s"]])"_js);
  REQUIRE(only_reply(google, {{"deleteDuplicates",
                               {{"range", area(0, 3, 0, 2)},
                                {"comparisonColumns",
                                 {{{"dimension", "COLUMNS"}, {"startIndex", 0}, {"endIndex", 1}}}}}}}) ==
          R"({"deleteDuplicates": {"duplicatesRemovedCount": 1}})"_js);
  REQUIRE(only_reply(google, {{"deleteDuplicates", {{"range", area(0, 2, 0, 2)}}}}) ==
          R"({"deleteDuplicates": {}})"_js);
}

TEST_CASE("shuffled rows stay whole, and all are still there") {
  EmulatedGoogle google;
  Json rows = Json::array();
  for (int i = 0; i < 40; ++i)
    rows.push_back({i, i * i});
  google.put("A1", "RAW", rows);
  only_reply(google, {{"randomizeRange", {{"range", area(0, 40, 0, 2)}}}});
  Json shuffled = google.values("A1:B40", kPlain);
  REQUIRE(shuffled != rows);  // one in 40! times
  std::sort(shuffled.begin(), shuffled.end());
  REQUIRE(shuffled == rows);
}

TEST_CASE("rules of conditional formatting are replaced, moved and deleted by their place") {
  EmulatedGoogle google;
  const auto rule = [](const char* value) -> Json {
    return {{"ranges", {area(0, 9, 0, 1)}},
            {"booleanRule",
             {{"condition", {{"type", "NUMBER_GREATER"}, {"values", {{{"userEnteredValue", value}}}}}},
              {"format", Json::object()}}}};
  };
  const auto shown = [&] {
    std::string values;
    const Json sheet = google.get("?fields=sheets.conditionalFormats").body["sheets"][0];
    if (!sheet.contains("conditionalFormats")) return values;
    for (const Json& format : sheet["conditionalFormats"])
      values += format["booleanRule"]["condition"]["values"][0]["userEnteredValue"].get<std::string>();
    return values;
  };
  for (int i = 0; i < 3; ++i)
    only_reply(google,
               {{"addConditionalFormatRule", {{"rule", rule(std::to_string(i + 1).c_str())}, {"index", i}}}});
  const Json replaced = only_reply(
      google,
      {{"updateConditionalFormatRule", {{"rule", rule("9")}, {"index", 1}}}})["updateConditionalFormatRule"];
  REQUIRE(shown() == "193");
  REQUIRE(replaced["newIndex"] == 1);
  REQUIRE(replaced["oldRule"]["booleanRule"]["condition"]["values"][0]["userEnteredValue"] == "2");
  const Json moved =
      only_reply(google, {{"updateConditionalFormatRule",
                           {{"sheetId", 0}, {"index", 2}, {"newIndex", 0}}}})["updateConditionalFormatRule"];
  REQUIRE(shown() == "319");
  REQUIRE(moved["oldIndex"] == 2);
  REQUIRE(!moved.contains("oldRule"));
  only_reply(google, {{"updateConditionalFormatRule", {{"index", 0}, {"newIndex", 2}}}});
  REQUIRE(shown() == "193");
  REQUIRE(only_reply(google, {{"deleteConditionalFormatRule",
                               {{"index", 2}}}})["deleteConditionalFormatRule"]["rule"]["booleanRule"]
                                                ["condition"]["values"][0]["userEnteredValue"] == "3");
  REQUIRE(shown() == "19");
  REQUIRE(google.batch(R"([{"deleteConditionalFormatRule": {"index": 2}}])"_js).message() ==
          "Invalid requests[0].deleteConditionalFormatRule: No conditional format on sheet: 0 at index: 2");
}

TEST_CASE("a filter view is copied under an id and a title of its own") {
  EmulatedGoogle google;
  google.batch(
      Json::array({{{"addFilterView",
                     {{"filter", {{"filterViewId", 5}, {"title", "Mine"}, {"range", area(0, 9, 0, 2)}}}}}}}));
  const Json copy =
      only_reply(google, {{"duplicateFilterView", {{"filterId", 5}}}})["duplicateFilterView"]["filter"];
  REQUIRE(copy["title"] == "Copy of Mine");
  REQUIRE(copy["filterViewId"] != 5);
  REQUIRE(copy["range"]["endRowIndex"] == 9);
  REQUIRE(google.get("").body["sheets"][0]["filterViews"].size() == 2);
  REQUIRE(google.batch(R"([{"duplicateFilterView": {"filterId": 6}}])"_js).status == 400);
}

TEST_CASE("a request that is null is left out; nothing but nulls is no request") {
  EmulatedGoogle google;
  const Answer answer = google.batch(
      R"([null, {"updateCells": {"start": {}, "fields": "*", "rows": [{"values": [{"note": "n"}]}]}}, null])"_js);
  REQUIRE(answer.status == 200);
  REQUIRE(answer.body["replies"].size() == 1);
  REQUIRE(google.batch(R"([null])"_js).message() == "Must specify at least one request.");
}

TEST_CASE("a cell of HYPERLINK says where it leads") {
  EmulatedGoogle google;
  google.put(
      "A1", "USER_ENTERED",
      R"x([["=HYPERLINK(\"https://example.com\",\"here\")", "=hyperlink(\"https://example.org\")", "=HYPERLINK(D1,\"x\")", "HYPERLINK"]])x"_js);
  const Json cells = google.get("?ranges=A1:D1&fields=sheets.data.rowData.values.hyperlink")
                         .body["sheets"][0]["data"][0]["rowData"][0]["values"];
  REQUIRE(cells[0] == R"({"hyperlink": "https://example.com"})"_js);
  REQUIRE(cells[1]["hyperlink"] == "https://example.org");
  for (std::size_t i = 2; i < cells.size(); ++i)
    REQUIRE(!cells[i].contains("hyperlink"));
}
