#include "core/setup/setup_plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields/registry.h"

namespace roadmap {
namespace {

using Row = std::vector<Cell>;

Cell text(std::string_view value) { return std::string(value); }

WantedTab backlog_tab(int header_row = 1) {
  return wanted_tab(Tab::kBacklog, {"book", "Backlog", header_row, header_row + 1}, "central_backlog");
}

WantedTab intake_tab() { return wanted_tab(Tab::kIntake, {"book", "Marketing", 1, 2}, "intake emea"); }

// A grid with that header row, in which each headed column is used.
TabState tab_with(const Row& header, int header_row = 1) {
  TabState tab;
  tab.sheet_id = 7;
  tab.title = "Backlog";
  tab.rows = 100;
  tab.columns = 26;
  tab.top_rows.resize(static_cast<std::size_t>(header_row));
  tab.top_rows.back() = header;
  tab.column_states.resize(header.size());
  for (std::size_t i = 0; i < header.size(); ++i)
    tab.column_states[i].used = !is_blank(header[i]);
  return tab;
}

TabSetup plan_of(const WantedTab& wanted, const TabSurvey& survey) {
  const WantedWorkbook workbook{wanted.section, "book", {wanted}};
  WorkbookState state;
  state.sheet_ids = {0, 1, 7};
  state.tabs = {survey};
  return plan_setup(workbook, state).tabs.at(0);
}

TabSetup plan_of(const WantedTab& wanted, const TabState& tab) { return plan_of(wanted, {tab, false, {}}); }

template <typename Step>
std::vector<Step> steps(const TabSetup& plan) {
  std::vector<Step> found;
  for (const SetupStep& step : plan.steps) {
    if (const auto* one = std::get_if<Step>(&step)) found.push_back(*one);
  }
  return found;
}

template <typename Step>
std::vector<std::string> headers(const TabSetup& plan) {
  std::vector<std::string> found;
  for (const Step& step : steps<Step>(plan))
    found.push_back(step.header);
  return found;
}

bool has(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

ColumnState& column(TabState& tab, int at) {
  const auto index = static_cast<std::size_t>(at);
  if (tab.column_states.size() <= index) tab.column_states.resize(index + 1);
  return tab.column_states[index];
}

// The tab after the plan was carried out: what a person would see then.
TabState carried_out(TabState tab, const WantedTab& wanted, const TabSetup& plan) {
  for (const SetupStep& step : plan.steps) {
    if (const auto* add = std::get_if<AddTab>(&step)) {
      tab.rows = add->rows;
      tab.columns = add->columns;
      tab.frozen_rows = add->frozen_rows;
    } else if (const auto* grown = std::get_if<AppendRows>(&step)) {
      tab.rows += grown->count;
    } else if (const auto* wider = std::get_if<AppendColumns>(&step)) {
      tab.columns += wider->count;
    } else if (const auto* header = std::get_if<AddHeader>(&step)) {
      REQUIRE(header->column < tab.columns);
      REQUIRE_FALSE(column(tab, header->column).used);
      column(tab, header->column).used = true;
      if (!header->note.empty()) column(tab, header->column).note = header->note;
      const auto row = static_cast<std::size_t>(header->row) - 1;
      if (tab.top_rows.size() <= row) tab.top_rows.resize(row + 1);
      const auto at = static_cast<std::size_t>(header->column);
      if (tab.top_rows[row].size() <= at) tab.top_rows[row].resize(at + 1);
      tab.top_rows[row][at] = text(header->header);
    } else if (const auto* note = std::get_if<AddNote>(&step)) {
      REQUIRE(column(tab, note->column).note.empty());
      column(tab, note->column).note = note->note;
    } else if (const auto* freeze = std::get_if<FreezeRows>(&step)) {
      tab.frozen_rows = freeze->count;
    } else if (const auto* columns = std::get_if<FreezeColumns>(&step)) {
      REQUIRE(columns->count < tab.columns);
    } else if (const auto* rule = std::get_if<AddRule>(&step)) {
      REQUIRE(rule->last_row <= tab.rows);
      auto& rules = column(tab, rule->column).rules;
      rules.push_back({rule->first_row, rule->last_row, rule_text(rule->rule)});
      std::sort(rules.begin(), rules.end(),
                [](const RuleSpan& a, const RuleSpan& b) { return a.first_row < b.first_row; });
    } else if (const auto* range = std::get_if<ProtectColumn>(&step)) {
      tab.protections.push_back(
          {range->description, range->first_row, Protection::kOpen, range->column, range->column});
    }
  }
  CHECK(tab.frozen_rows < tab.rows);
  CHECK(tab.rows >= wanted.first_data_row);
  return tab;
}

const std::vector<WantedTab>& all_tabs() {
  static const std::vector<WantedTab> kTabs = [] {
    std::vector<WantedTab> tabs;
    for (int kind = 0; kind < kTabCount; ++kind)
      tabs.push_back(wanted_tab(static_cast<Tab>(kind), {"book", "T", 3, 5}, "s"));
    ProductOpsSettings ops;
    ops.run_log_tab = "RunLog";
    tabs.push_back(wanted_run_log(ops));
    return tabs;
  }();
  return kTabs;
}

}  // namespace

TEST_CASE("people read from the left: key, title, outcome, what is decided, what is typed, then the rest") {
  const std::map<Tab, std::vector<std::string>> wanted = {
      {Tab::kIntake, {"Initiative Key", "Title"}},
      {Tab::kBacklog,
       {"Initiative Key", "Title", "Last Run Status", "Active Scoring Framework", "Overall Score"}},
      {Tab::kScoringInputs,
       {"Initiative Key", "Title", "Status", "Active Scoring Framework", "Active: Overall Score",
        "RICE: Overall Score", "WSJF: Overall Score", "Math: Overall Score"}},
      {Tab::kMathModels, {"initiative_key", "model_name", "Status"}},
      {Tab::kParams, {"initiative_key", "param_name", "Status"}},
  };
  for (const auto& [tab, front] : wanted) {
    const std::vector<WantedColumn> columns = wanted_tab(tab, {"book", "T", 1, 2}, "s").columns;
    CAPTURE(tab_name(tab));
    REQUIRE(columns.size() == fields_on(tab).size());
    for (std::size_t i = 0; i < front.size(); ++i)
      CHECK(columns[i].header == front[i]);
    const auto first_of_the_rest =
        std::find_if(columns.begin() + static_cast<std::ptrdiff_t>(front.size()), columns.end(),
                     [](const WantedColumn& column) { return column.look != CellLook::kTyped; });
    for (auto column = first_of_the_rest; column != columns.end(); ++column) {
      CAPTURE(column->header);
      CHECK(column->look != CellLook::kTyped);
    }
  }
}

TEST_CASE("a new tab is 1440 pixels wide to the last overall score, row numbers and scroll bar included") {
  constexpr int kAround = 46 + 20;
  for (const auto& [tab, last] :
       {std::pair(Tab::kBacklog, "Overall Score"), std::pair(Tab::kScoringInputs, "Math: Overall Score")}) {
    int width = kAround;
    const std::vector<WantedColumn> columns = wanted_tab(tab, {"book", "T", 1, 2}, "s").columns;
    for (const WantedColumn& column : columns) {
      width += column.pixels;
      if (column.header == last) break;
    }
    CHECK(width <= 1440);
  }
}

TEST_CASE("a new tab gets its look: key and title frozen, scores with decimals, Status coloured by outcome") {
  const WantedTab wanted = wanted_tab(Tab::kScoringInputs, {"book", "Scoring_Inputs", 3, 5}, "product_ops");
  const TabSetup plan = plan_of(wanted, TabSurvey{std::nullopt, true, "no tab"});
  CHECK(steps<FreezeColumns>(plan).at(0).count == 2);
  std::vector<int> widths(wanted.columns.size());
  for (const SetColumnWidth& width : steps<SetColumnWidth>(plan)) {
    for (int i = 0; i < width.column_count; ++i)
      widths.at(static_cast<std::size_t>(width.first_column + i)) = width.pixels;
  }
  std::vector<std::optional<CellLook>> headers(wanted.columns.size()), cells(wanted.columns.size());
  for (const FormatCells& format : steps<FormatCells>(plan)) {
    const bool header = format.last_row == 3;
    CHECK((header ? format.first_row == 3 : format.first_row == 5 && format.last_row == 0));
    for (int i = 0; i < format.column_count; ++i)
      (header ? headers : cells).at(static_cast<std::size_t>(format.first_column + i)) = format.look;
  }
  for (std::size_t i = 0; i < wanted.columns.size(); ++i) {
    const WantedColumn& column = wanted.columns[i];
    CAPTURE(column.header);
    CHECK(widths[i] == column.pixels);
    const bool typed = owner_on(*column.field, Tab::kScoringInputs) == Owner::kPm;
    CHECK(headers[i] == (typed ? CellLook::kTypedHeader : CellLook::kWrittenHeader));
    const bool score =
        column.header.find("Score") != std::string::npos && !typed && column.header != "Status";
    const bool status = column.header == "Status";
    CHECK(cells[i] == (typed    ? CellLook::kTyped
                       : status ? CellLook::kSentence
                       : score  ? CellLook::kScore
                                : CellLook::kWritten));
  }
  std::vector<Outcome> outcomes;
  for (const ColourOutcome& colour : steps<ColourOutcome>(plan)) {
    CHECK(colour.header == "Status");
    CHECK(colour.column == 2);
    CHECK(colour.first_row == 5);
    outcomes.push_back(colour.outcome);
  }
  CHECK(outcomes == std::vector<Outcome>{Outcome::kOk, Outcome::kSkipped, Outcome::kFailed});
  const std::vector<std::string> words = in_words(plan);
  CHECK(has(words, "freeze the first 2 columns"));
  CHECK(has(words, "set widths, tints and number formats"));
  CHECK(has(words, "colour OK, SKIPPED and FAILED: Status"));
}

TEST_CASE("a tab that holds something keeps the look that people gave it") {
  for (const WantedTab& wanted : all_tabs()) {
    const TabSetup plan = plan_of(wanted, tab_with({text("Key"), text("Quarter")}, wanted.header_row));
    CHECK(steps<FreezeColumns>(plan).empty());
    CHECK(steps<SetRowHeight>(plan).empty());
    CHECK(steps<SetColumnWidth>(plan).empty());
    CHECK(steps<FormatCells>(plan).empty());
    CHECK(steps<ColourOutcome>(plan).empty());
  }
}

TEST_CASE("columns are frozen as far as they stand in front, in any order") {
  const WantedTab wanted = intake_tab();  // key, title, …
  std::vector<std::optional<int>> at(wanted.columns.size());
  const auto frozen = [&] {
    TabSetup plan;
    plan.steps = look_steps(wanted, at);
    const auto found = steps<FreezeColumns>(plan);
    return found.empty() ? 0 : found[0].count;
  };
  at[0] = 1, at[1] = 0;
  CHECK(frozen() == 2);
  at[1] = 2;
  CHECK(frozen() == 0);
  at[0] = 0, at[1] = 4;
  CHECK(frozen() == 1);
}

TEST_CASE("a missing tab is created with every column of the registry, in its order") {
  for (const WantedTab& wanted : all_tabs()) {
    CAPTURE(wanted.columns.front().header);
    const TabSetup plan = plan_of(wanted, TabSurvey{std::nullopt, true, "no tab"});
    CHECK(plan.problem.empty());
    CHECK(plan.sheet_id == 2);  // 0, 1 and 7 are taken
    REQUIRE(steps<AddTab>(plan).size() == 1);
    CHECK(steps<AddTab>(plan)[0].frozen_rows == wanted.header_row);
    const auto added = steps<AddHeader>(plan);
    REQUIRE(added.size() == wanted.columns.size());
    for (std::size_t i = 0; i < added.size(); ++i) {
      CHECK(added[i].header == wanted.columns[i].header);
      CHECK(added[i].column == static_cast<int>(i));
      CHECK(added[i].row == wanted.header_row);
      CHECK(added[i].note == wanted.columns[i].note);
    }
    const TabState after = carried_out(TabState{}, wanted, plan);
    CHECK(plan_of(wanted, after).steps.empty());
  }
}

TEST_CASE("an empty tab gets the same, without being created") {
  for (const WantedTab& wanted : all_tabs()) {
    TabState tab;
    tab.rows = 3;
    tab.columns = 2;
    const TabSetup plan = plan_of(wanted, tab);
    CHECK(steps<AddTab>(plan).empty());
    CHECK(steps<AddHeader>(plan).size() == wanted.columns.size());
    CHECK(steps<AppendColumns>(plan).at(0).count == static_cast<int>(wanted.columns.size()) - 2);
    CHECK(steps<FreezeRows>(plan).at(0).count == wanted.header_row);
    CHECK(plan_of(wanted, carried_out(tab, wanted, plan)).steps.empty());
  }
}

TEST_CASE("missing headers go to the right of all that is used, known or not, headed or not") {
  const WantedTab wanted = backlog_tab();
  TabState tab = tab_with({text("PM Notes"), text("key"), {}, text("Titel"), text("Title")});
  column(tab, 6).used = true;  // a value somewhere below, without a header
  const TabSetup plan = plan_of(wanted, tab);
  const auto added = steps<AddHeader>(plan);
  REQUIRE(added.size() == wanted.columns.size() - 2);
  CHECK(added[0].column == 7);
  CHECK(added[1].column == 8);
  CHECK_FALSE(has(headers<AddHeader>(plan), "Initiative Key"));
  CHECK_FALSE(has(headers<AddHeader>(plan), "Title"));
  CHECK(headers<AddNote>(plan) == std::vector<std::string>{"Initiative Key", "Title"});
  CHECK(steps<AppendColumns>(plan).at(0).count == 7 + static_cast<int>(added.size()) - 26);
}

TEST_CASE("a column that only has a rule or a note is not used, and keeps both") {
  const WantedTab wanted = backlog_tab();
  TabState tab = tab_with({text("Key")});
  column(tab, 1).note = "mine";
  column(tab, 1).rules = {{2, 50, "NUMBER_GREATER 3"}};
  const TabSetup plan = plan_of(wanted, tab);
  CHECK(steps<AddHeader>(plan).at(0).column == 1);
  CHECK(steps<AddHeader>(plan).at(0).note.empty());
  for (const AddRule& rule : steps<AddRule>(plan))
    CHECK(rule.column != 1);
}

TEST_CASE("people's notes, rules and protections stay as they are") {
  const WantedTab wanted = backlog_tab();
  const std::string framework(field(fields::active_framework()).on(Tab::kBacklog)->header);
  const std::string use_model(field(fields::use_math_model()).on(Tab::kBacklog)->header);
  TabState tab = tab_with({text("Key"), text(framework), text(use_model), text("Updated At")});
  column(tab, 0).note = "our key";
  column(tab, 1).rules = {{2, 10, "ONE_OF_LIST RICE WSJF"}};
  column(tab, 2).rules = {{2, 10, "BOOLEAN"}, {11, 12, "CUSTOM_FORMULA =A1"}};
  tab.protections = {{"only Anna", 1, 20, 3, 3}};
  const TabSetup plan = plan_of(wanted, tab);
  CHECK_FALSE(has(headers<AddNote>(plan), "Initiative Key"));
  CHECK_FALSE(has(headers<AddRule>(plan), framework));
  CHECK_FALSE(has(headers<AddRule>(plan), use_model));
  CHECK_FALSE(has(headers<ProtectColumn>(plan), "Updated At"));
  CHECK(has(headers<ProtectColumn>(plan), "Initiative Key"));
}

TEST_CASE("a protection of the header alone does not protect the column") {
  const WantedTab wanted = backlog_tab();
  TabState tab = tab_with({text("Key")});
  tab.protections = {{"header", 1, 1, 0, Protection::kOpen}};
  CHECK(has(headers<ProtectColumn>(plan_of(wanted, tab)), "Initiative Key"));
  tab.protections = {{"all", 1, Protection::kOpen, 0, Protection::kOpen}};
  CHECK(steps<ProtectColumn>(plan_of(wanted, tab)).empty());
}

TEST_CASE("our own protection is known again where people moved it") {
  const WantedTab wanted = backlog_tab();
  TabState tab = tab_with({text("Key")});
  tab.protections = {{protection_description(wanted.columns[0]), 2, 3, 20, 20}};
  CHECK_FALSE(has(headers<ProtectColumn>(plan_of(wanted, tab)), "Initiative Key"));
}

TEST_CASE("cells between and below those with our rule get it too") {
  const WantedTab wanted = backlog_tab();
  const std::string use_model(field(fields::use_math_model()).on(Tab::kBacklog)->header);
  TabState tab = tab_with({text("Key"), text(use_model)});
  column(tab, 1).rules = {{1, 1, "CUSTOM_FORMULA =x"}, {5, 9, "BOOLEAN"}, {20, 90, "BOOLEAN"}};
  std::vector<std::pair<int, int>> gaps;
  for (const AddRule& rule : steps<AddRule>(plan_of(wanted, tab))) {
    if (rule.column == 1) gaps.emplace_back(rule.first_row, rule.last_row);
  }
  CHECK(gaps == std::vector<std::pair<int, int>>{{2, 4}, {10, 19}, {91, 100}});
}

TEST_CASE("a column in which people write yes and no gets no checkboxes") {
  const WantedTab wanted = backlog_tab();
  const std::string use_model(field(fields::use_math_model()).on(Tab::kBacklog)->header);
  TabState tab = tab_with({text("Key"), text(use_model)});
  column(tab, 1).texts_below = true;
  CHECK_FALSE(has(headers<AddRule>(plan_of(wanted, tab)), use_model));
}

TEST_CASE("a team's tab that holds something only gets what the key column lacks") {
  const WantedTab wanted = intake_tab();
  const TabSetup plan = plan_of(wanted, tab_with({text("Title"), text("Is Mandatory")}));
  CHECK(headers<AddHeader>(plan) == std::vector<std::string>{"Initiative Key"});
  CHECK(steps<AddHeader>(plan).at(0).column == 2);
  CHECK(headers<ProtectColumn>(plan) == std::vector<std::string>{"Initiative Key"});
  CHECK(steps<FreezeRows>(plan).empty());
  CHECK(steps<AddRule>(plan).empty());
  CHECK(steps<AddNote>(plan).empty());
}

TEST_CASE("rows that people froze stay frozen") {
  TabState tab = tab_with({text("Key")});
  tab.frozen_rows = 4;
  CHECK(steps<FreezeRows>(plan_of(backlog_tab(), tab)).empty());
  tab.frozen_rows = 0;
  CHECK(steps<FreezeRows>(plan_of(backlog_tab(), tab)).at(0).count == 1);
}

TEST_CASE("a header row that is configured wrongly is said, and nothing is written") {
  const TabSetup plan = plan_of(backlog_tab(), [] {
    TabState tab = tab_with({text("Key"), text("Title")}, 3);
    tab.top_rows[0] = {text("Our roadmap")};
    return tab;
  }());
  CHECK(plan.steps.empty());
  CHECK_THAT(plan.problem, Catch::Contains("row 3") && Catch::Contains("header_row = 3"));
  CHECK(plan_of(backlog_tab(3), tab_with({text("Key"), text("Title")}, 3)).problem.empty());
}

TEST_CASE("a tab that cannot be used is a problem of its own") {
  const TabSetup plan = plan_of(backlog_tab(), TabSurvey{std::nullopt, false, "'Backlog' is a chart"});
  CHECK(plan.steps.empty());
  CHECK(plan.problem == "'Backlog' is a chart");
}

TEST_CASE("tabs of one spreadsheet belong to one workbook, whatever they are configured as") {
  Settings settings;
  settings.backlogs = {{{"one", "Backlog", 1, 2}, ""}};
  settings.product_ops.spreadsheet_id = "one";
  settings.product_ops.run_log_tab = "RunLog";
  IntakeTabSettings off;
  off.layout = {"two", "Old", 1, 2};
  off.active = false;
  settings.intakes = {{"emea", "two", {off}}};
  const auto workbooks = wanted_workbooks(settings);
  REQUIRE(workbooks.size() == 2);
  CHECK(workbooks[0].section == "central_backlog, product_ops");
  CHECK(workbooks[0].tabs.size() == 5);
  CHECK(workbooks[1].tabs.empty());
}

TEST_CASE("every column's note says what it is and who writes it") {
  for (const WantedTab& tab : all_tabs()) {
    for (const WantedColumn& wanted : tab.columns) {
      CAPTURE(wanted.header);
      const auto lines = std::count(wanted.note.begin(), wanted.note.end(), '\n');
      CHECK(lines == 1);
      CHECK((wanted.note.find("ritten by") != std::string::npos ||
             wanted.note.find("illed in by") != std::string::npos));
    }
  }
}

TEST_CASE("what is done is told in few lines") {
  TabState tab = tab_with({text("Key")});
  tab.column_states[0].note = "ours";
  const std::vector<std::string> words = in_words(plan_of(backlog_tab(), tab));
  std::map<std::string, int> starts;
  for (const std::string& line : words)
    ++starts[line.substr(0, line.find(':'))];
  CHECK(starts == std::map<std::string, int>{{"add headers, each with a note", 1},
                                             {"freeze row 1", 1},
                                             {"checkboxes", 1},
                                             {"a list of RICE, WSJF and MATH_MODEL", 1},
                                             {"warn before somebody types into", 1}});
}

}  // namespace roadmap
