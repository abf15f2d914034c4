#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/answer_reader.h"
#include "sheets_client/rehearsal/assumptions.h"
#include "sheets_client/rehearsal/scene.h"

namespace sheets::rehearsal {
namespace {

constexpr std::string_view kMetadataGuide = "developers.google.com/workspace/sheets/api/guides/metadata";

// Writes a title with a marker and a look at columns A to C; the picture of the answer.
roadmap::Picture marked_write(const Scene& scene, int row, const char* title, const char* marker) {
  roadmap::WriteReport report = scene.write({planned(row, 1, std::string(title))}, marker, {0, 1, 2});
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
  const Json answer = scene.get({}, "developerMetadata(metadataKey,metadataValue)");
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

Json sort_downwards(const Scene& scene) {
  return {{"sortRange",
           {{"range", grid_range(scene, 1, 4, 0, 2)},
            {"sortSpecs", {{{"dimensionIndex", 0}, {"sortOrder", "DESCENDING"}}}}}}};
}

constexpr Assumption kPictureAssumptions[] = {
    {"marker.missing", "deleting a marker that is not there is no error", kUnproven,
     [](Scene& scene) {
       scene.apply({delete_metadata("roadmapd.rehearsal.never"),
                    update_cells(scene, 0, 0, {{text_cell("written all the same")}})});
     }},

    {"marker.replaced", "a marker is deleted and made anew by one call", kMetadataGuide,
     [](Scene& scene) {
       scene.apply({three_rows(scene)});
       marked_write(scene, 2, "first", "first");
       marked_write(scene, 2, "second", "second");
       expect_equal(markers(scene), {"second 1"}, "the markers after two writes");
     }},

    {"marker.answer", "the answer of a write shows its own marker", kUnproven,
     [](Scene& scene) {
       scene.apply({three_rows(scene)});
       const roadmap::Picture picture = marked_write(scene, 2, "marked", "shown");
       expect_equal({picture.marker, picture.items_applied}, {"shown", 1},
                    "the marker of the write's own answer");
     }},

    {"marker.lasting", "a spreadsheet's marker outlives sorting, inserting and deleting", kMetadataGuide,
     [](Scene& scene) {
       scene.apply({three_rows(scene)});
       marked_write(scene, 2, "marked", "lasting");
       scene.person_does({sort_downwards(scene),
                          insert_rows(scene, 1, 2, false),
                          {{"deleteDimension", {{"range", row_range(scene, 2, 3)}}}}});
       expect_equal(markers(scene), {"lasting 1"}, "the marker after sorting, inserting and deleting");
     }},

    {"picture.after", "the answer of a write shows formulas as they are after it", kUnproven,
     [](Scene& scene) {
       scene.apply({three_rows(scene)});
       scene.person_types("C2", {{"=B2&\"!\""}});
       const roadmap::Picture picture = marked_write(scene, 2, "new", "after");
       expect_equal(texts_of(picture.tabs[0].columns.at(2)), {"", "new!"}, "a formula over the written cell");
     }},

    {"picture.ranges", "the answer of a write shows the ranges asked for and no more", kDiscovery,
     [](Scene& scene) {
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
     }},

    {"moved.sorted", "rows sorted between read and write are shown where they are, with what was written",
     kUnproven,
     [](Scene& scene) {
       scene.apply({three_rows(scene)});
       expect(scene.rows().size() == 4, "the rows cannot be read");
       scene.person_does({sort_downwards(scene)});
       const roadmap::Picture picture = marked_write(scene, 2, "for K1", "sorted");
       expect_equal({texts_of(picture.tabs[0].columns.at(0)), texts_of(picture.tabs[0].columns.at(1))},
                    {{"Key", "K3", "K2", "K1"}, {"Title", "for K1", "two", "one"}},
                    "keys and titles after a sort before the write");
     }},

    {"moved.inserted", "rows moved by an insertion between read and write are shown likewise", kUnproven,
     [](Scene& scene) {
       scene.apply({three_rows(scene)});
       expect(scene.rows().size() == 4, "the rows cannot be read");
       scene.person_does({insert_rows(scene, 1, 2, false)});
       const roadmap::Picture picture = marked_write(scene, 3, "for K2", "inserted");
       expect_equal({texts_of(picture.tabs[0].columns.at(0)), texts_of(picture.tabs[0].columns.at(1))},
                    {{"Key", "", "K1", "K2", "K3"}, {"Title", "", "for K2", "two", "three"}},
                    "keys and titles after a row was inserted before the write");
     }},
};

}  // namespace

std::span<const Assumption> picture_assumptions() { return kPictureAssumptions; }

}  // namespace sheets::rehearsal
