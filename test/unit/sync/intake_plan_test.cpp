#include "core/sync/intake_plan.h"

#include <catch2/catch.hpp>

#include "test/unit/sync/planner_bench.h"

using namespace roadmap;
using namespace roadmap::test;
using Catch::Matchers::Contains;

namespace {

// Two intake tabs of different product_orgs.
struct IntakeBench {
  TabModel emea{Tab::kIntake,
                "EMEA",
                {"Initiative Key", "Title", "Requesting Team", "Requester Email", "Country", "Status",
                 "Deadline Date"}};
  TabModel apac{
      Tab::kIntake, "APAC", {"Initiative Key", "Title", "Requesting Team", "Requester Email", "Status"}};
  IntakeTabSettings emea_settings{"emea", {}, "", true, false};
  IntakeTabSettings apac_settings{"apac", {}, "Asia", true, false};
  StoredModel stored;
  std::set<std::string> shown_keys;
  std::set<std::int64_t> seen_elsewhere;
  StatusOverride override_ = StatusOverride::kPerTab;
  bool apac_is_read = true;

  // `writes`: the keys get into the sheets.
  IntakePlan run(bool writes = true) {
    std::vector<IntakeSource> sources;
    sources.push_back({&emea_settings, emea.table()});
    if (apac_is_read) sources.push_back({&apac_settings, apac.table()});
    const InitiativeIndex index(stored.initiatives);
    IntakePlan plan =
        plan_intake({sources, index, stored.bases[intake_address()], stored.pending, stored.next_number,
                     stored.seen_numbers, shown_keys, override_, noon(), seen_elsewhere});
    stored.commit(plan.changes);
    if (!writes) return plan;
    for (const TabPlan& tab : plan.tabs) {
      (tab.table->layout().tab == "EMEA" ? emea : apac).apply(tab);
      for (const PlannedCell& cell : tab.cells) {
        if (!is_blank(cell.after))
          std::erase_if(stored.pending, [&](const PendingKeyWrite& write) { return write.key == cell.key; });
      }
    }
    return plan;
  }
  // A PM saves a value in the Backlog.
  void pm(const char* name, const char* value) { stored.set("INIT-000001", name, Cell(value)); }
};

}  // namespace

TEST_CASE("a PM's saved value holds against every later edit of the team") {
  IntakeBench bench;
  bench.emea.add({{"Title", "First"}});
  bench.run();
  bench.pm("title", "By the PM");
  for (const char* edit : {"Second", "Third", "First", ""}) {
    if (*edit == '\0') continue;
    bench.emea.set(2, "Title", Cell(edit));
    const IntakePlan plan = bench.run();
    INFO(edit);
    CHECK(bench.stored.value("INIT-000001", "title") == Cell("By the PM"));
    REQUIRE(plan.kept_pm_values.size() == 1);
    CHECK(plan.kept_pm_values[0].column == "Title");
    CHECK(plan.kept_pm_values[0].kept == Cell("By the PM"));
    CHECK(plan.kept_pm_values[0].other == Cell(edit));
  }
  // It is said again by every run, and nothing changes by that.
  const IntakePlan again = bench.run();
  CHECK(again.kept_pm_values.size() == 1);
  CHECK(again.changes.empty());
}

TEST_CASE("a cell is free again at once when both say the same") {
  IntakeBench bench;
  bench.emea.add({{"Title", "First"}});
  bench.run();
  bench.pm("title", "By the PM");
  bench.emea.set(2, "Title", Cell("Second"));
  bench.run();

  SECTION("the PM saves the team's value, and no run looks before the team edits again") {
    bench.pm("title", "Second");
    bench.emea.set(2, "Title", Cell("Third"));
    CHECK(bench.run().kept_pm_values.empty());
    CHECK(bench.stored.value("INIT-000001", "title") == Cell("Third"));
  }
  SECTION("the team types the PM's value") {
    bench.emea.set(2, "Title", Cell("By the PM"));
    CHECK(bench.run().kept_pm_values.empty());
    bench.emea.set(2, "Title", Cell("Third"));
    bench.run();
    CHECK(bench.stored.value("INIT-000001", "title") == Cell("Third"));
  }
  SECTION("the PM saves what the team had said before: that is the PM's value now") {
    bench.pm("title", "First");
    CHECK(bench.run().kept_pm_values.size() == 1);
    CHECK(bench.stored.value("INIT-000001", "title") == Cell("First"));
  }
}

TEST_CASE("a withdrawal is kept out, too, where the PM has saved another lifecycle") {
  IntakeBench bench;
  bench.emea.add({{"Title", "First"}});
  bench.run();
  bench.pm("status", "in progress");
  bench.emea.set(2, "Status", Cell("Withdrawn"));
  const IntakePlan plan = bench.run();
  CHECK(bench.stored.value("INIT-000001", "status") == Cell("in progress"));
  REQUIRE(plan.kept_pm_values.size() == 1);
  CHECK(plan.kept_pm_values[0].column == "Status");
}

TEST_CASE("a value of a column that a team adds later is kept out where a PM's stands") {
  IntakeBench bench;
  bench.emea.add({{"Title", "First"}});
  bench.run();
  bench.pm("hypothesis", "The PM's");
  bench.emea.add_column("Hypothesis");
  CHECK(bench.run().kept_pm_values.empty());
  bench.emea.set(2, "Hypothesis", Cell("The team's"));
  CHECK(bench.run().kept_pm_values.size() == 1);
  CHECK(bench.stored.value("INIT-000001", "hypothesis") == Cell("The PM's"));
}

TEST_CASE("a bad optional cell keeps neither a new row nor an edit back") {
  IntakeBench bench;
  bench.emea.add(
      {{"Title", "First"}, {"Deadline Date", "next week"}, {"Country", "#REF!"}, {"Requesting Team", "Web"}});
  const IntakePlan first = bench.run();
  REQUIRE(first.rows.size() == 1);
  CHECK(first.rows[0].status == RowStatus::kOk);
  CHECK_THAT(first.rows[0].message, Contains("Deadline Date: 'next week' is not a date") &&
                                        Contains("Country: the cell shows #REF!"));
  CHECK(bench.stored.value("INIT-000001", "requesting_team") == Cell("Web"));
  CHECK(bench.stored.value("INIT-000001", "deadline_date") == Cell{});

  bench.emea.set(2, "Deadline Date", Cell("2026-03-04"));
  bench.run();
  CHECK(bench.stored.value("INIT-000001", "deadline_date") == Cell("2026-03-04"));
  bench.emea.set(2, "Deadline Date", Cell("soon"));
  bench.emea.set(2, "Status", Cell("withdrawn"));
  const IntakePlan later = bench.run();
  CHECK(bench.stored.value("INIT-000001", "deadline_date") == Cell("2026-03-04"));
  CHECK(bench.stored.value("INIT-000001", "status") == Cell("withdrawn"));
  CHECK(later.updated.size() == 1);
  CHECK(later.rows[0].status == RowStatus::kOk);
}

TEST_CASE("a key has at most nine digits; nothing longer is adopted or moves the counter") {
  IntakeBench bench;
  for (const char* key : {"INIT-9223372036854775806", "INIT-999999999999", "INIT-0000000001", "INIT-000000",
                          "INIT-1", "INIT--00001", "init-000004", "INIT-1000000000"}) {
    bench.emea.add({{"Initiative Key", key}, {"Title", key}});
  }
  bench.emea.add({{"Title", "New"}});
  const IntakePlan plan = bench.run();
  CHECK(bench.stored.initiatives.size() == 1);
  CHECK(bench.emea.at(10, "Initiative Key") == Cell("INIT-000001"));
  CHECK(plan.left_alone == 8);
  CHECK_THAT(plan.rows[0].message, Contains("EMEA row 2: unknown key"));
}

TEST_CASE("a number far above all others is not adopted, and its row is named") {
  IntakeBench bench;
  bench.emea.add({{"Initiative Key", "INIT-100001"}, {"Title", "Just near enough"}});
  bench.emea.add({{"Initiative Key", "INIT-200003"}, {"Title", "One too far"}});
  bench.emea.add({{"Initiative Key", "INIT-999999999"}, {"Title", "Far"}});
  bench.emea.add({{"Title", "New"}});
  const IntakePlan plan = bench.run();
  CHECK(bench.stored.initiatives.size() == 2);
  CHECK(plan.left_alone == 2);
  CHECK(bench.emea.at(5, "Initiative Key") == Cell("INIT-100002"));
  const bool named = std::any_of(plan.warnings.begin(), plan.warnings.end(), [](const std::string& warning) {
    return warning.find("EMEA row 4") != std::string::npos && warning.find("far above") != std::string::npos;
  });
  CHECK(named);
}

TEST_CASE("a number that any sheet shows is never issued, also when it is gone there") {
  IntakeBench bench;
  bench.emea.add({{"Initiative Key", "INIT-000001"}, {"Country", "no title, so not adopted"}});
  bench.seen_elsewhere = {2};
  bench.emea.add({{"Title", "New"}});
  bench.run();
  CHECK(bench.emea.at(3, "Initiative Key") == Cell("INIT-000003"));
  CHECK(bench.stored.next_number == 4);

  IntakeBench beside;  // a backlog shows it, then no more
  beside.seen_elsewhere = {1};
  beside.run();
  CHECK(beside.stored.seen_numbers == std::set<std::int64_t>{1});
  CHECK(beside.run().changes.empty());
  beside.seen_elsewhere.clear();
  beside.emea.add({{"Title", "New"}});
  beside.run();
  CHECK(beside.emea.at(2, "Initiative Key") == Cell("INIT-000002"));

  IntakeBench later;
  later.emea.add({{"Initiative Key", "INIT-000002"}, {"Country", "x"}});
  later.run();
  later.emea.erase(2);
  later.emea.add({{"Title", "One"}});
  later.emea.add({{"Title", "Two"}});
  later.run();
  CHECK(later.emea.at(2, "Initiative Key") == Cell("INIT-000001"));
  CHECK(later.emea.at(3, "Initiative Key") == Cell("INIT-000003"));
}

TEST_CASE("a wish that was withdrawn and is typed anew is a new one") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}, {"Requesting Team", "Web"}, {"Status", "withdrawn"}});
  bench.run();
  bench.emea.erase(2);
  bench.run();
  bench.emea.add({{"Title", "Wish"}, {"Requesting Team", "Web"}});
  const IntakePlan plan = bench.run();
  CHECK(plan.created.contains("INIT-000002"));
  CHECK(bench.stored.value("INIT-000001", "status") == Cell("withdrawn"));
}

TEST_CASE("a key that stands nowhere goes back to its row, unless a tab that may hold it was not read") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}});
  bench.apac.add({{"Title", "Elsewhere"}});
  bench.run();
  bench.emea.set(2, "Initiative Key", Cell{});
  SECTION("all tabs are read") {
    const IntakePlan plan = bench.run();
    CHECK(plan.created.empty());
    CHECK(bench.emea.at(2, "Initiative Key") == Cell("INIT-000001"));
  }
  SECTION("the row shows what was last seen of an initiative on a tab that cannot be read") {
    bench.emea.set(2, "Title", Cell("Elsewhere"));
    bench.apac_is_read = false;
    CHECK(bench.run().created.contains("INIT-000003"));
  }
}

TEST_CASE(
    "a withdrawn initiative comes back where the tab or the run allows it, or no backlog ever showed it") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}, {"Status", "withdrawn"}});
  bench.run();
  bench.emea.set(2, "Status", Cell("new"));
  SECTION("no backlog showed it") {
    bench.run();
    CHECK(bench.stored.value("INIT-000001", "status") == Cell("new"));
  }
  SECTION("a backlog did") {
    bench.shown_keys = {"INIT-000001"};
    for (int run = 0; run < 2; ++run) {
      const IntakePlan plan = bench.run();
      CHECK(bench.stored.value("INIT-000001", "status") == Cell("withdrawn"));
      REQUIRE(plan.warnings.size() == 1);
      CHECK_THAT(plan.warnings[0], Contains("EMEA row 2") && Contains("INIT-000001"));
    }
    bench.override_ = StatusOverride::kAllowed;
    bench.run();
    CHECK(bench.stored.value("INIT-000001", "status") == Cell("new"));
  }
}

TEST_CASE("a PM's withdrawal is no news to a team whose cell says new all the time") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}, {"Status", "new"}});
  bench.run();
  bench.shown_keys = {"INIT-000001"};
  bench.pm("status", "withdrawn");
  const IntakePlan plan = bench.run();
  CHECK(plan.warnings.empty());
  CHECK(plan.kept_pm_values.empty());
}

TEST_CASE("a team that types new where its blank Status meant new changes nothing") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}});
  bench.run();
  bench.pm("status", "parked");
  bench.emea.set(2, "Status", Cell("New"));
  const IntakePlan plan = bench.run();
  CHECK(plan.kept_pm_values.empty());
  CHECK(plan.updated.empty());
  CHECK(bench.stored.value("INIT-000001", "status") == Cell("parked"));
  bench.emea.set(2, "Status", Cell("withdrawn"));
  CHECK(bench.run().kept_pm_values.size() == 1);
}

TEST_CASE("a row whose Title shows an error waits, new or known, and says so") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Known"}});
  bench.run();
  bench.emea.set(2, "Title", Cell("#REF!"));
  bench.emea.set(2, "Country", Cell("FR"));
  bench.emea.add({{"Title", "Loading..."}, {"Country", "DE"}});
  const IntakePlan plan = bench.run();
  CHECK(plan.created.empty());
  CHECK(plan.no_title == 2);
  REQUIRE(plan.warnings.size() == 2);
  CHECK(plan.warnings[0] == "EMEA row 2: Title shows #REF!, skipped");
  CHECK(plan.warnings[1] == "EMEA row 3: Title shows Loading..., skipped");
  CHECK(bench.stored.value("INIT-000001", "country") == Cell{});
  bench.emea.set(2, "Title", Cell("Known"));
  bench.emea.set(3, "Title", Cell("New"));
  CHECK(bench.run().created == std::set<std::string>{"INIT-000002"});
  CHECK(bench.stored.value("INIT-000001", "country") == Cell("FR"));
}

TEST_CASE("a key of ours in a row without any team cell is taken out and not confirmed") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}});
  bench.run(false);
  REQUIRE(bench.stored.pending.size() == 1);
  bench.emea.set(2, "Title", Cell{});
  bench.emea.set(2, "Initiative Key", Cell("INIT-000001"));
  const IntakePlan plan = bench.run();
  CHECK(bench.emea.at(2, "Initiative Key") == Cell{});
  CHECK(bench.stored.pending.size() == 1);
  CHECK(plan.changes.confirmed_keys.empty());

  bench.emea.set(2, "Initiative Key", Cell("INIT-000777"));  // nobody's: left alone
  CHECK(bench.run().tabs.empty());
}

TEST_CASE("a row moved to a tab of another product_org moves the initiative there") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}});
  bench.run();
  bench.emea.erase(2);
  bench.apac.add({{"Initiative Key", "INIT-000001"}, {"Title", "Wish"}});
  const IntakePlan plan = bench.run();
  CHECK(bench.stored.record("INIT-000001").product_org == "Asia");
  CHECK(bench.stored.record("INIT-000001").intake_tab_key == "apac");
  CHECK(plan.updated.contains("INIT-000001"));
  CHECK(bench.run().changes.empty());
}

TEST_CASE("a copy of a row gets a key of its own once its Title differs") {
  IntakeBench bench;
  bench.emea.add({{"Title", "Wish"}});
  bench.run();
  bench.emea.add({{"Initiative Key", "INIT-000001"}, {"Title", "Wish"}});
  CHECK(bench.run().duplicates == 1);
  bench.emea.set(3, "Title", Cell("Another wish"));
  bench.run();
  CHECK(bench.emea.at(3, "Initiative Key") == Cell("INIT-000002"));
}
