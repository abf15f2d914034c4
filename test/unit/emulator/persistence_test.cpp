#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

// A directory of its own, gone afterwards.
class TemporaryDirectory {
 public:
  TemporaryDirectory()
      : path_(std::filesystem::temp_directory_path() / ("emulator-test-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

EmulatorOptions options_in(const TemporaryDirectory& directory) {
  EmulatorOptions options = EmulatedGoogle::options();
  options.data_dir = directory.path();
  return options;
}

// Everything that can be stored, in one workbook.
void fill(EmulatedGoogle& google) {
  google.put("A1", "USER_ENTERED", R"([["text", 1.5, "TRUE", "=B1*2", "2020-01-01", "#N/A"], [], ["x"]])"_js);
  const Answer filled = google.batch(R"([
    {"addSheet": {"properties": {"title": "Hidden", "sheetId": 3, "hidden": true, "tabColorStyle":
      {"rgbColor": {"red": 1}}, "gridProperties": {"rowCount": 5, "columnCount": 5, "frozenRowCount": 1}}}},
    {"addProtectedRange": {"protectedRange": {"protectedRangeId": 4, "range": {"endRowIndex": 1},
      "unprotectedRanges": [{"endRowIndex": 1, "endColumnIndex": 1}], "editors": {"users": ["a@example.com"]}}}},
    {"setDataValidation": {"range": {"endRowIndex": 1}, "rule": {"condition": {"type": "NOT_BLANK"}}}},
    {"updateCells": {"start": {}, "fields": "note,userEnteredFormat.textFormat",
      "rows": [{"values": [{"note": "n", "userEnteredFormat": {"textFormat": {"bold": true}}}]}]}},
    {"updateDimensionProperties": {"range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2},
      "properties": {"hiddenByUser": true, "pixelSize": 50}, "fields": "*"}},
    {"createDeveloperMetadata": {"developerMetadata": {"metadataId": 1, "metadataKey": "k", "metadataValue": "v",
      "visibility": "DOCUMENT", "location": {"spreadsheet": true}}}},
    {"createDeveloperMetadata": {"developerMetadata": {"metadataId": 2, "metadataKey": "k",
      "visibility": "PROJECT", "location": {"sheetId": 3}}}},
    {"createDeveloperMetadata": {"developerMetadata": {"metadataId": 3, "metadataKey": "k", "visibility": "DOCUMENT",
      "location": {"dimensionRange": {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}}}}},
    {"addConditionalFormatRule": {"rule": {"ranges": [{"endRowIndex": 1}],
      "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}}}
  ])"_js);
  REQUIRE(filled.status == 200);
}

}  // namespace

TEST_CASE("workbooks and the account's key outlive the emulator") {
  const TemporaryDirectory directory;
  std::string id, before, key;
  {
    EmulatedGoogle google(options_in(directory));
    fill(google);
    id = google.id;
    before = google.get("?includeGridData=true").text;
    key = google.emulator.service_account_json("http://x/token");
  }
  EmulatedGoogle google(options_in(directory));
  google.id = id;
  REQUIRE(google.get("?includeGridData=true").text == before);
  REQUIRE(google.emulator.service_account_json("http://x/token") == key);
}

TEST_CASE("deleted and reordered sheets are stored as they are") {
  const TemporaryDirectory directory;
  std::string id, before;
  {
    EmulatedGoogle google(options_in(directory));
    id = google.id;
    google.batch(R"([{"addSheet": {"properties": {"title": "B", "sheetId": 1}}},
                     {"addSheet": {"properties": {"title": "C", "sheetId": 2}}}])"_js);
    google.batch(R"([{"updateSheetProperties": {"properties": {"sheetId": 2, "index": 0}, "fields": "index"}},
                     {"deleteSheet": {"sheetId": 0}}])"_js);
    before = google.get("").text;
  }
  EmulatedGoogle google(options_in(directory));
  google.id = id;
  REQUIRE(google.get("").text == before);
}

TEST_CASE("a refused batch stores nothing") {
  const TemporaryDirectory directory;
  std::string id;
  {
    EmulatedGoogle google(options_in(directory));
    id = google.id;
    google.batch(R"([{"addSheet": {"properties": {"title": "B"}}}, {"deleteSheet": {"sheetId": 99}}])"_js);
  }
  EmulatedGoogle google(options_in(directory));
  google.id = id;
  REQUIRE(google.get("").body["sheets"].size() == 1);
}

TEST_CASE("a data directory that cannot be made is named") {
  const TemporaryDirectory directory;
  std::ofstream(directory.path()) << "a file";
  EmulatorOptions options = options_in(directory);
  options.data_dir /= "below";
  REQUIRE_THROWS_WITH(Emulator(options), Catch::Contains((options.data_dir / "emulator.db").string()));
}
