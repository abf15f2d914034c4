#include <catch2/catch.hpp>

#include "sheets_client/answer_reader.h"
#include "sheets_client/api_error.h"
#include "sheets_client/picture.h"

namespace sheets {
namespace {

using roadmap::Cell;
using roadmap::CellRow;

TEST_CASE("values of every type are read, blanks as empty cells") {
  const auto ranges = read_value_ranges(R"({"spreadsheetId":"x","valueRanges":[
      {"range":"'My tab'!A1:Z1000","majorDimension":"ROWS","values":[["Key","",true,-2,0.5,43831,null],[],["größe 🌵"]]},
      {"majorDimension":"ROWS","range":"Other!A1:C9"}]})");
  REQUIRE(ranges.size() == 2);
  CHECK(ranges[0].range == "'My tab'!A1:Z1000");
  REQUIRE(ranges[0].rows.size() == 3);
  CHECK(ranges[0].rows[0] == CellRow{std::string("Key"), Cell{}, true, -2.0, 0.5, 43831.0, Cell{}});
  CHECK(ranges[0].rows[1].empty());
  CHECK(ranges[0].rows[2] == CellRow{std::string("größe 🌵")});
  CHECK(ranges[1].range == "Other!A1:C9");
  CHECK(ranges[1].rows.empty());
}

TEST_CASE("an answer without value ranges has to say so") {
  CHECK(read_value_ranges(R"({"valueRanges":[]})").empty());
  CHECK_THROWS_WITH(read_value_ranges(R"({"spreadsheetId":"x"})"), "no valueRanges in it");
  // One that stands elsewhere does not count.
  CHECK_THROWS_AS(read_value_ranges(R"({"other":{"valueRanges":[{"values":[[1]]}]}})"), MalformedAnswer);
}

TEST_CASE("unknown members are passed over, however deep") {
  const auto ranges = read_value_ranges(
      R"({"a":[[{"values":[[1]]}]],"valueRanges":[{"x":{"values":[["no"]],"range":"no"},"values":[["yes"]],"y":[["no"]]}]})");
  REQUIRE(ranges.size() == 1);
  CHECK(ranges[0].range.empty());
  CHECK(ranges[0].rows == std::vector<CellRow>{{std::string("yes")}});
}

TEST_CASE("a cut answer is malformed wherever the cut is") {
  const std::string whole = R"({"valueRanges":[{"range":"A!A1:B2","values":[["Key",1],[true]]}]})";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(whole.substr(0, size));
    CHECK_THROWS_AS(read_value_ranges(std::string_view(whole).substr(0, size)), MalformedAnswer);
  }
  CHECK_NOTHROW(read_value_ranges(whole));
}

TEST_CASE("answers of another shape are malformed") {
  for (const char* body : {"<html></html>", "[]", "7", R"({"valueRanges":[{"values":[1]}]})",
                           R"({"valueRanges":[{"values":[{"a":1}]}]})",
                           R"({"valueRanges":[{"values":[[{}]]}]})", R"({"valueRanges":[{"values":[[[]]]}]})",
                           R"({"valueRanges":["x"]})", R"({"valueRanges":[{"values":[["a"]]}]} {})"}) {
    CAPTURE(body);
    CHECK_THROWS_AS(read_value_ranges(body), MalformedAnswer);
  }
}

TEST_CASE("a picture tells what was entered from formulas, errors and what an array formula shows") {
  const SeenSpreadsheet seen = read_seen_spreadsheet(R"({"sheets":[{"properties":{"title":"T"},"data":[
      {"rowData":[
         {"values":[{"userEnteredValue":{"stringValue":"=typed"},"effectiveValue":{"stringValue":"=typed"}},
                    {"userEnteredValue":{"formulaValue":"=A1"},"effectiveValue":{"numberValue":3}},
                    {},
                    {"effectiveValue":{"errorValue":{"type":"REF"}}}]},
         {},
         {"values":[{"userEnteredValue":{"boolValue":false},"effectiveValue":{"boolValue":false}}]}],
       "startColumn":2,"startRow":4},
      {"startRow":1,"rowData":[{"values":[{"userEnteredValue":{"numberValue":1},"effectiveValue":{"numberValue":1}}]}]}
     ]}]})");
  const roadmap::Picture picture = picture_of({{"t", 2, {0, 2, 3, 5}}, {"Gone", 1, {0}}}, seen);
  REQUIRE(picture.tabs.size() == 2);
  CHECK(picture.marker.empty());
  CHECK(picture.tabs[0].there);
  CHECK_FALSE(picture.tabs[1].there);
  CHECK(picture.tabs[0].header == roadmap::CellRow{1.0});
  CHECK(picture.tabs[0].columns[0].at(1).shown == Cell{1.0});
  CHECK(picture.tabs[0].columns[1].at(4) == roadmap::SeenCell{std::string("=typed"), ""});
  CHECK(picture.tabs[0].columns[1].at(6) == roadmap::SeenCell{false, ""});
  CHECK(picture.tabs[0].columns[2].at(4) == roadmap::SeenCell{3.0, "=A1"});
  CHECK(picture.tabs[0].columns[3].at(4) == roadmap::SeenCell{std::string("#REF!"), "="});
}

TEST_CASE("a cut answer is no picture") {
  CHECK_THROWS_AS(read_seen_spreadsheet("{}"), MalformedAnswer);
  CHECK_THROWS_AS(read_seen_spreadsheet(R"({"sheets":[{"data":[)"), MalformedAnswer);
  CHECK_THROWS_AS(read_seen_spreadsheet("[]"), MalformedAnswer);
}

}  // namespace
}  // namespace sheets
