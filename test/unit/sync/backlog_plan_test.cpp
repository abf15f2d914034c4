#include "core/sync/backlog_plan.h"

#include <catch2/catch.hpp>

#include "test/unit/sync/planner_bench.h"

using namespace roadmap;
using namespace roadmap::test;

namespace {

struct BacklogBench {
  TabModel backlog{
      Tab::kBacklog,
      "Backlog",
      {"Initiative Key", "Title", "Country", "Use Math Model", "Active Scoring Framework", "Value Score",
       "Effort Score", "Overall Score", "Last Run Status", "Updated At", "Updated Source"}};
  StoredModel stored;
  std::set<std::string> elsewhere;  // keys of another backlog
  std::set<std::string> saved;
  std::map<std::string, std::string> refused;
  bool knows_formulas = true;

  BacklogPlan run(Publish publish = Publish::kScores, bool writes = true) {
    const SheetTable table = knows_formulas ? backlog.looked_at() : backlog.table();
    const InitiativeIndex index(stored.initiatives);
    const std::set<std::string> none;
    std::set<std::string> here;
    for (const InitiativeRecord& record : stored.initiatives) {
      if (!elsewhere.contains(record.key)) here.insert(record.key);
    }
    BacklogPlan plan =
        plan_backlog({table, index, stored.bases[backlog.address()], stored.bases[intake_address()], none,
                      here, "Home", publish, true, saved, refused});
    if (!writes) return plan;
    stored.commit(plan.changes);
    backlog.apply(plan.tab);
    stored.settle(backlog.address());
    plan.tab.table = nullptr;  // it was this call's
    return plan;
  }
  void activate(const std::string& key, const char* framework, double value, double effort) {
    stored.set(key, "active_scoring_framework", Cell(framework));
    stored.set(key, "value_score", Cell(value));
    stored.set(key, "effort_score", Cell(effort));
    stored.set(key, "overall_score", Cell(value / effort));
  }
};

std::set<std::pair<int, int>> addresses(const TabPlan& plan) {
  std::set<std::pair<int, int>> cells;
  for (const PlannedCell& cell : plan.cells)
    cells.emplace(cell.row, cell.column);
  return cells;
}

}  // namespace

TEST_CASE(
    "first sight of an existing row: blank cells are filled, what differs is an unsaved edit and stays") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "Stored");
  bench.stored.set("INIT-000001", "country", Cell("DE"));
  bench.stored.set("INIT-000001", "use_math_model", Cell(true));
  bench.backlog.add(
      {{"Initiative Key", "INIT-000001"}, {"Title", "The PM's"}, {"Use Math Model", Cell(false)}});
  for (int run = 0; run < 3; ++run) {
    const BacklogPlan plan = bench.run();
    CHECK(bench.backlog.text(2, "Title") == "The PM's");
    CHECK(bench.backlog.text(2, "Country") == "DE");
    CHECK(bench.backlog.at(2, "Use Math Model") == Cell(true));
    REQUIRE(plan.result.kept_unsaved_edits.size() == 1);
    CHECK(plan.result.kept_unsaved_edits[0].column == "Title");
    if (run > 0) CHECK(plan.tab.empty());
  }
  bench.stored.set("INIT-000001", "title", Cell("The team's next"));
  bench.run();
  CHECK(bench.backlog.text(2, "Title") == "The PM's");
}

TEST_CASE("a known column that a PM adds is filled") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "Stored");
  bench.stored.set("INIT-000001", "hypothesis", Cell("Because"));
  bench.run();
  bench.backlog.add_column("Hypothesis");
  const BacklogPlan plan = bench.run();
  CHECK(bench.backlog.text(2, "Hypothesis") == "Because");
  CHECK(plan.changed.size() == 1);
}

TEST_CASE("active framework and its scores are written together, or not at all") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "One");
  bench.activate("INIT-000001", "RICE", 10, 2);
  bench.run();
  REQUIRE(bench.backlog.at(2, "Overall Score") == Cell(5.0));

  SECTION("a choice that no Switch has taken over keeps all four, and says so") {
    bench.backlog.set(2, "Active Scoring Framework", Cell("WSJF"));
    bench.activate("INIT-000001", "RICE", 30, 2);
    for (int run = 0; run < 2; ++run) {
      const BacklogPlan plan = bench.run();
      CHECK(bench.backlog.at(2, "Overall Score") == Cell(5.0));
      CHECK(
          bench.backlog.text(2, "Last Run Status") ==
          "OK · WSJF is chosen but not active: Switch framework, once Business Value, Time Criticality, Risk "
          "Reduction and Job Size are filled in and Score was run");
      CHECK(plan.not_active == 1);
      REQUIRE(plan.result.kept_unsaved_edits.size() == 1);
      if (run == 1) CHECK(plan.tab.empty());
    }
    bench.backlog.set(2, "Active Scoring Framework", Cell("RICE"));
    CHECK(bench.run().not_active == 0);
    CHECK(bench.backlog.at(2, "Overall Score") == Cell(15.0));
    CHECK(bench.backlog.text(2, "Last Run Status") == "OK");
  }
  SECTION("a cleared choice, and one that is no framework") {
    bench.backlog.set(2, "Active Scoring Framework", Cell{});
    CHECK(bench.run().not_active == 1);
    CHECK(bench.backlog.text(2, "Last Run Status") ==
          "OK · no framework is chosen but RICE is active: Switch framework");
    bench.backlog.set(2, "Active Scoring Framework", Cell("best"));
    bench.run();
    CHECK(bench.backlog.text(2, "Last Run Status") ==
          "OK · Active Scoring Framework: 'best' is not RICE, WSJF or MATH_MODEL");
  }
  SECTION("an untouched cell follows a Switch made elsewhere, and a deactivation") {
    bench.activate("INIT-000001", "WSJF", 8, 2);
    CHECK(bench.run(Publish::kNoScores).tab.empty());
    bench.run();
    CHECK(bench.backlog.text(2, "Active Scoring Framework") == "WSJF");
    CHECK(bench.backlog.at(2, "Overall Score") == Cell(4.0));
    for (const char* name : {"active_scoring_framework", "value_score", "effort_score", "overall_score"})
      bench.stored.set("INIT-000001", name, Cell{});
    bench.run();
    CHECK(bench.backlog.at(2, "Active Scoring Framework") == Cell{});
    CHECK(bench.backlog.at(2, "Overall Score") == Cell{});
  }
  SECTION("a formula in the framework cell keeps all four") {
    bench.backlog.set_formula(2, "Active Scoring Framework", "=Z1");
    bench.activate("INIT-000001", "WSJF", 8, 2);
    const BacklogPlan plan = bench.run();
    CHECK(bench.backlog.at(2, "Overall Score") == Cell(5.0));
    CHECK(plan.not_active == 1);
  }
}

TEST_CASE("a cell that is to be overwritten is looked at first, and a formula stays") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "One");
  bench.run();
  bench.stored.set("INIT-000001", "title", Cell("Renamed"));
  bench.backlog.set_formula(2, "Title", "=\"One\"");
  bench.knows_formulas = false;
  const BacklogPlan first = bench.run(Publish::kScores, false);
  CHECK(first.tab.wants_formulas == std::set<int>{1});
  CHECK(first.tab.cells.size() >= 1);
  bench.knows_formulas = true;
  const BacklogPlan second = bench.run();
  CHECK(second.tab.wants_formulas.empty());
  CHECK(second.tab.cells.empty());
  CHECK(bench.backlog.text(2, "Title") == "One");
  // Without the formula the same value comes in.
  bench.backlog.set_formula(2, "Title", "");
  bench.run();
  CHECK(bench.backlog.text(2, "Title") == "Renamed");
}

TEST_CASE("what a team changed and a PM's value held out is said in the row, until both agree") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "The PM's");
  RowBase& intake = bench.stored.bases[intake_address()]["INIT-000001"];
  intake.cells.insert_or_assign(fields::title(), BaseCell{Cell("The team's"), Cell("The team's"), {}, true});
  bench.run(Publish::kNoScores);
  const std::string said = "OK · team changed Title to 'The team's', yours was kept";
  CHECK(bench.backlog.text(2, "Last Run Status") == said);
  CHECK(bench.run(Publish::kNoScores).tab.empty());
  bench.backlog.set(2, "Last Run Status", Cell("OK"));  // a Save of the row wrote this
  bench.run();
  CHECK(bench.backlog.text(2, "Last Run Status") == said);
  bench.stored.set("INIT-000001", "title", Cell("The team's"));
  bench.run();
  CHECK(bench.backlog.text(2, "Last Run Status") == "OK");
  CHECK(bench.backlog.text(2, "Title") == "The team's");
}

TEST_CASE("the row of an initiative that moved to another backlog says where, and is left as it is") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "One");
  bench.run();
  bench.elsewhere = {"INIT-000001"};
  bench.stored.record("INIT-000001").product_org = "Asia";
  bench.stored.set("INIT-000001", "title", Cell("Renamed there"));
  bench.run();
  CHECK(bench.backlog.text(2, "Last Run Status") == "OK · moved to Asia");
  CHECK(bench.backlog.text(2, "Title") == "One");
  CHECK(bench.run().tab.empty());
  bench.stored.record("INIT-000001").product_org = "";
  CHECK(bench.run().result.rows.at(0).message == "moved to Home");
  bench.elsewhere.clear();
  bench.run();
  CHECK(bench.backlog.text(2, "Last Run Status") == "OK");
  CHECK(bench.backlog.text(2, "Title") == "Renamed there");
}

TEST_CASE("one plan carries what a full sync saved and refused, each cell once") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "One");
  bench.stored.add("INIT-000002", "Two");
  bench.run();
  bench.stored.record("INIT-000001").updated_at = noon();
  bench.saved = {"INIT-000001"};
  bench.refused = {{"INIT-000002", "Use Math Model: 'perhaps' is neither TRUE nor FALSE"}};
  const BacklogPlan plan = bench.run();
  CHECK(bench.backlog.text(2, "Updated At") == "2026-01-02T12:00:00Z");
  CHECK(bench.backlog.text(3, "Last Run Status") ==
        "FAILED: Use Math Model: 'perhaps' is neither TRUE nor FALSE");
  CHECK(addresses(plan.tab).size() == plan.tab.cells.size());
  CHECK(plan.result.summary.failed == 1);
}

TEST_CASE("new rows are appended in one insert, in the order of their keys, and a second plan has none") {
  BacklogBench bench;
  bench.backlog.add({{"Initiative Key", "INIT-000002"}});
  bench.backlog.add({{"Title", "a note without key"}});
  for (const char* key : {"INIT-000001", "INIT-000002", "INIT-000010"})
    bench.stored.add(key, key);
  bench.stored.add("INIT-000011", "withdrawn");
  bench.stored.set("INIT-000011", "status", Cell("withdrawn"));
  const BacklogPlan plan = bench.run();
  CHECK(plan.appended == std::set<std::string>{"INIT-000001", "INIT-000010"});
  CHECK(bench.backlog.text(3, "Initiative Key") == "INIT-000001");
  CHECK(bench.backlog.text(4, "Initiative Key") == "INIT-000010");
  CHECK(bench.backlog.text(5, "Title") == "a note without key");
  CHECK(bench.run().tab.empty());
}

TEST_CASE("two rows of one key count their cells apart") {
  BacklogBench bench;
  bench.stored.add("INIT-000001", "One");
  bench.run();
  bench.backlog.add({{"Initiative Key", "INIT-000001"}});
  bench.backlog.add({{"Initiative Key", "INIT-000001"}});
  const BacklogPlan plan = bench.run();
  CHECK(plan.tab.cell_count() == 4);  // Last Run Status and Updated Source of either copy
  CHECK(bench.backlog.text(4, "Last Run Status") == "FAILED: duplicate key, see row 2");
}
