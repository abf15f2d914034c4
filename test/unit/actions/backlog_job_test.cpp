#include <catch2/catch.hpp>

#include "core/fields/registry.h"
#include "test/fakes/cell_printing.h"
#include "test/fakes/job_bench.h"
#include "test/fakes/open_gate.h"

using namespace roadmap;
using namespace roadmap::test;
using Loss = FakeSheets::Loss;

namespace {

// A bench with three initiatives in the backlog.
struct FilledBacklog : JobBench {
  FilledBacklog() {
    for (const char* title : {"One", "Two", "Three"}) {
      add_row(intake(), {{"Title", title}, {"Country", "DE"}, {"Requesting Team", "Web"}});
    }
    run("pm.backlog_sync");
    sheets.reset_counts();
  }
  Cell shown(const std::string& key, const std::string& header) {
    return cell(backlog(), row_of(backlog(), key), header);
  }
  void type(const std::string& key, const std::string& header, Cell value) {
    backlog().set(row_of(backlog(), key), backlog().column_of(header), std::move(value));
  }
  void rename_in_intake(int row, const char* title) {
    intake().set(row, intake().column_of("Title"), Cell(title));
  }
};

}  // namespace

TEST_CASE("new initiatives are appended once, below what is there, with status and provenance") {
  FilledBacklog bench;
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two"));
  CHECK(bench.shown("INIT-000002", "Last Run Status") == Cell("OK"));
  CHECK(bench.shown("INIT-000002", "Updated Source") == Cell("flow1.backlogsheet_write"));
  CHECK(bench.shown("INIT-000002", "Updated At") == Cell("2026-01-02T03:04:05Z"));
  CHECK(bench.shown("INIT-000002", "PM Notes") == Cell{});
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000003") == 4);
}

TEST_CASE("a second run with nothing new reads each spreadsheet once and writes nothing") {
  FilledBacklog bench;
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.sheets.reads == 2);
  CHECK(bench.sheets.writes == 0);
  CHECK(count_of(result, "updated_count") == 0);
  CHECK(count_of(result, "cells_updated") == 0);
  CHECK(result.summary.success == 3);
  CHECK(bench.reporter.commits == 2);  // both of the first run
}

TEST_CASE("a team's change reaches an untouched cell and nothing else of the row") {
  FilledBacklog bench;
  bench.type("INIT-000002", "PM Notes", Cell("mine"));
  bench.rename_in_intake(3, "Two, renamed");
  bench.clock.advance(std::chrono::hours(1));
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two, renamed"));
  CHECK(bench.shown("INIT-000002", "PM Notes") == Cell("mine"));
  CHECK(bench.shown("INIT-000002", "Updated At") == Cell("2026-01-02T04:04:05Z"));
  CHECK(bench.shown("INIT-000001", "Updated At") == Cell("2026-01-02T03:04:05Z"));
  CHECK(count_of(result, "updated_count") == 1);
  CHECK(bench.sheets.reads == 3);  // two workbooks, a look at the column that is written
  CHECK(bench.sheets.writes == 1);
}

TEST_CASE("an unsaved edit stays and is listed, also when it is no valid value") {
  FilledBacklog bench;
  bench.type("INIT-000002", "Title", Cell("Typed"));
  bench.type("INIT-000001", "Use Math Model", Cell("perhaps"));
  bench.rename_in_intake(3, "Renamed by the team");
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Typed"));
  CHECK(bench.shown("INIT-000001", "Use Math Model") == Cell("perhaps"));
  REQUIRE(result.kept_unsaved_edits.size() == 2);
  CHECK(result.kept_unsaved_edits[1].initiative_key == "INIT-000002");
  CHECK(result.kept_unsaved_edits[1].column == "Title");
  CHECK(result.kept_unsaved_edits[1].kept == Cell("Typed"));
  CHECK(result.kept_unsaved_edits[1].other == Cell("Renamed by the team"));
  CHECK(bench.sheets.writes == 0);
}

TEST_CASE("a formula in a PM's cell is never written over") {
  FilledBacklog bench;
  FakeTab& backlog = bench.backlog();
  backlog.set_formula(3, backlog.column_of("Title"), Cell("Two"));
  bench.rename_in_intake(3, "Renamed");
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two"));
  CHECK(bench.sheets.writes == 0);
}

TEST_CASE("what is typed between the read and the write stays") {
  FilledBacklog bench;
  bench.rename_in_intake(3, "Renamed");
  bench.sheets.after_read([] {});  // the intake
  bench.sheets.after_read([&] { bench.type("INIT-000002", "Title", Cell("Typed just now")); });
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Typed just now"));
  CHECK(result.kept_unsaved_edits.size() == 1);
}

TEST_CASE("rows that were there before the system stay as they are: what differs is an unsaved edit") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Initiative Key", "INIT-000005"}, {"Title", "Team's title"}});
  JobBench::add_row(bench.backlog(), {{"Initiative Key", "INIT-000005"}, {"Title", "PM's title"}});
  bench.run("pm.backlog_sync");
  CHECK(JobBench::cell(bench.backlog(), 2, "Title") == Cell("PM's title"));
  CHECK(bench.run("pm.backlog_sync").kept_unsaved_edits.size() == 1);
  CHECK(bench.backlog().last_row() == 2);
  bench.save({"INIT-000005"});
  CHECK(bench.stored("INIT-000005")->value(fields::title()) == Cell("PM's title"));
  CHECK(bench.run("pm.backlog_sync").kept_unsaved_edits.empty());
}

TEST_CASE("a row deleted in the backlog comes back, a withdrawn initiative does not") {
  FilledBacklog bench;
  bench.backlog().delete_row(JobBench::row_of(bench.backlog(), "INIT-000001"));
  bench.backlog().delete_row(JobBench::row_of(bench.backlog(), "INIT-000002"));
  bench.intake().set(2, bench.intake().column_of("Status"), Cell("withdrawn"));
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(result.warnings ==
        std::vector<std::string>{"Backlog: no row had the key any more, appended again: INIT-000002"});
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000001") == 0);
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000002") == 3);
}

TEST_CASE("unknown keys and copies are marked in their rows, once") {
  FilledBacklog bench;
  JobBench::add_row(bench.backlog(), {{"Initiative Key", "INIT-000099"}, {"Title", "Whose?"}});
  JobBench::add_row(bench.backlog(), {{"Initiative Key", "INIT-000002"}, {"Title", "Copy"}});
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(JobBench::cell(bench.backlog(), 5, "Last Run Status") == Cell("FAILED: unknown key"));
  CHECK(JobBench::cell(bench.backlog(), 6, "Last Run Status") == Cell("FAILED: duplicate key, see row 3"));
  CHECK(JobBench::cell(bench.backlog(), 6, "Title") == Cell("Copy"));
  CHECK(result.summary.failed == 2);
  bench.sheets.reset_counts();
  bench.run("pm.backlog_sync");
  CHECK(bench.sheets.writes == 0);
}

TEST_CASE("an unreadable key fails the run, names the row and changes nothing") {
  FilledBacklog bench;
  JobBench::add_row(bench.intake(), {{"Title", "Four"}});
  bench.backlog().set(3, 0, Cell("Loading..."));
  const FakeTab before = bench.backlog();
  CHECK_THROWS_WITH(bench.run("flow1.backlog_sync"),
                    Catch::Contains("row 3") && Catch::Contains("Loading..."));
  CHECK(bench.sheets.writes == 0);
}

TEST_CASE("rows with content but no key are left alone with a warning") {
  FilledBacklog bench;
  JobBench::add_row(bench.backlog(), {{"PM Notes", "remember the milk"}});
  const RunResult result = bench.run("pm.backlog_sync");
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].find("row 5") != std::string::npos);
}

TEST_CASE("the missing status column is added at the right end, and the rows of the run say OK there") {
  JobBench bench;
  bench.sheets.add_tab(
      "backlog", "Backlog",
      {{Cell("Title"), Cell("Initiative Key"), Cell("Mine")}, {Cell{}, Cell{}, Cell{}, Cell("beyond")}});
  JobBench::add_row(bench.intake(), {{"Title", "One"}});
  bench.run("pm.backlog_sync");
  CHECK(bench.backlog().column_of("Last Run Status") == 4);
  CHECK(bench.backlog().get(2, 4) == Cell("OK"));
  CHECK(bench.backlog().get(2, 1) == Cell("INIT-000001"));
  bench.sheets.reset_counts();
  bench.run("pm.backlog_sync");
  CHECK(bench.sheets.writes == 0);
}

TEST_CASE("only Update Backlog publishes the active framework and its scores") {
  FilledBacklog bench;
  StoreChanges changes;
  InitiativeChange change;
  change.key = "INIT-000001";
  change.values = {{fields::value_score(), Cell(12.0)}, {fields::active_framework(), Cell("RICE")}};
  change.updated_at = bench.clock.now();
  change.updated_source = "flow2.activate";
  changes.changed_initiatives.push_back(change);
  bench.store->begin_planning().commit(changes, roadmap::test::open_gate());

  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Value Score") == Cell{});
  CHECK(bench.shown("INIT-000001", "Active Scoring Framework") == Cell{});
  bench.run("flow1.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Value Score") == Cell(12.0));
  CHECK(bench.shown("INIT-000001", "Active Scoring Framework") == Cell("RICE"));

  changes.changed_initiatives[0].values = {{fields::value_score(), Cell{}}};
  bench.store->begin_planning().commit(changes, roadmap::test::open_gate());
  bench.run("flow1.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Value Score") == Cell{});
}

TEST_CASE("a kill between write and note never turns our own value into an edit") {
  for (const Loss moment : {Loss::kBeforeApply, Loss::kAfterApply}) {
    FilledBacklog bench;
    bench.rename_in_intake(3, "Renamed");
    bench.sheets.die_in_write(moment);
    CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
    bench.rename_in_intake(3, "Renamed again");
    const RunResult result = bench.run("pm.backlog_sync");
    CHECK(bench.shown("INIT-000002", "Title") == Cell("Renamed again"));
    CHECK(result.kept_unsaved_edits.empty());
  }
}

TEST_CASE("a refused row is reported by key, the others are written, and the next run tries it again") {
  FilledBacklog bench;
  bench.rename_in_intake(2, "One!");
  bench.rename_in_intake(3, "Two!");
  bench.sheets.refuse("INIT-000001");
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One"));
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two!"));
  CHECK(result.summary.failed == 1);
  CHECK(count_of(result, "updated_count") == 1);
  CHECK(result.kept_unsaved_edits.empty());
  CHECK(bench.run("pm.backlog_sync").kept_unsaved_edits.empty());
}

TEST_CASE("a spreadsheet that cannot be read fails the run with nothing changed") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "One"}});
  bench.sheets.fail_reads("backlog", SheetsFailure::kForbidden);
  CHECK_THROWS_AS(bench.run("pm.backlog_sync"), SheetsError);
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.store->begin_planning().initiatives().empty());
}

TEST_CASE("initiatives go to their product_org's backlog, and one broken backlog does not stop the other") {
  JobBench bench;
  bench.sheets.add_tab("second", "Backlog", {{Cell("Initiative Key"), Cell("Title")}});
  bench.settings.backlogs.push_back({{"second", "Backlog", 1, 2}, "stores"});
  bench.settings.intakes[0].tabs[1].product_org = "stores";
  JobBench::add_row(bench.intake(), {{"Title", "For the first"}});
  JobBench::add_row(bench.intake2(), {{"Title", "For stores"}});
  bench.run("pm.backlog_sync");
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000001") == 2);
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000002") == 0);
  CHECK(JobBench::row_of(bench.sheets.tab("second", "Backlog"), "INIT-000002") == 2);

  bench.sheets.remove_tab("second", "Backlog");
  JobBench::add_row(bench.intake(), {{"Title", "Another"}});
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(count_of(result, "appended") == 1);
  CHECK(result.failed_sources.size() == 1);
  ActionRequest only;
  only.options.product_org = "nobody";
  CHECK_THROWS_WITH(bench.run("flow1.backlog_sync", only), Catch::Contains("'nobody'"));
}

TEST_CASE("full sync takes intake over, saves what PMs typed, and updates the backlog") {
  FilledBacklog bench;
  bench.type("INIT-000001", "Country", Cell("AT"));
  bench.rename_in_intake(3, "Two, renamed");
  const RunResult result = bench.run("flow1.full_sync");
  CHECK(bench.stored("INIT-000001")->value(field_id(Table::kInitiatives, "country")) == Cell("AT"));
  CHECK(bench.stored("INIT-000001")->updated_source == "flow1.backlogsheet_read");
  CHECK(bench.stored("INIT-000002")->value(fields::title()) == Cell("Two, renamed"));
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two, renamed"));
  CHECK(result.substeps.size() == 3);
  CHECK(result.kept_unsaved_edits.empty());
}

TEST_CASE("a row that full sync refuses twice is said and counted once") {
  FilledBacklog bench;
  bench.type("INIT-000001", "Active Scoring Framework", Cell("NPV"));
  const RunResult result = bench.run("flow1.full_sync");
  REQUIRE(std::count_if(result.rows.begin(), result.rows.end(),
                        [](const RowOutcome& row) { return row.status == RowStatus::kFailed; }) == 1);
  CHECK(result.summary.failed == 1);
}
