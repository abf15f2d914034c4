#include <catch2/catch.hpp>

#include "core/fields/registry.h"
#include "test/fakes/cell_printing.h"
#include "test/fakes/job_bench.h"
#include "test/fakes/open_gate.h"

using namespace roadmap;
using namespace roadmap::test;

namespace {

struct FilledTabs : JobBench {
  FilledTabs() {
    for (const char* title : {"One", "Two", "Three"})
      add_row(intake(), {{"Title", title}, {"Country", "DE"}});
    run("pm.backlog_sync");
    sheets.reset_counts();
  }
  void type(int row, const std::string& header, Cell value) {
    backlog().set(row, backlog().column_of(header), std::move(value));
  }
  std::string status(int row) { return to_text(cell(backlog(), row, "Last Run Status")); }
  Cell value(const std::string& key, const char* name) {
    return stored(key)->value(field_id(Table::kInitiatives, name));
  }
};

}  // namespace

TEST_CASE("the selected rows are saved with one read and one write") {
  FilledTabs bench;
  bench.type(2, "Country", Cell("AT"));
  bench.type(3, "Country", Cell("CH"));
  bench.clock.advance(std::chrono::minutes(5));
  const RunResult result = bench.save({"INIT-000001"});
  CHECK(bench.value("INIT-000001", "country") == Cell("AT"));
  CHECK(bench.value("INIT-000002", "country") == Cell("DE"));
  CHECK(bench.status(2) == "OK");
  CHECK(JobBench::cell(bench.backlog(), 2, "Updated Source") == Cell("pm.save_selected"));
  CHECK(JobBench::cell(bench.backlog(), 2, "Updated At") == Cell("2026-01-02T03:09:05Z"));
  CHECK(count_of(result, "selected_count") == 1);
  CHECK(count_of(result, "saved_count") == 1);
  CHECK(count_of(result, "failed_count") == 0);
  CHECK(bench.sheets.reads == 1);
  CHECK(bench.sheets.writes == 1);
  bench.sheets.reset_counts();
  bench.save({"INIT-000001"});
  CHECK(bench.sheets.writes == 0);
}

TEST_CASE("a row with a bad cell is not saved at all and says which cell and why") {
  FilledTabs bench;
  bench.type(2, "Country", Cell("AT"));
  bench.type(2, "Use Math Model", Cell("perhaps"));
  bench.type(3, "Title", Cell("#REF!"));
  bench.type(4, "Country", Cell("FR"));
  const RunResult result = bench.save({"INIT-000001", "INIT-000002", "INIT-000003"});
  CHECK(bench.value("INIT-000001", "country") == Cell("DE"));
  CHECK(bench.value("INIT-000003", "country") == Cell("FR"));
  CHECK(bench.status(2) == "FAILED: Use Math Model: 'perhaps' is neither TRUE nor FALSE");
  CHECK(bench.status(3) == "FAILED: Title: the cell shows #REF!");
  CHECK(bench.status(4) == "OK");
  CHECK(count_of(result, "failed_count") == 2);
  CHECK(result.summary.total() == 3);
}

TEST_CASE("a formula that shows nothing where it showed something is not saved as empty") {
  FilledTabs bench;
  const int country = bench.backlog().column_of("Country");
  bench.backlog().set_formula(2, country, Cell("AT"));
  bench.save({"INIT-000001"});
  bench.backlog().set_formula(2, country, Cell());
  bench.type(2, "Title", Cell("One more"));
  bench.type(3, "Country", Cell());
  bench.sheets.reset_counts();
  const RunResult result = bench.save({"INIT-000001", "INIT-000002"});
  CHECK(bench.value("INIT-000001", "country") == Cell("AT"));
  CHECK(bench.value("INIT-000001", "title") == Cell("One"));
  CHECK(
      bench.status(2) ==
      "FAILED: Country: the formula shows nothing, though it showed AT before: it may still be calculating. "
      "Run it again when it shows a value; to empty the cell, delete the formula");
  CHECK(is_blank(bench.value("INIT-000002", "country")));
  CHECK(bench.status(3) == "OK");
  CHECK(count_of(result, "failed_count") == 1);
  CHECK(bench.sheets.reads == 2);  // one look tells both cells apart

  bench.backlog().set_formula(2, country, Cell("CH"));
  bench.save({"INIT-000001"});
  CHECK(bench.value("INIT-000001", "country") == Cell("CH"));
  CHECK(bench.value("INIT-000001", "title") == Cell("One more"));
  CHECK(bench.status(2) == "OK");
}

TEST_CASE("blanks are counted, repeats are not, and each selected key has one entry") {
  FilledTabs bench;
  const RunResult result = bench.save({"INIT-000002", "", " ", "INIT-000002", "INIT-000009"});
  CHECK(count_of(result, "skipped_no_key") == 2);
  CHECK(count_of(result, "selected_count") == 2);
  REQUIRE(result.rows.size() == 2);
  CHECK(result.rows[0].initiative_key == "INIT-000002");
  CHECK(result.rows[1].message == "not on this tab");
  CHECK(result.summary.total() == result.summary.success + result.summary.skipped + result.summary.failed);
}

TEST_CASE("without a usable key nothing is read") {
  FilledTabs bench;
  const RunResult result = bench.save({"", "  "});
  CHECK(count_of(result, "selected_count") == 0);
  CHECK(count_of(result, "saved_count") == 0);
  CHECK(count_of(result, "failed_count") == 0);
  CHECK(count_of(result, "skipped_no_key") == 2);
  CHECK(bench.sheets.reads == 0);
}

TEST_CASE("a copy is neither saved nor mistaken for its original") {
  FilledTabs bench;
  const int copy = JobBench::add_row(bench.backlog(), {{"Initiative Key", "INIT-000002"}, {"Title", "Copy"}});
  const RunResult only_copy = bench.save({"INIT-000002"}, {{copy, "INIT-000002"}});
  CHECK(count_of(only_copy, "failed_count") == 1);
  CHECK(bench.status(copy) == "FAILED: duplicate key, see row 3");
  CHECK(bench.value("INIT-000002", "title") == Cell("Two"));

  bench.type(3, "Country", Cell("PL"));
  const RunResult both = bench.save({"INIT-000002"}, {{3, "INIT-000002"}, {copy, "INIT-000002"}});
  CHECK(count_of(both, "saved_count") == 1);
  CHECK(both.warnings ==
        std::vector<std::string>{"Backlog: row " + std::to_string(copy) + ": duplicate key, see row 3"});

  bench.backlog().set(copy, bench.backlog().column_of("Last Run Status"), Cell());
  CHECK(count_of(bench.save({"INIT-000002"}), "saved_count") == 1);
  CHECK(bench.status(copy) == "FAILED: duplicate key, see row 3");
  CHECK(bench.value("INIT-000002", "country") == Cell("PL"));
  CHECK(bench.value("INIT-000002", "title") == Cell("Two"));
}

TEST_CASE("a selected row number whose key moved is looked up by key") {
  FilledTabs bench;
  bench.type(2, "Country", Cell("AT"));
  bench.backlog().sort(2, bench.backlog().column_of("Title"), true);
  const RunResult result = bench.save({"INIT-000001"}, {{2, "INIT-000001"}});
  CHECK(count_of(result, "saved_count") == 1);
  CHECK(bench.value("INIT-000001", "country") == Cell("AT"));
}

TEST_CASE("the active framework is checked but only Switch stores it") {
  FilledTabs bench;
  bench.type(2, "Active Scoring Framework", Cell("rice"));
  bench.type(3, "Active Scoring Framework", Cell("ICE"));
  bench.save({"INIT-000001", "INIT-000002"});
  CHECK(bench.status(2) ==
        "OK · RICE is chosen but not active: Switch framework, once Reach, Impact, Confidence and Effort are "
        "filled in and Score was run");
  CHECK(bench.value("INIT-000001", "active_scoring_framework") == Cell{});
  CHECK(bench.status(3) == "FAILED: Active Scoring Framework: 'ICE' is not RICE, WSJF or MATH_MODEL");
}

TEST_CASE("computed columns are never read back") {
  FilledTabs bench;
  bench.type(2, "Value Score", Cell(99.0));
  bench.save({"INIT-000001"});
  CHECK(bench.value("INIT-000001", "value_score") == Cell{});
}

TEST_CASE("a column that the tab lacks leaves the stored value alone") {
  FilledTabs bench;
  StoreChanges changes;
  InitiativeChange change;
  change.key = "INIT-000001";
  change.values = {{field_id(Table::kInitiatives, "hypothesis"), Cell("stored")}};
  changes.changed_initiatives.push_back(change);
  bench.store->begin_planning().commit(changes, roadmap::test::open_gate());
  bench.save({"INIT-000001"});
  CHECK(bench.value("INIT-000001", "hypothesis") == Cell("stored"));
}

TEST_CASE("a change that came in from intake is not undone by saving a row that still shows the old value") {
  FilledTabs bench;
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("Renamed"));
  bench.run("flow0.intake_sync");
  bench.type(2, "Country", Cell("AT"));
  bench.save({"INIT-000001"});
  CHECK(bench.value("INIT-000001", "title") == Cell("Renamed"));
  CHECK(bench.value("INIT-000001", "country") == Cell("AT"));
  bench.run("pm.backlog_sync");
  CHECK(JobBench::cell(bench.backlog(), 2, "Title") == Cell("Renamed"));
}

TEST_CASE("unknown keys in a list of dependencies are a warning") {
  FilledTabs bench;
  bench.type(2, "Dependencies Initiatives", Cell("INIT-000002, INIT-000404"));
  bench.save({"INIT-000001"});
  CHECK(bench.status(2) == "OK · Dependencies Initiatives: unknown key INIT-000404");
  CHECK(bench.value("INIT-000001", "dependencies_initiatives") == Cell("INIT-000002, INIT-000404"));
}

TEST_CASE("an unknown tab or workbook is refused with what would be right") {
  FilledTabs bench;
  ActionRequest request;
  request.scope.initiative_keys = {"INIT-000001"};
  request.sheet_context = SheetContext{"backlog", "Holidays"};
  CHECK_THROWS_WITH(bench.run("pm.save_selected", request),
                    Catch::Contains("'Holidays'") && Catch::Contains("'Backlog'"));
  request.sheet_context = SheetContext{"elsewhere", "Backlog"};
  CHECK_THROWS_WITH(bench.run("pm.save_selected", request), Catch::Contains("'elsewhere'"));
}

TEST_CASE("tab names match ignoring case, and a renamed backlog is found by its name") {
  FilledTabs bench;
  ActionRequest request;
  request.scope.initiative_keys = {"INIT-000001"};
  request.sheet_context = SheetContext{"backlog", "BACKLOG"};
  CHECK(count_of(bench.run("pm.save_selected", request), "saved_count") == 1);

  const FakeTab copy = bench.backlog();
  bench.sheets.remove_tab("backlog", "Backlog");
  bench.sheets.add_tab("backlog", "Q3 backlog", {});
  bench.sheets.tab("backlog", "Q3 backlog") = copy;
  request.sheet_context = SheetContext{"backlog", "Q3 backlog"};
  CHECK(count_of(bench.run("pm.save_selected", request), "saved_count") == 1);
}

TEST_CASE("a dry run of a save lists cells and stores nothing") {
  FilledTabs bench;
  bench.type(2, "Country", Cell("AT"));
  ActionRequest request;
  request.scope.initiative_keys = {"INIT-000001"};
  request.options.dry_run = true;
  request.sheet_context = SheetContext{"backlog", "Backlog"};
  const RunResult result = bench.run("pm.save_selected", request);
  CHECK(count_of(result, "saved_count") == 1);
  CHECK_FALSE(result.plan.empty());
  CHECK(bench.value("INIT-000001", "country") == Cell("DE"));
  CHECK(bench.sheets.writes == 0);
}
