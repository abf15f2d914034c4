#include "app/demo/demo_data.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/demo/demo_files.h"
#include "core/fields/cell_value.h"
#include "core/fields/header_match.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

constexpr int kInitiatives = 40;
constexpr int kKeyedInitiatives = 12;

// A tab as the product reads it.
class ReadTab {
 public:
  ReadTab(Tab kind, const DemoTab& tab)
      : kind_(kind), tab_(tab), columns_(match_headers(kind, tab.rows.at(0))) {}

  const ColumnMap& columns() const { return columns_; }
  std::size_t row_count() const { return tab_.rows.size() - 1; }
  Cell cell(std::size_t row, FieldId id) const {
    const auto column = columns_.column_of(id);
    const std::vector<Cell>& cells = tab_.rows.at(row + 1);
    if (!column || static_cast<std::size_t>(*column) >= cells.size()) return {};
    return cells[static_cast<std::size_t>(*column)];
  }
  std::string text(std::size_t row, FieldId id) const { return to_text(cell(row, id)); }

  // Reasons for which cells of that row cannot be read.
  std::vector<std::string> bad_cells(std::size_t row) const {
    std::vector<std::string> reasons;
    for (const FieldId id : fields_on(kind_)) {
      const ParsedCell parsed = parse_cell(field(id).type, cell(row, id), DateOrder::kDayMonthYear);
      if (const auto* bad = std::get_if<BadCell>(&parsed)) reasons.push_back(bad->reason);
    }
    return reasons;
  }

 private:
  Tab kind_;
  const DemoTab& tab_;
  ColumnMap columns_;
};

struct IntakeCount {
  std::set<std::string> titles;  // of valid rows
  std::map<std::string, std::vector<std::string>> titles_by_key;
  int without_title = 0;
  int unreadable = 0;
  std::size_t rows = 0;
};

IntakeCount count_intake() {
  IntakeCount count;
  for (const DemoWorkbook& workbook : {demo_intake_emea(), demo_intake_apac()}) {
    for (const DemoTab& tab : workbook.tabs) {
      const ReadTab read(Tab::kIntake, tab);
      for (std::size_t row = 0; row < read.row_count(); ++row) {
        ++count.rows;
        const std::string title = read.text(row, fields::title());
        if (title.empty()) {
          ++count.without_title;
        } else if (!read.bad_cells(row).empty()) {
          ++count.unreadable;
        } else {
          count.titles.insert(title);
          const std::string key = read.text(row, fields::key());
          if (!key.empty()) count.titles_by_key[key].push_back(title);
        }
      }
    }
  }
  return count;
}

TEST_CASE("the demo's intake holds forty initiatives and four rows that are wrong on purpose") {
  const IntakeCount count = count_intake();
  CHECK(count.titles.size() == kInitiatives);
  CHECK(count.without_title == 1);
  CHECK(count.unreadable == 2);
  CHECK(count.rows == kInitiatives + 4);
  CHECK(count.titles_by_key.size() == kKeyedInitiatives);
}

TEST_CASE("in the demo's intake one key was copied with a new title and one row was copied whole") {
  std::vector<std::vector<std::string>> copied;
  for (const auto& [key, titles] : count_intake().titles_by_key) {
    if (titles.size() > 1) copied.push_back(titles);
  }
  REQUIRE(copied.size() == 2);
  CHECK(copied[0].at(0) != copied[0].at(1));
  CHECK(copied[1].at(0) == copied[1].at(1));
}

TEST_CASE("every column of an intake tab is a field, but for the one that the team added") {
  for (const DemoWorkbook& workbook : {demo_intake_emea(), demo_intake_apac()}) {
    for (const DemoTab& tab : workbook.tabs) {
      const ColumnMap columns = match_headers(Tab::kIntake, tab.rows.at(0));
      CHECK(columns.columns.size() == fields_on(Tab::kIntake).size());
      CHECK(columns.warnings.empty());
      CHECK(tab.rows[0].size() == columns.columns.size() + (tab.title == "Growth_APAC" ? 1U : 0U));
    }
  }
}

TEST_CASE("the demo's backlog shows the keyed initiatives with their titles, sorted by quarter") {
  const DemoWorkbook workbook = demo_backlog();
  const ReadTab read(Tab::kBacklog, workbook.tabs.at(0));
  const auto titles_by_key = count_intake().titles_by_key;
  REQUIRE(read.row_count() == kKeyedInitiatives);
  std::set<std::string> keys;
  for (std::size_t row = 0; row < read.row_count(); ++row) {
    const std::string key = read.text(row, fields::key());
    keys.insert(key);
    REQUIRE(titles_by_key.count(key) == 1);
    CHECK(read.text(row, fields::title()) == titles_by_key.at(key).front());
    CHECK(read.bad_cells(row) == std::vector<std::string>{});
  }
  CHECK(keys.size() == kKeyedInitiatives);

  const auto& rows = workbook.tabs[0].rows;
  const auto quarter = std::find(rows[0].begin(), rows[0].end(), Cell("Quarter")) - rows[0].begin();
  REQUIRE(quarter < static_cast<std::ptrdiff_t>(rows[0].size()));
  const auto index = static_cast<std::size_t>(quarter);
  CHECK(std::is_sorted(rows.begin() + 1, rows.end(),
                       [&](const auto& a, const auto& b) { return a[index] < b[index]; }));
  CHECK(std::find(rows[0].begin(), rows[0].end(), Cell("PM Notes")) != rows[0].end());
}

TEST_CASE("no text of the demo is taken for a formula") {
  for (const DemoWorkbook& workbook :
       {demo_intake_emea(), demo_intake_apac(), demo_backlog(), demo_product_ops()}) {
    for (const DemoTab& tab : workbook.tabs) {
      for (const auto& row : tab.rows) {
        for (const Cell& cell : row)
          CHECK_FALSE(to_text(cell).starts_with('='));
      }
    }
  }
}

TEST_CASE("titles in Product Ops are left to the system") {
  const DemoWorkbook workbook = demo_product_ops();
  const ReadTab read(Tab::kScoringInputs, workbook.tabs.at(0));
  REQUIRE(read.row_count() == kKeyedInitiatives);
  for (std::size_t row = 0; row < read.row_count(); ++row)
    CHECK(read.text(row, fields::title()).empty());
}

TEST_CASE("the demo's three math models are filled, waiting for parameters, and without formula") {
  const DemoWorkbook workbook = demo_product_ops();
  const ReadTab models(Tab::kMathModels, workbook.tabs.at(1));
  const ReadTab params(Tab::kParams, workbook.tabs.at(2));
  const FieldId formula = field_id(Table::kMathModels, "formula_text");
  const FieldId value = field_id(Table::kParams, "value");
  std::map<std::string, std::pair<int, int>> filled_of_all;
  for (std::size_t row = 0; row < params.row_count(); ++row) {
    auto& [filled, all] = filled_of_all[params.text(row, fields::key())];
    filled += is_blank(params.cell(row, value)) ? 0 : 1;
    ++all;
  }
  REQUIRE(models.row_count() == 3);
  CHECK(filled_of_all[models.text(0, fields::key())] == std::pair(6, 6));
  CHECK(filled_of_all[models.text(1, fields::key())] == std::pair(2, 4));
  CHECK(filled_of_all.count(models.text(2, fields::key())) == 0);
  CHECK_FALSE(is_blank(models.cell(0, formula)));
  CHECK_FALSE(is_blank(models.cell(1, formula)));
  CHECK(is_blank(models.cell(2, formula)));
}

TEST_CASE("every member of the demo's files is a column of its tab, and every tab of a fresh wish is there") {
  struct TabFile {
    Tab tab;
    std::string_view file;
    std::set<std::string_view> further;
  };
  for (const TabFile& known : {TabFile{Tab::kIntake, marketing_emea_file(), {}},
                               {Tab::kIntake, sales_emea_file(), {}},
                               {Tab::kIntake, growth_apac_file(), {}},
                               {Tab::kIntake, fresh_wishes_file(), {"tab"}},
                               {Tab::kBacklog, backlog_file(), {"Quarter", "PM Notes"}},
                               {Tab::kScoringInputs, scoring_inputs_file(), {}},
                               {Tab::kMathModels, math_models_file(), {}},
                               {Tab::kParams, params_file(), {}}}) {
    const std::vector<std::string_view> fields = all_columns(known.tab);
    for (const DemoRow& row : read_demo_rows(known.file)) {
      for (const auto& [member, cell] : row) {
        INFO(member);
        CHECK((std::find(fields.begin(), fields.end(), member) != fields.end() ||
               known.further.count(member) == 1));
        CHECK_FALSE(is_blank(cell));
      }
    }
  }
}

TEST_CASE("five fresh wishes wait: rows that can be read, without key, with titles that nobody had") {
  std::map<std::string, const DemoTab*> tabs;
  const DemoWorkbook emea = demo_intake_emea(), apac = demo_intake_apac();
  for (const DemoWorkbook* workbook : {&emea, &apac}) {
    for (const DemoTab& tab : workbook->tabs)
      tabs[tab.title] = &tab;
  }
  std::set<std::string> titles = count_intake().titles;
  const std::size_t before = titles.size();
  for (const FreshWish& wish : fresh_wishes()) {
    REQUIRE(tabs.count(wish.tab) == 1);
    const DemoTab with_it{wish.tab, {tabs[wish.tab]->rows.front(), wish.cells}};
    const ReadTab read(Tab::kIntake, with_it);
    INFO(read.text(0, fields::title()));
    CHECK(read.bad_cells(0) == std::vector<std::string>{});
    CHECK(read.text(0, fields::key()).empty());
    titles.insert(read.text(0, fields::title()));
  }
  CHECK(titles.size() == before + 5);
}

TEST_CASE("demo data that is no array of objects of values names row and member") {
  CHECK(
      read_demo_rows(R"([{"title": "A", "impact_low": 2.5, "is_mandatory": true}])") ==
      std::vector<DemoRow>{{{"title", Cell("A")}, {"impact_low", Cell(2.5)}, {"is_mandatory", Cell(true)}}});
  CHECK_THROWS_WITH(read_demo_rows("{"), Catch::Contains("an array of rows"));
  CHECK_THROWS_WITH(read_demo_rows("{}"), Catch::Contains("an array of rows"));
  CHECK_THROWS_WITH(read_demo_rows("[{}, 3]"), Catch::Contains("row 2: an object"));
  CHECK_THROWS_WITH(read_demo_rows(R"([{"title": null}])"), Catch::Contains("row 1, title: a text"));
}

}  // namespace
}  // namespace roadmap::app
