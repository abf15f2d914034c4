#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "sheets_client/emulator/workbook/workbook_store.h"
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
    {"mergeCells": {"range": {"startRowIndex": 4, "endRowIndex": 6, "endColumnIndex": 2}, "mergeType": "MERGE_ALL"}},
    {"addDimensionGroup": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}}},
    {"setBasicFilter": {"filter": {"range": {"endRowIndex": 3, "endColumnIndex": 2},
      "criteria": {"0": {"hiddenValues": ["x"]}}}}},
    {"addFilterView": {"filter": {"filterViewId": 5, "range": {"endRowIndex": 3, "endColumnIndex": 2}}}},
    {"addBanding": {"bandedRange": {"bandedRangeId": 6, "range": {"endRowIndex": 3},
      "rowProperties": {"firstBandColor": {"red": 1}, "secondBandColor": {}}}}},
    {"addNamedRange": {"namedRange": {"namedRangeId": "n", "name": "effort", "range": {"endRowIndex": 3}}}},
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

TEST_CASE("rows that were inserted, moved, sorted and deleted are stored in their order") {
  const TemporaryDirectory directory;
  std::string id, before;
  {
    EmulatedGoogle google(options_in(directory));
    id = google.id;
    google.put("A1", "RAW", R"([["d"], ["b"], ["c"], ["a"], ["e"]])"_js);
    const Answer changed = google.batch(R"([
      {"sortRange": {"range": {"endRowIndex": 5}, "sortSpecs": [{"dimensionIndex": 0}]}},
      {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}}},
      {"moveDimension": {"source": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}, "destinationIndex": 5}},
      {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3}}}])"_js);
    REQUIRE(changed.status == 200);
    google.put("A7", "RAW", R"([["last"]])"_js);
    before = google.get("?includeGridData=true").text;
  }
  EmulatedGoogle google(options_in(directory));
  google.id = id;
  REQUIRE(google.get("?includeGridData=true").text == before);
}

TEST_CASE("a folder is one emulator's until that ends") {
  const TemporaryDirectory directory;
  {
    const WorkbookFile first(directory.path());
    REQUIRE_THROWS_WITH(WorkbookFile(directory.path()),
                        Catch::EndsWith("another emulator uses this folder; give each its own"));
  }
  REQUIRE_NOTHROW(WorkbookFile(directory.path()));
}

TEST_CASE("saving writes the rows that changed and no others") {
  const TemporaryDirectory directory;
  Revisions revisions;
  const auto file = std::make_shared<WorkbookFile>(directory.path());
  WorkbookStore store(file, revisions);
  WorkbookSeed seed;
  seed.id = "w";
  SeedTab tab{"Sheet1", {}};
  for (int r = 0; r < 500; ++r)
    tab.rows.push_back({static_cast<double>(r)});
  seed.tabs = {tab};
  store.add(workbook_from(seed));
  REQUIRE(file->rows_written() == 500);
  store.change("w", [](Workbook& workbook) { workbook.edit(0).edit(250, 3).set_value(true); });
  REQUIRE(file->rows_written() == 501);
  store.change("w", [](Workbook& workbook) { workbook.edit(0).insert(Dimension::kRows, 0, 1); });
  REQUIRE(file->rows_written() == 501);  // the order is written, no row
  store.change("w", [](Workbook& workbook) { workbook.edit(0).edit(0, 0).set_value(1.0); });
  REQUIRE(file->rows_written() == 502);
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
