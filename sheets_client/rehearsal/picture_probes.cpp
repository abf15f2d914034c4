#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/answer_reader.h"
#include "sheets_client/rehearsal/probes.h"

namespace sheets::rehearsal {
namespace {

constexpr std::string_view kMetadataFields = "developerMetadata(metadataKey,metadataValue)";

roadmap::PlannedCell planned(const char* key, int row, const char* after) {
  roadmap::PlannedCell cell;
  cell.key = key;
  cell.row = row;
  cell.column = 1;
  cell.after = std::string(after);
  return cell;
}

// Writes one cell with a marker and a look at columns A to C; the picture of the answer.
roadmap::Picture marked_write(const Scene& scene, const roadmap::PlannedCell& cell, const char* marker) {
  roadmap::SheetWrite write;
  write.tabs.push_back({scene.tab(), {}, {cell}, std::nullopt});
  write.marker = marker;
  write.look = {{scene.tab(), 1, {0, 1, 2}, false}};
  roadmap::WriteReport report =
      scene.client().write(scene.spreadsheet_id(), std::move(write), scene.control());
  expect(report.state == roadmap::WriteState::kApplied, "the answer was lost: " + report.lost_reason);
  expect(report.refused.empty(), report.refused.empty() ? "" : report.refused[0].reason);
  expect(report.picture && report.picture->tabs.size() == 1, "the answer shows no tab");
  return std::move(*report.picture);
}

std::vector<std::string> texts_of(const std::vector<roadmap::SeenCell>& column) {
  std::vector<std::string> texts;
  for (const roadmap::SeenCell& cell : column) {
    const auto* text = std::get_if<std::string>(&cell.shown);
    texts.push_back(text != nullptr ? *text : std::string{});
  }
  while (!texts.empty() && texts.back().empty())
    texts.pop_back();
  return texts;
}

// The values of our markers, in the spreadsheet as it is read.
Json markers(const Scene& scene) {
  Json values = Json::array();
  const Json answer = scene.get({}, kMetadataFields);
  for (const Json& entry : answer.value("developerMetadata", Json::array())) {
    if (entry.at("metadataKey") == kMarkerKey) values.push_back(entry.value("metadataValue", ""));
  }
  return values;
}

Json three_rows(const Scene& scene) {
  return update_cells(scene, 0, 0,
                      {{text_cell("Key"), text_cell("Title")},
                       {text_cell("K1"), text_cell("one")},
                       {text_cell("K2"), text_cell("two")},
                       {text_cell("K3"), text_cell("three")}});
}

Json delete_metadata(std::string_view key) {
  return {{"deleteDeveloperMetadata",
           {{"dataFilter",
             {{"developerMetadataLookup", {{"metadataKey", key}, {"locationType", "SPREADSHEET"}}}}}}}};
}

}  // namespace

void a_missing_marker_may_be_deleted(Scene& scene) {
  scene.apply({delete_metadata("roadmapd.rehearsal.never"),
               update_cells(scene, 0, 0, {{text_cell("written all the same")}})});
}

void a_marker_is_replaced(Scene& scene) {
  scene.apply({three_rows(scene)});
  marked_write(scene, planned("K1", 2, "first"), "first");
  marked_write(scene, planned("K1", 2, "second"), "second");
  expect_equal(markers(scene), {"second 1"}, "the markers after two writes");
}

void a_marker_is_in_the_answer(Scene& scene) {
  scene.apply({three_rows(scene)});
  const roadmap::Picture picture = marked_write(scene, planned("K1", 2, "marked"), "shown");
  expect_equal({picture.marker, picture.items_applied}, {"shown", 1}, "the marker of the write's own answer");
}

void a_marker_outlives_what_people_do(Scene& scene) {
  scene.apply({three_rows(scene)});
  marked_write(scene, planned("K1", 2, "marked"), "lasting");
  scene.person_does(
      {{{"sortRange",
         {{"range", grid_range(scene, 1, 4, 0, 2)},
          {"sortSpecs", {{{"dimensionIndex", 0}, {"sortOrder", "DESCENDING"}}}}}}},
       insert_rows(scene, 1, 2, false),
       {{"deleteDimension",
         {{"range",
           {{"sheetId", scene.sheet_id()}, {"dimension", "ROWS"}, {"startIndex", 2}, {"endIndex", 3}}}}}}});
  expect_equal(markers(scene), {"lasting 1"}, "the marker after sorting, inserting and deleting");
}

void the_picture_is_taken_after_the_write(Scene& scene) {
  scene.apply({three_rows(scene)});
  scene.person_types("C2", {{"=B2&\"!\""}});
  const roadmap::Picture picture = marked_write(scene, planned("K1", 2, "new"), "after");
  expect_equal(texts_of(picture.tabs[0].columns.at(2)), {"", "new!"}, "a formula over the written cell");
}

void the_picture_is_as_wide_as_asked(Scene& scene) {
  scene.apply({three_rows(scene)});
  const Json answer =
      scene.change({{"requests", {update_cells(scene, 1, 1, {{text_cell("new")}})}},
                    {"includeSpreadsheetInResponse", true},
                    {"responseIncludeGridData", true},
                    {"responseRanges", {scene.range("A1:A")}}},
                   "updatedSpreadsheet.sheets(properties(title),data.rowData.values.effectiveValue)");
  const Json& shown = answer.at("updatedSpreadsheet").at("sheets");
  expect(shown.size() == 1, fmt::format("{} tabs are shown where one was asked for", shown.size()));
  for (const Json& row : shown[0].at("data").at(0).at("rowData"))
    expect(row.value("values", Json::array()).size() <= 1, "more is shown than the column asked for");
}

void sorted_rows_are_seen_where_they_are(Scene& scene) {
  scene.apply({three_rows(scene)});
  expect(scene.rows().size() == 4, "the rows cannot be read");
  scene.person_does({{{"sortRange",
                       {{"range", grid_range(scene, 1, 4, 0, 2)},
                        {"sortSpecs", {{{"dimensionIndex", 0}, {"sortOrder", "DESCENDING"}}}}}}}});
  const roadmap::Picture picture = marked_write(scene, planned("K1", 2, "for K1"), "sorted");
  expect_equal({texts_of(picture.tabs[0].columns.at(0)), texts_of(picture.tabs[0].columns.at(1))},
               {{"Key", "K3", "K2", "K1"}, {"Title", "for K1", "two", "one"}},
               "keys and titles after a sort before the write");
}

void inserted_rows_are_seen_where_they_are(Scene& scene) {
  scene.apply({three_rows(scene)});
  expect(scene.rows().size() == 4, "the rows cannot be read");
  scene.person_does({insert_rows(scene, 1, 2, false)});
  const roadmap::Picture picture = marked_write(scene, planned("K2", 3, "for K2"), "inserted");
  expect_equal({texts_of(picture.tabs[0].columns.at(0)), texts_of(picture.tabs[0].columns.at(1))},
               {{"Key", "", "K1", "K2", "K3"}, {"Title", "", "for K2", "two", "three"}},
               "keys and titles after a row was inserted before the write");
}

}  // namespace sheets::rehearsal
