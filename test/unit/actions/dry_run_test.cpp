#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "core/actions/action_registry.h"
#include "test/unit/actions/product_ops_bench.h"

// A dry run promises exactly what the run then does: the same cells, the same counts, the same rows (sync.md,
// "Functional core, I/O at the edges"), for every action of the registry.

using namespace roadmap;
using namespace roadmap::test;

namespace {

using Sheets = std::map<std::string, std::vector<FakeRow>>;  // by "spreadsheet/tab"
// Tab, row (0: a new one), key where the row is new, column's header, before, after.
using Change = std::tuple<std::string, int, std::string, std::string, std::string, std::string>;

std::string printed(const Cell& cell) {
  if (std::holds_alternative<std::string>(cell)) return '"' + std::get<std::string>(cell) + '"';
  return to_text(cell);
}

std::string text_of(const Sheets& sheets) {
  std::string text;
  for (const auto& [tab, rows] : sheets) {
    text += tab + '\n';
    for (const FakeRow& row : rows) {
      for (const FakeCell& cell : row)
        text += (cell.is_formula ? " =" : " ") + printed(cell.value) + " |";
      text += '\n';
    }
  }
  return text;
}

// A new row of Params is named by its key and its parameter.
std::string key_of(const PlannedChange& cell) {
  return cell.initiative_key.substr(0, cell.initiative_key.find(' '));
}

// Everything a result says but its plan.
nlohmann::json without_plans(nlohmann::json said) {
  if (said.is_object()) said.erase("plan");
  if (said.is_structured()) {
    for (nlohmann::json& part : said)
      part = without_plans(part);
  }
  return said;
}

class DryRunWorld {
 public:
  DryRunWorld() {
    bench_.settings.backlogs.front().product_org = "";
    bench_.settings.intakes.front().tabs.back().product_org = "apac";
    std::vector<Cell> header;
    for (const FakeCell& cell : bench_.backlog().rows.front())
      header.push_back(cell.value);
    header.emplace_back("Overall Score");
    bench_.sheets.add_tab("backlog-apac", "Backlog", {header});
    bench_.settings.backlogs.push_back({{"backlog-apac", "Backlog", 1, 2}, "apac"});
  }

  void happen() {
    switch (*rc::gen::inRange(0, 9)) {
      case 0:
      case 1:
        return wish();
      case 2:
        return type(any_backlog(), {"Title", "Country", "Status", "Use Math Model",
                                    "Active Scoring Framework", "Dependencies Initiatives", "PM Notes"});
      case 3:
        return type(bench_.scoring(),
                    {"Active Scoring Framework", "Use Math Model", "Risk Level", "Title", "RICE: Reach",
                     "RICE: Impact", "RICE: Confidence", "RICE: Effort", "WSJF: Business Value",
                     "WSJF: Time Criticality", "WSJF: Risk Reduction", "WSJF: Job Size"});
      case 4:
        return type(any_intake(), {"Title", "Requesting Team", "Country", "Status", "Impact Low"});
      case 5:
        return list();
      case 6:
        return move();
      case 7:
        return kill();
      default:
        return type(*rc::gen::arbitrary<bool>() ? bench_.models() : bench_.params(),
                    {"formula_text", "approved_by_user", "assumptions_text", "value", "approved", "source",
                     "framework", "param_name"});
    }
  }

  // The action, promised and done.
  void act(const ActionSpec& action) {
    ActionRequest request = request_of(action);
    const Sheets before = sheets();
    request.options.dry_run = true;
    bench_.sheets.reset_counts();
    const auto promised = run(action, request);
    RC_ASSERT(bench_.sheets.writes == 0);
    RC_ASSERT(changes(before, sheets()).empty());
    request.options.dry_run = false;
    const auto done = run(action, request);
    if (promised.refused == "write_unsettled") return;  // promises nothing
    RC_LOG() << action.name << ", before it:\n" << text_of(before);
    RC_ASSERT(without_plans(promised.said).dump(1) == without_plans(done.said).dump(1));
    RC_ASSERT(promised.cells == changes(before, sheets()));
    for (const auto& [key, column, value] : promised.stored)
      RC_ASSERT(printed(bench_.value(key, column.c_str())) == value);
    bench_.clock.advance(std::chrono::seconds(1));
  }

 private:
  struct Outcome {
    nlohmann::json said;
    std::string refused;                                                 // the code of its error
    std::multiset<Change> cells;                                         // promised, of sheets
    std::set<std::tuple<std::string, std::string, std::string>> stored;  // of the database: key, field, value
  };

  Outcome run(const ActionSpec& action, const ActionRequest& request) {
    Outcome outcome;
    try {
      RunResult result = bench_.run(std::string(action.name), request);
      for (const PlannedChange& cell : result.plan) {
        if (cell.tab.empty()) {
          outcome.stored.emplace(cell.initiative_key, cell.column, printed(cell.after));
          continue;
        }
        outcome.cells.insert({cell.spreadsheet_id + '/' + cell.tab, cell.row,
                              cell.row == 0 ? key_of(cell) : "", cell.column, printed(cell.before),
                              printed(cell.after)});
      }
      outcome.said = nlohmann::json::parse(to_json(result));
    } catch (const Error& error) {
      outcome.said = {{"error", error.what()}};
      outcome.refused = error.code();
    }
    return outcome;
  }

  FakeTab& any_intake() { return *rc::gen::arbitrary<bool>() ? bench_.intake() : bench_.intake2(); }
  FakeTab& any_backlog() {
    return *rc::gen::arbitrary<bool>() ? bench_.backlog() : bench_.sheets.tab("backlog-apac", "Backlog");
  }
  FakeTab& any_tab() {
    FakeTab* tabs[] = {&any_intake(), &any_backlog(), &bench_.scoring(), &bench_.models(), &bench_.params()};
    return *tabs[static_cast<std::size_t>(*rc::gen::inRange(0, 5))];
  }
  static std::string any_key() { return "INIT-00000" + std::to_string(*rc::gen::inRange(1, 7)); }

  // Something that a person types into a cell of any type.
  static Cell any_value() {
    return *rc::gen::elementOf(std::vector<Cell>{Cell{},
                                                 Cell("word"),
                                                 Cell("other"),
                                                 Cell(0.5),
                                                 Cell(3.0),
                                                 Cell(80.0),
                                                 Cell(0.0),
                                                 Cell(true),
                                                 Cell(false),
                                                 Cell("RICE"),
                                                 Cell("WSJF"),
                                                 Cell("MATH_MODEL"),
                                                 Cell("#REF!"),
                                                 Cell("withdrawn"),
                                                 Cell("new"),
                                                 Cell("value = a * 2"),
                                                 Cell("value = a +"),
                                                 Cell("INIT-000001"),
                                                 Cell("a"),
                                                 Cell("b")});
  }

  // An update of the backlogs whose process dies in one of its writes: what it left open is the next run's.
  void kill() {
    bench_.sheets.die_in_write(
        *rc::gen::element(FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply));
    try {
      bench_.run("flow1.full_sync");
    } catch (const FakeSheets::Killed&) {
    } catch (const Error&) {
    }
    bench_.sheets.calm_down();
  }

  void wish() {
    JobBench::add_row(any_intake(), {{"Title", "Wish " + std::to_string(++wishes_)},
                                     {"Requesting Team", *rc::gen::element<std::string>("Web", "Apps")},
                                     {"Country", any_value()},
                                     {"Impact Low", any_value()}});
  }

  static void type(FakeTab& tab, const std::vector<std::string>& headers) {
    const std::string header = *rc::gen::elementOf(headers);
    const bool has_column = std::any_of(tab.rows.front().begin(), tab.rows.front().end(),
                                        [&](const FakeCell& cell) { return cell.value == Cell(header); });
    if (!has_column || tab.last_row() < 2) return;
    const int row = *rc::gen::inRange(2, tab.last_row() + 1);
    const int column = tab.column_of(header);
    if (*rc::gen::inRange(0, 12) == 0) return tab.set_formula(row, column, any_value());
    const Cell value = any_value();
    tab.set(row, column, value);
    if (value == Cell(0.5)) tab.set_displayed(row, column, 0.5, "50%");
  }

  void list() {
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        JobBench::add_row(bench_.scoring(), {{"Initiative Key", any_key()},
                                             {"RICE: Reach", 100.0},
                                             {"RICE: Impact", 2.0},
                                             {"RICE: Confidence", 0.5},
                                             {"RICE: Effort", 2.0}});
        return;
      case 1:
        JobBench::add_row(
            bench_.models(),
            {{"initiative_key", any_key()}, {"formula_text", any_value()}, {"approved_by_user", true}});
        return;
      default:
        JobBench::add_row(bench_.params(), {{"initiative_key", any_key()},
                                            {"param_name", *rc::gen::element<std::string>("a", "b")},
                                            {"value", any_value()},
                                            {"approved", true}});
    }
  }

  void move() {
    FakeTab& tab = any_tab();
    if (tab.last_row() < 2) return;
    const int row = *rc::gen::inRange(2, tab.last_row() + 1);
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        return tab.delete_row(row);
      case 1:
        tab.rows.push_back(tab.rows[static_cast<std::size_t>(row - 1)]);  // a copy
        return;
      case 2:
        return tab.insert_rows(row, 1);
      default:
        return tab.sort(2, 1, *rc::gen::arbitrary<bool>());
    }
  }

  static ActionRequest request_of(const ActionSpec& action) {
    ActionRequest request;
    if (action.name == "flow2.activate") request.options.framework = "RICE";
    if ((action.scopes & kScopeKeys) == 0) return request;
    const bool needs_keys = (action.scopes & kScopeAll) == 0;
    if (!needs_keys && *rc::gen::arbitrary<bool>()) return request;
    request.scope.type = ScopeType::kSelection;
    for (int number = 1; number < 7; ++number) {
      if (*rc::gen::inRange(0, 3) > 0)
        request.scope.initiative_keys.push_back("INIT-00000" + std::to_string(number));
    }
    if (!action.name.starts_with("pm.")) return request;
    std::vector<SheetContext> tabs = {{"ops", "Scoring_Inputs"}};
    const bool anywhere = action.name == "pm.save_selected";
    if (anywhere || action.name == "pm.switch_framework") tabs.push_back({"backlog", "Backlog"});
    if (anywhere || action.name == "pm.score_selected") {
      tabs.push_back({"ops", "MathModels"});
      tabs.push_back({"ops", "Params"});
    }
    if (action.name == "pm.add_to_scoring") tabs = {{"backlog", "Backlog"}};
    request.sheet_context = *rc::gen::elementOf(tabs);
    return request;
  }

  Sheets sheets() {
    Sheets all;
    for (const auto& [book, title] :
         std::vector<std::pair<std::string, std::string>>{{"intake", "EMEA"},
                                                          {"intake", "APAC"},
                                                          {"backlog", "Backlog"},
                                                          {"backlog-apac", "Backlog"},
                                                          {"ops", "Scoring_Inputs"},
                                                          {"ops", "MathModels"},
                                                          {"ops", "Params"}})
      all[book + '/' + title] = bench_.sheets.tab(book, title).rows;
    return all;
  }

  // Every cell that differs. Rows are inserted below the last one with a key.
  static std::multiset<Change> changes(const Sheets& before, const Sheets& after) {
    std::multiset<Change> found;
    for (const auto& [tab, rows] : before) {
      const std::vector<FakeRow>& now = after.at(tab);
      const std::size_t added = now.size() - rows.size();
      const std::size_t last = last_keyed(rows);
      for (std::size_t r = 0; r < now.size(); ++r) {
        const bool is_new = added > 0 && r > last && r <= last + added;
        const std::size_t then = r > last ? r - added : r;
        compare(tab, is_new ? FakeRow{} : rows[then], now[r], is_new ? 0 : static_cast<int>(then) + 1,
                rows.front(), found);
      }
    }
    return found;
  }

  static std::size_t last_keyed(const std::vector<FakeRow>& rows) {
    std::size_t last = 0;
    for (std::size_t r = 1; r < rows.size(); ++r) {
      if (!rows[r].empty() && !is_blank(rows[r].front().value)) last = r;
    }
    return last;
  }

  static void compare(const std::string& tab, const FakeRow& was, const FakeRow& is, int row,
                      const FakeRow& header, std::multiset<Change>& found) {
    for (std::size_t c = 0; c < std::max(was.size(), is.size()); ++c) {
      const Cell before = c < was.size() ? was[c].value : Cell{};
      const Cell after = c < is.size() ? is[c].value : Cell{};
      if (before == after) continue;
      found.insert({tab, row, row == 0 ? to_text(is.front().value) : "", to_text(header[c].value),
                    printed(before), printed(after)});
    }
  }

  ProductOpsBench bench_;
  int wishes_ = 0;
};

}  // namespace

TEST_CASE("property: every action does what its dry run promises, cell by cell and count by count") {
  std::set<std::string_view> tried;
  CHECK(rc::check("people and actions", [&] {
    DryRunWorld world;
    const int rounds = *rc::gen::inRange(1, 4);
    for (int round = 0; round < rounds; ++round) {
      const int steps = *rc::gen::inRange(1, 15);
      for (int i = 0; i < steps; ++i)
        world.happen();
      // Another one each time: what comes first has everything left to do.
      std::vector<ActionSpec> actions(all_actions().begin(), all_actions().end());
      std::rotate(actions.begin(),
                  actions.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(actions)), actions.end());
      for (const ActionSpec& action : actions) {
        world.act(action);
        tried.insert(action.name);
      }
    }
  }));
  CHECK(tried.size() == all_actions().size());
}

TEST_CASE(
    "property: a full sync's dry run plans each part on all that the parts before it would have stored") {
  CHECK(rc::check("people, then flow1.full_sync", [] {
    DryRunWorld world;
    const int rounds = *rc::gen::inRange(1, 6);
    for (int round = 0; round < rounds; ++round) {
      const int steps = *rc::gen::inRange(1, 25);
      for (int i = 0; i < steps; ++i)
        world.happen();
      world.act(*find_action("flow1.full_sync"));
    }
  }));
}
