#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sheets_client/a1.h"
#include "sheets_client/rehearsal/assumptions.h"
#include "sheets_client/rehearsal/scene.h"

namespace sheets::rehearsal {
namespace {

roadmap::LookAt look_at(const Scene& scene, std::vector<int> columns, bool displayed = false) {
  return {scene.tab(), 1, std::move(columns), displayed};
}

roadmap::TabPicture seen(const Scene& scene, const roadmap::LookAt& look) {
  roadmap::Picture picture = scene.client().look(scene.spreadsheet_id(), {look}, scene.control());
  expect(picture.tabs.size() == 1 && picture.tabs[0].there, "the tab is not in the answer");
  return std::move(picture.tabs[0]);
}

const roadmap::SeenCell& cell_of(const roadmap::TabPicture& tab, std::size_t column, std::size_t row) {
  expect(tab.columns.at(column).size() > row, fmt::format("row {} is not in the answer", row + 1));
  return tab.columns[column][row];
}

std::string text_of(const roadmap::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text != nullptr ? *text : std::string("no text");
}

constexpr Assumption kReadingAssumptions[] = {
    {"read.whole_tab", "the range of a whole tab is answered as its grid", kRecorded,
     [](Scene& scene) {
       const Json ranges = scene.values({always_quoted_tab(scene.tab())});
       const std::string range = ranges.at(0).at("range");
       expect(range_bounds(range) == RangeBounds{0, 0, kRows - 1, kColumns - 1},
              fmt::format("the range is {} for a grid of {} rows and {} columns", range, kRows, kColumns));
     }},

    {"read.blanks", "blank rows and cells at the end are left out, others are not", kRecorded,
     [](Scene& scene) {
       scene.apply({update_cells(scene, 0, 0, {{text_cell("a"), Json::object(), text_cell("c")}}),
                    update_cells(scene, 2, 0, {{text_cell("x")}})});
       const Json ranges = scene.values({always_quoted_tab(scene.tab())});
       expect_equal(ranges.at(0).at("values"), {{"a", "", "c"}, Json::array(), {"x"}}, "the values");
     }},

    {"read.unformatted", "UNFORMATTED_VALUE and SERIAL_NUMBER give numbers, TRUE, and errors as text",
     kRecorded,
     [](Scene& scene) {
       scene.person_types("A1", {{"50%", "2026-01-31", "TRUE", "=1/0", "=2*3"}});
       expect_equal(scene.values({scene.range("A1:F1")}).at(0).at("values"),
                    {{0.5, 46053, true, "#DIV/0!", 6}},
                    "what was typed as 50%, 2026-01-31, TRUE, =1/0, =2*3");
     }},

    {"read.order", "several ranges are answered in the order in which they were asked for", kDiscovery,
     [](Scene& scene) {
       scene.apply({update_cells(scene, 0, 0, {{text_cell("a"), text_cell("b")}})});
       const Json ranges = scene.values({scene.range("B1:B2"), scene.range("A1:A2")});
       expect_equal({ranges.at(0).at("values"), ranges.at(1).at("values")}, {{{"b"}}, {{"a"}}},
                    "B1:B2, A1:A2");
     }},

    {"read.apostrophe", "an apostrophe in a tab's title is doubled in a range",
     "other people's emulators; no text of Google's was found",
     [](Scene& scene) {
       const std::string title = scene.tab() + ": it's 'quoted'";
       scene.apply(
           {{{"updateSheetProperties",
              {{"properties", {{"sheetId", scene.sheet_id()}, {"title", title}}}, {"fields", "title"}}}},
            update_cells(scene, 0, 0, {{text_cell("here")}})});
       const Json ranges = scene.values({always_quoted_tab(title) + "!A1:B2"});
       expect_equal(ranges.at(0).at("values"), {{"here"}}, "A1 of a tab with apostrophes");
     }},

    {"read.tabs", "a spreadsheet's tabs are described with id, title and grid", kDiscovery,
     [](Scene& scene) {
       const SpreadsheetInfo info = scene.client().describe(scene.spreadsheet_id(), scene.control());
       const TabInfo* tab = info.find_tab(scene.tab());
       expect(tab != nullptr, "the tab is not listed");
       expect_equal({tab->sheet_id, tab->rows, tab->columns}, {scene.sheet_id(), kRows, kColumns},
                    "its id, rows and columns");
     }},

    {"read.unknown_tab", "a tab that is not there is refused in words that the client knows",
     "github.com/r-lib/gargle, recorded answers",
     [](Scene& scene) { expect_stale(scene.reading_refusal("'roadmapd rehearsal, no such tab'!A1:B2")); }},

    {"read.beyond_grid", "a range that starts beyond the grid is refused in words that the client knows",
     "github.com/home-assistant/core issue 104198",
     [](Scene& scene) { expect_stale(scene.reading_refusal(scene.range("Z1:Z2"))); }},

    {"read.compact", "prettyPrint=false leaves the indentation out", kDiscovery,
     [](Scene& scene) {
       const std::string answer =
           scene.call(scene.client(), spreadsheets_get(scene.spreadsheet_id(), {}, "properties.title"));
       expect(answer.find("\n ") == std::string::npos, "prettyPrint=false: the answer is indented");
     }},

    {"read.not_found", "a spreadsheet that does not exist is 404", kRecorded,
     [](Scene& scene) {
       try {
         scene.client().describe("roadmapd-rehearsal-no-such-spreadsheet", scene.control());
       } catch (const roadmap::SheetsError& error) {
         expect(error.failure() == roadmap::SheetsFailure::kNotFound,
                "it is told as something else than not found: " + error.detail());
         return;
       }
       throw Surprise("it was found");
     }},

    {"look.columns", "a header row and open columns are shown where they stand", kDiscovery,
     [](Scene& scene) {
       scene.apply({update_cells(scene, 0, 0, {{text_cell("Key"), text_cell("Title"), text_cell("Note")}}),
                    update_cells(scene, 3, 1, {{text_cell("fourth row")}})});
       const roadmap::TabPicture tab = seen(scene, look_at(scene, {1}));
       expect(tab.header.size() >= 3 && text_of(tab.header[2]) == "Note", "the header row is not whole");
       expect(text_of(cell_of(tab, 0, 0).shown) == "Title", "column B does not begin with its header");
       expect(text_of(cell_of(tab, 0, 3).shown) == "fourth row", "row 4 of column B is elsewhere");
     }},

    {"look.formulas", "formulas are told from values, and what an array formula fills from what was typed",
     kDiscovery,
     [](Scene& scene) {
       scene.person_types("A1", {{"2", "=A1*3"}, {"4", "=ARRAYFORMULA(A2:A3+1)"}, {"5"}});
       const roadmap::TabPicture tab = seen(scene, look_at(scene, {1}));
       const roadmap::SeenCell& formula = cell_of(tab, 0, 0);
       expect(formula.formula == "=A1*3" && formula.shown == roadmap::Cell{6.0}, "=A1*3 is not seen as such");
       const roadmap::SeenCell& filled = cell_of(tab, 0, 2);
       expect(filled.is_formula() && filled.shown == roadmap::Cell{6.0},
              "a cell that an array formula fills is not told from a typed one");
     }},

    {"look.errors", "errors are named by their type", kDiscovery,
     [](Scene& scene) {
       scene.person_types("A1", {{"=1/0"}, {"=ROADMAPD_NOFUNCTION(1)"}, {"=NA()"}, {"=\"a\"+1"}});
       const roadmap::TabPicture tab = seen(scene, look_at(scene, {0}));
       Json shown = Json::array();
       for (std::size_t row = 0; row < 4; ++row)
         shown.push_back(text_of(cell_of(tab, 0, row).shown));
       expect_equal(shown, {"#DIV/0!", "#NAME?", "#N/A", "#VALUE!"}, "the errors");
     }},

    {"look.displayed", "a number is shown as it is displayed", kDiscovery,
     [](Scene& scene) {
       scene.person_types("A1", {{"50%"}});
       const roadmap::TabPicture tab = seen(scene, look_at(scene, {0}, true));
       expect_equal(cell_of(tab, 0, 0).displayed, "50%", "a percentage as displayed");
     }},
};

}  // namespace

std::span<const Assumption> reading_assumptions() { return kReadingAssumptions; }

}  // namespace sheets::rehearsal
