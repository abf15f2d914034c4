#include <catch2/catch.hpp>

#include "core/fields/registry.h"
#include "test/fakes/cell_printing.h"
#include "test/fakes/job_bench.h"

using namespace roadmap;
using namespace roadmap::test;
using Loss = FakeSheets::Loss;

namespace {

std::string key_at(const FakeTab& tab, int row) {
  return to_text(JobBench::cell(tab, row, "Initiative Key"));
}

bool mentions(const std::vector<std::string>& texts, const std::string& part) {
  for (const std::string& text : texts) {
    if (text.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("new intake rows get keys in order, and a second run finds nothing to do") {
  JobBench bench;
  const int a = JobBench::add_row(bench.intake(), {{"Title", "Faster checkout"}, {"Country", "DE"}});
  const int b = JobBench::add_row(bench.intake2(), {{"Title", "Store map"}});
  const RunResult first = bench.run("flow0.intake_sync");
  CHECK(count_of(first, "created") == 2);
  CHECK(key_at(bench.intake(), a) == "INIT-000001");
  CHECK(key_at(bench.intake2(), b) == "INIT-000002");
  REQUIRE(bench.stored("INIT-000001") != nullptr);
  CHECK(bench.stored("INIT-000001")->value(fields::status()) == Cell("new"));
  CHECK(bench.stored("INIT-000001")->updated_source == "flow0.intake_sync");

  bench.sheets.reset_counts();
  const RunResult second = bench.run("flow0.intake_sync");
  CHECK(count_of(second, "created") == 0);
  CHECK(count_of(second, "unchanged") == 2);
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.sheets.reads == 1);
}

TEST_CASE("a row whose team or requester shows an error keeps the key that was written into it") {
  const char* column = GENERATE("Requesting Team", "Requester Email");
  CAPTURE(column);
  JobBench bench;
  const int row = JobBench::add_row(bench.intake(), {{"Title", "Faster checkout"}, {column, "#REF!"}});
  const RunResult first = bench.run("flow0.intake_sync");
  CHECK(count_of(first, "created") == 1);
  CHECK(key_at(bench.intake(), row) == "INIT-000001");
  bench.sheets.reset_counts();
  bench.run("flow0.intake_sync");
  CHECK(bench.sheets.writes == 0);
  CHECK(key_at(bench.intake(), row) == "INIT-000001");
}

TEST_CASE("rows of blanks and unticked boxes are no rows") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Is Mandatory", false}});
  JobBench::add_row(bench.intake(), {{"Title", "  "}, {"Is Mandatory", false}});
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(result.summary.total() == 0);
  CHECK(result.warnings.empty());
}

TEST_CASE("a row without a title or with a bad cell is reported by tab and row; only the title is needed") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Country", "FR"}});
  const int bad = JobBench::add_row(bench.intake(), {{"Title", "Bad"}, {"Impact Low", "abc"}});
  const int good = JobBench::add_row(bench.intake(), {{"Title", "Good"}});
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(count_of(result, "created") == 2);
  CHECK(count_of(result, "skipped_no_title") == 1);
  CHECK(result.summary.failed == 0);
  CHECK(mentions(result.warnings, "EMEA row 2: no Title"));
  CHECK(mentions(result.warnings, "EMEA row 3: Impact Low: 'abc' is not a number"));
  CHECK(key_at(bench.intake(), bad) == "INIT-000001");
  CHECK(key_at(bench.intake(), good) == "INIT-000002");
}

TEST_CASE("a key that was used anywhere is never issued again") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Initiative Key", "INIT-000041"}, {"Title", "From an earlier system"}});
  JobBench::add_row(bench.intake2(), {{"Initiative Key", "INIT-000077"}});  // unknown, no title
  JobBench::add_row(bench.intake2(), {{"Initiative Key", "INIT-000050"}, {"Country", "ES"}});
  const int fresh = JobBench::add_row(bench.intake(), {{"Title", "New"}});
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(bench.stored("INIT-000041") != nullptr);
  CHECK(mentions(result.warnings, "INIT-000041 was not known and is taken over"));
  CHECK(mentions(result.warnings, "unknown key 'INIT-000050'"));
  CHECK(bench.stored("INIT-000050") == nullptr);
  CHECK(key_at(bench.intake(), fresh) == "INIT-000042");  // the counter goes on above what was taken over
  for (int i = 0; i < 8; ++i)
    JobBench::add_row(bench.intake(), {{"Title", "More"}});
  bench.run("flow0.intake_sync");
  CHECK(bench.stored("INIT-000049") != nullptr);
  CHECK(bench.stored("INIT-000050") == nullptr);
  CHECK(bench.stored("INIT-000051") != nullptr);
}

TEST_CASE("a team's change is taken, a PM's saved value stays") {
  JobBench bench;
  const int row = JobBench::add_row(bench.intake(), {{"Title", "One"}, {"Country", "DE"}});
  bench.run("pm.backlog_sync");
  FakeTab& backlog = bench.backlog();
  backlog.set(2, backlog.column_of("Country"), Cell("AT"));
  bench.save({"INIT-000001"});

  bench.intake().set(row, bench.intake().column_of("Title"), Cell("One, renamed"));
  bench.intake().set(row, bench.intake().column_of("Country"), Cell("CH"));
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(count_of(result, "updated") == 1);
  CHECK(bench.stored("INIT-000001")->value(fields::title()) == Cell("One, renamed"));
  CHECK(bench.stored("INIT-000001")->value(field_id(Table::kInitiatives, "country")) == Cell("AT"));
  REQUIRE(result.kept_pm_values.size() == 1);
  CHECK(result.kept_pm_values[0].column == "Country");
  CHECK(result.kept_pm_values[0].kept == Cell("AT"));
  CHECK(result.kept_pm_values[0].other == Cell("CH"));
  CHECK(bench.run("flow0.intake_sync").kept_pm_values.size() == 1);  // as long as it is kept
}

TEST_CASE("withdrawn is taken from intake, and goes back to new only where that is allowed") {
  JobBench bench;
  const int row = JobBench::add_row(bench.intake(), {{"Title", "One"}});
  bench.run("pm.backlog_sync");
  FakeTab& intake = bench.intake();
  const int status = intake.column_of("Status");
  intake.set(row, status, Cell("Withdrawn"));
  bench.run("flow0.intake_sync");
  CHECK(bench.stored("INIT-000001")->value(fields::status()) == Cell("withdrawn"));

  intake.set(row, status, Cell("new"));
  bench.run("flow0.intake_sync");
  CHECK(bench.stored("INIT-000001")->value(fields::status()) == Cell("withdrawn"));
  ActionRequest allowed;
  allowed.options.allow_status_override = true;
  bench.run("flow0.intake_sync", allowed);
  CHECK(bench.stored("INIT-000001")->value(fields::status()) == Cell("new"));

  intake.set(row, status, Cell("on hold"));
  CHECK(mentions(bench.run("flow0.intake_sync").warnings, "Status 'on hold' is neither new nor withdrawn"));
  CHECK(bench.stored("INIT-000001")->value(fields::status()) == Cell("new"));
}

TEST_CASE("a copied row with another title becomes an initiative of its own") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "Original"}, {"Country", "DE"}});
  bench.run("flow0.intake_sync");
  const int copy =
      JobBench::add_row(bench.intake(), {{"Initiative Key", "INIT-000001"}, {"Title", "Variation"}});
  CHECK(count_of(bench.run("flow0.intake_sync"), "created") == 1);
  CHECK(key_at(bench.intake(), 2) == "INIT-000001");
  CHECK(key_at(bench.intake(), copy) == "INIT-000002");
}

TEST_CASE("a copied row with the same title is reported and left alone, on any tab") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "Original"}, {"Country", "DE"}});
  bench.run("flow0.intake_sync");
  JobBench::add_row(bench.intake2(), {{"Initiative Key", "INIT-000001"}, {"Title", "Original"}});
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(count_of(result, "duplicates") == 1);
  CHECK(mentions(result.warnings, "APAC row 2: duplicate key INIT-000001, see EMEA row 2"));
  CHECK(count_of(result, "created") == 0);
}

TEST_CASE("of two rows with one key the initiative is the one that still shows what was last seen") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "Original"}, {"Country", "DE"}, {"Requesting Team", "Web"}});
  bench.run("flow0.intake_sync");
  FakeTab& intake = bench.intake();
  intake.insert_rows(2, 1);  // the copy stands above
  intake.set(2, intake.column_of("Initiative Key"), Cell("INIT-000001"));
  intake.set(2, intake.column_of("Title"), Cell("Something else"));
  bench.run("flow0.intake_sync");
  CHECK(key_at(intake, 2) == "INIT-000002");
  CHECK(key_at(intake, 3) == "INIT-000001");
  CHECK(bench.stored("INIT-000001")->value(fields::title()) == Cell("Original"));
}

TEST_CASE("a row that moves to another intake tab is the same initiative, a deleted row keeps it") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "Mover"}, {"Country", "DE"}});
  bench.run("flow0.intake_sync");
  bench.intake().delete_row(2);
  bench.run("flow0.intake_sync");
  CHECK(bench.stored("INIT-000001") != nullptr);
  JobBench::add_row(bench.intake2(),
                    {{"Initiative Key", "INIT-000001"}, {"Title", "Mover"}, {"Country", "NZ"}});
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(count_of(result, "created") == 0);
  CHECK(count_of(result, "updated") == 1);
  CHECK(bench.stored("INIT-000001")->intake_tab_key == "APAC");
}

TEST_CASE("killed before or after its key write, an initiative is created once") {
  for (const Loss moment : {Loss::kBeforeApply, Loss::kAfterApply}) {
    JobBench bench;
    JobBench::add_row(bench.intake(), {{"Title", "Twin"}, {"Requester Email", "a@x"}});
    JobBench::add_row(bench.intake(), {{"Title", "Twin"}, {"Requester Email", "a@x"}});
    bench.sheets.die_in_write(moment);
    CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
    bench.intake().insert_rows(2, 1);
    JobBench::add_row(bench.intake(), {{"Title", "Late"}});
    bench.run("pm.backlog_sync");
    CHECK(bench.store->begin_planning().initiatives().size() == 3);
    std::set<std::string> keys;
    for (const int row : {3, 4, 5})
      keys.insert(key_at(bench.intake(), row));
    CHECK(keys == std::set<std::string>{"INIT-000001", "INIT-000002", "INIT-000003"});
    for (const std::string& key : keys)
      CHECK(JobBench::row_of(bench.backlog(), key) > 0);
  }
}

TEST_CASE("a row renamed after the kill still takes its key by address and requester") {
  JobBench bench;
  const int row = JobBench::add_row(bench.intake(), {{"Title", "Before"}, {"Requester Email", "a@x"}});
  bench.sheets.die_in_write(Loss::kBeforeApply);
  CHECK_THROWS_AS(bench.run("flow0.intake_sync"), FakeSheets::Killed);
  bench.intake().set(row, bench.intake().column_of("Title"), Cell("After"));
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(count_of(result, "created") == 0);
  CHECK(key_at(bench.intake(), row) == "INIT-000001");
  CHECK(bench.stored("INIT-000001")->value(fields::title()) == Cell("After"));
}

TEST_CASE("a lost answer is read and planned again, and counted once") {
  for (const Loss loss : {Loss::kBeforeApply, Loss::kAfterApply}) {
    JobBench bench;
    const int row = JobBench::add_row(bench.intake(), {{"Title", "One"}});
    bench.sheets.lose_write(loss);
    const RunResult result = bench.run("pm.backlog_sync");
    CHECK(count_of(result, "appended") == 1);
    CHECK(count_of(result.substeps.at(0), "created") == 1);
    CHECK(key_at(bench.intake(), row) == "INIT-000001");
    CHECK(bench.store->begin_planning().pending_keys().empty());
  }
}

TEST_CASE("answers that stay lost fail the run, and the next run completes it") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "One"}});
  for (int i = 0; i <= bench.settings.max_write_retries; ++i)
    bench.sheets.lose_write(Loss::kBeforeApply);
  CHECK_THROWS_AS(bench.run("pm.backlog_sync"), SheetsError);
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000001") == 0);
  bench.run("pm.backlog_sync");
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000001") == 2);
}

TEST_CASE("a refused key is reported, and its initiative stays out of the backlog until the key stands") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "Protected"}});
  JobBench::add_row(bench.intake(), {{"Title", "Open"}});
  bench.sheets.refuse("INIT-000001");
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(count_of(result, "appended") == 1);
  CHECK(result.summary.failed == 1);
  CHECK(mentions(result.warnings, "Google refused INIT-000001"));
}

TEST_CASE("a missing tab of several is listed, and nothing is changed when no tab is usable") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "One"}});
  bench.sheets.remove_tab("intake", "APAC");
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(count_of(result, "created") == 1);
  REQUIRE(result.failed_sources.size() == 1);
  CHECK(result.failed_sources[0].tab == "APAC");
  CHECK(result.summary.failed == 1);

  bench.sheets.add_tab("intake", "EMEA", {{Cell("Name of it"), Cell("Country")}});
  CHECK_THROWS_WITH(bench.run("flow0.intake_sync"), Catch::Contains("'EMEA'") &&
                                                        Catch::Contains("'Initiative Key'") &&
                                                        Catch::Contains("'Name of it'"));
}

TEST_CASE("a dry run names what it would do and does nothing") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "One"}});
  ActionRequest request;
  request.options.dry_run = true;
  const RunResult result = bench.run("pm.backlog_sync", request);
  CHECK(count_of(result, "appended") == 1);
  CHECK_FALSE(result.plan.empty());
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.store->begin_planning().initiatives().empty());
  CHECK(bench.store->begin_planning().next_key_number() == 1);
  CHECK(bench.reporter.commits == 0);
}
TEST_CASE(
    "a key that was written into a row whose content was deleted meanwhile is no gift to the next one") {
  const bool at_once = GENERATE(true, false);  // whether the next person types before the next run
  CAPTURE(at_once);
  JobBench bench;
  const int row = JobBench::add_row(bench.intake(), {{"Title", "First"}, {"Requesting Team", "Web"}});
  bench.sheets.before_write([&] {
    for (const char* header : {"Title", "Requesting Team"})
      bench.intake().set(row, bench.intake().column_of(header), Cell{});
  });
  bench.run("pm.backlog_sync");
  if (!at_once) {
    bench.run("pm.backlog_sync");
    CHECK(key_at(bench.intake(), row).empty());
  }
  bench.intake().set(row, bench.intake().column_of("Title"), Cell("Other"));
  bench.run("pm.backlog_sync");
  REQUIRE(bench.stored("INIT-000001") != nullptr);
  CHECK(bench.stored("INIT-000001")->value(fields::title()) == Cell("First"));
  CHECK(key_at(bench.intake(), row) == "INIT-000002");
  CHECK(bench.stored("INIT-000002")->value(fields::title()) == Cell("Other"));
  CHECK(JobBench::row_of(bench.backlog(), "INIT-000001") == 0);  // its key was never confirmed
}

namespace {

// The key column is deleted right before the key of a new wish is written: it lands on the wish's title.
struct DeletedKeys : JobBench {
  DeletedKeys() {
    add_row(intake(), {{"Title", "Known"}, {"Requesting Team", "Web"}});
    run("flow0.intake_sync");
    row = add_row(intake(), {{"Title", "New"}, {"Requesting Team", "Apps"}});
    sheets.before_write([this] {
      for (FakeRow& cells : intake().rows) {
        keys_.push_back(cells.front());
        cells.erase(cells.begin());
      }
    });
  }
  void undo() {
    for (std::size_t r = 0; r < keys_.size(); ++r)
      intake().rows[r].insert(intake().rows[r].begin(), keys_[r]);
  }
  void check_new_wish() {
    CHECK_FALSE(store->open_intent("intake"));
    CHECK(cell(intake(), row, "Title") == Cell("New"));
    CHECK(key_at(intake(), row) == "INIT-000002");
    CHECK(stored("INIT-000002")->value(fields::title()) == Cell("New"));
  }
  int row = 0;

 private:
  std::vector<FakeCell> keys_;
};

}  // namespace

TEST_CASE(
    "where the key column is deleted between read and write, no cell stays overwritten, and the key comes "
    "later") {
  DeletedKeys bench;
  CHECK_THROWS_WITH(bench.run("flow0.intake_sync"), Catch::Contains("lost its column 'Initiative Key'"));
  CHECK(JobBench::cell(bench.intake(), bench.row, "Title") == Cell("New"));
  bench.undo();
  bench.run("flow0.intake_sync");
  bench.check_new_wish();
}

TEST_CASE("a title that a key landed on comes back, also where the process died before it was put back") {
  for (const bool undone_first : {true, false}) {
    DeletedKeys bench;
    bench.sheets.before_write([&] { bench.sheets.die_in_write(FakeSheets::Loss::kBeforeApply); });
    CHECK_THROWS_AS(bench.run("flow0.intake_sync"), FakeSheets::Killed);
    REQUIRE(JobBench::cell(bench.intake(), bench.row, "Title") == Cell("INIT-000002"));
    if (!undone_first) {
      CHECK(bench.run("flow0.intake_sync").failed_sources.size() == 1);
      CHECK(JobBench::cell(bench.intake(), bench.row, "Title") == Cell("New"));
    }
    bench.undo();
    bench.run("flow0.intake_sync");
    bench.check_new_wish();
  }
}

TEST_CASE("a key in the place of a title is no wish and no new title: the row says so") {
  JobBench bench;
  JobBench::add_row(bench.intake(), {{"Title", "One"}});
  bench.run("pm.backlog_sync");
  JobBench::add_row(bench.intake(), {{"Title", "INIT-000007"}});
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("INIT-000002"));
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.stored("INIT-000001")->value(fields::title()) == Cell("One"));
  CHECK_FALSE(bench.stored("INIT-000002"));
  const auto says = [&](const std::string& text) {
    return std::any_of(result.warnings.begin(), result.warnings.end(),
                       [&](const std::string& warning) { return warning.find(text) != std::string::npos; });
  };
  CHECK(says("Title 'INIT-000007' is a key: type the title anew"));
  CHECK(says("Title 'INIT-000002' is a key: type the title anew"));
}
