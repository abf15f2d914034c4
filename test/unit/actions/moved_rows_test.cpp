#include <algorithm>
#include <catch2/catch.hpp>

#include "core/fields/registry.h"
#include "core/ledger/ledger.h"
#include "test/fakes/cell_printing.h"
#include "test/fakes/job_bench.h"
#include "test/unit/actions/product_ops_bench.h"

using namespace roadmap;
using namespace roadmap::test;

namespace {

struct FilledIntake : JobBench {
  FilledIntake() {
    for (const char* title : {"One", "Two", "Three"})
      add_row(intake(), {{"Title", title}, {"Country", "DE"}});
    run("pm.backlog_sync");
  }
  Cell shown(const std::string& key, const std::string& header) {
    return cell(backlog(), row_of(backlog(), key), header);
  }
  void change_titles_in_intake() {
    for (int row = 2; row <= 4; ++row) {
      const std::string title = to_text(cell(intake(), row, "Title"));
      intake().set(row, intake().column_of("Title"), Cell(title + "!"));
    }
  }
};

}  // namespace

TEST_CASE("rows sorted between read and write end up right, and are counted") {
  FilledIntake bench;
  bench.change_titles_in_intake();
  bench.backlog().set(2, bench.backlog().column_of("PM Notes"), Cell("note of one"));
  bench.sheets.before_write(
      [&] { bench.backlog().sort(2, bench.backlog().column_of("Title"), false); });  // One, Three, Two
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two!"));
  CHECK(bench.shown("INIT-000003", "Title") == Cell("Three!"));
  CHECK(bench.shown("INIT-000001", "PM Notes") == Cell("note of one"));
  CHECK(count_of(result, "rows_moved") == 2);
  CHECK(bench.run("pm.backlog_sync").kept_unsaved_edits.empty());
}

TEST_CASE("a row that was not written gets back what it showed when a write landed on it") {
  FilledIntake bench;
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
  bench.sheets.before_write(
      [&] { bench.backlog().sort(2, bench.backlog().column_of("Title"), true); });  // Two, Three, One
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two"));
  CHECK(bench.shown("INIT-000003", "Title") == Cell("Three"));
}

TEST_CASE(
    "where the write's own answer tells, nothing is looked at again, whatever the other row held before") {
  FilledIntake bench;
  bench.intake().set(2, bench.intake().column_of("Country"), Cell("FR"));
  bench.intake().set(3, bench.intake().column_of("Country"), Cell("FR"));
  bench.sheets.reset_counts();
  bench.run("pm.backlog_sync");
  const int reads_undisturbed = bench.sheets.reads;
  bench.intake().set(4, bench.intake().column_of("Country"), Cell("FR"));
  // What is written for INIT-000003 lands on INIT-000001, which says FR already.
  bench.sheets.before_write(
      [&] { bench.backlog().sort(2, bench.backlog().column_of("Initiative Key"), true); });
  bench.sheets.reset_counts();
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000003", "Country") == Cell("FR"));
  CHECK(bench.sheets.reads == reads_undisturbed);
}

TEST_CASE("a row inserted between read and write stays blank") {
  FilledIntake bench;
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
  bench.sheets.before_write([&] { bench.backlog().insert_rows(2, 1); });
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
  for (int column = 0; column < 13; ++column)
    CHECK(is_blank(bench.backlog().get(2, column)));
}

TEST_CASE("a column inserted between read and write takes no value of ours, also in appended rows") {
  FilledIntake bench;
  JobBench::add_row(bench.intake(), {{"Title", "Four"}, {"Country", "FR"}});
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
  bench.sheets.before_write([] {});  // the key of the new row
  bench.sheets.before_write([&] { bench.backlog().insert_column(0); });
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
  CHECK(bench.shown("INIT-000004", "Title") == Cell("Four"));
  CHECK(bench.shown("INIT-000004", "Country") == Cell("FR"));
  for (int row = 1; row <= 5; ++row)
    CHECK(is_blank(bench.backlog().get(row, 0)));
}

TEST_CASE(
    "a key that shows an error after the write settles nothing: the run says so, and the next one goes on") {
  FilledIntake bench;
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
  const Cell key = bench.backlog().get(2, 0);
  bench.sheets.before_write([&] { bench.backlog().set(2, 0, Cell("Loading...")); });
  CHECK_THROWS_WITH(bench.run("pm.backlog_sync"), Catch::Contains("keys show errors or are loading"));
  CHECK(bench.store->open_intent("backlog"));
  CHECK_THROWS_WITH(bench.run("pm.backlog_sync"), Catch::Contains("keys show errors or are loading"));
  bench.backlog().set(2, 0, key);
  bench.run("pm.backlog_sync");
  CHECK_FALSE(bench.store->open_intent("backlog"));
  CHECK(JobBench::cell(bench.backlog(), 2, "Title") == Cell("One!"));
}

TEST_CASE("a new key follows its intake row when rows are sorted or inserted meanwhile") {
  for (const bool sorted : {true, false}) {
    JobBench bench;
    JobBench::add_row(bench.intake(), {{"Initiative Key", "INIT-000009"}, {"Title", "C known"}});
    bench.run("pm.backlog_sync");
    JobBench::add_row(bench.intake(), {{"Title", "B new"}});
    JobBench::add_row(bench.intake(), {{"Title", "A new"}});
    bench.sheets.before_write([&] {
      if (sorted) {
        bench.intake().sort(2, bench.intake().column_of("Title"), false);
      } else {
        bench.intake().insert_rows(2, 1);
        bench.intake().set(2, bench.intake().column_of("Title"), Cell("D just typed"));
      }
    });
    const RunResult result = bench.run("pm.backlog_sync");
    const FakeTab& intake = bench.intake();
    for (int row = 2; row <= intake.last_row(); ++row) {
      const std::string key = to_text(JobBench::cell(intake, row, "Initiative Key"));
      const std::string title = to_text(JobBench::cell(intake, row, "Title"));
      INFO(title << " has " << key);
      if (title == "D just typed") {
        CHECK(key.empty());
      } else {
        REQUIRE(bench.stored(key) != nullptr);
        CHECK(bench.stored(key)->value(fields::title()) == Cell(title));
      }
    }
    CHECK(count_of(result, "rows_moved") > 0);
  }
}

TEST_CASE("on Params each parameter gets its own Status when its initiative's rows are sorted meanwhile") {
  ProductOpsBench bench;
  bench.model("value = a * b");
  bench.param("a", 6.0);
  bench.param("b", Cell("many"));
  FakeTab& params = bench.params();
  bench.sheets.before_write([&] { params.sort(2, params.column_of("param_name"), true); });  // b, a
  const RunResult result = bench.click("pm.save_selected", "Params", {"INIT-000001"});
  REQUIRE(JobBench::cell(params, 2, "param_name") == Cell("b"));
  CHECK(bench.status(params, 2) == "FAILED: value: 'many' is not a number");
  CHECK(bench.status(params, 3) == "OK");
  CHECK(count_of(result, "rows_moved") == 1);
}

TEST_CASE("without verification nothing is read back") {
  FilledIntake bench;
  bench.settings.verify_rows = false;
  bench.backlog().set(2, bench.backlog().column_of("Country"), Cell("AT"));
  bench.sheets.reset_counts();
  bench.save({"INIT-000001"});
  CHECK(bench.sheets.reads == 1);
  CHECK(bench.sheets.writes == 1);
}

TEST_CASE("rows that keep moving stop a run, and the next one puts right what is astray") {
  FilledIntake bench;
  bench.change_titles_in_intake();
  const auto shuffle = [&] {
    // Round and round: nobody's row stays where it is.
    FakeTab& backlog = bench.backlog();
    FakeRow first = backlog.rows[1];
    backlog.rows.erase(backlog.rows.begin() + 1);
    backlog.rows.insert(backlog.rows.begin() + 3, std::move(first));
  };
  for (int stopped = 0; stopped < 3; ++stopped) {
    for (int write = 0; write < 8; ++write)
      bench.sheets.before_write(shuffle);
    CHECK_THROWS_WITH(bench.run("pm.backlog_sync"), Catch::Contains("Rows kept moving"));
    CHECK(bench.store->open_intent("backlog"));
    bench.sheets.calm_down();
  }
  bench.run("pm.backlog_sync");
  CHECK_FALSE(bench.store->open_intent("backlog"));
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two!"));
  CHECK(bench.shown("INIT-000003", "Title") == Cell("Three!"));
}

namespace {

// A write lands in a PM's own row, whose cell held something that nobody can tell.
struct UndecidedCell : FilledIntake {
  UndecidedCell() {
    add_row(backlog(), {{"Title", "a note of my own"}});
    intake().set(2, intake().column_of("Title"), Cell("One!"));
    sheets.before_write([this] {
      FakeTab& tab = backlog();
      std::swap(tab.rows[1], tab.rows[4]);
    });
  }
  static bool names_it(const RunResult& result) {
    return std::any_of(result.warnings.begin(), result.warnings.end(), [](const std::string& warning) {
      return warning.find("'One!' of INIT-000001") != std::string::npos &&
             warning.find("Title") != std::string::npos;
    });
  }
};

}  // namespace

TEST_CASE("a cell that cannot be decided is told by each run until a stored result has told it") {
  UndecidedCell bench;
  CHECK(UndecidedCell::names_it(bench.run("pm.backlog_sync")));
  // That run's result was never stored: the process was killed first.
  CHECK(UndecidedCell::names_it(bench.run("flow1.backlog_sync")));

  Ledger ledger(*bench.database, bench.clock, {}, "boot");
  NewRun asked;
  asked.action = "pm.backlog_sync";
  asked.payload = "{}";
  const std::string run_id = ledger.enqueue(asked).run_id;
  const int attempt = ledger.claim()->attempt;
  CHECK(bench.store->take_news({"backlog"}, run_id).size() == 1);
  CHECK(bench.store->take_news({"intake"}, run_id).empty());
  CHECK(bench.store->take_news({"backlog"}, "another run, still under way").size() == 1);
  CHECK(bench.store->take_news({"backlog"}, run_id).size() == 1);
  REQUIRE(ledger.finish(run_id, attempt, {RunStatus::kSuccess, "{}"}));
  CHECK(bench.store->take_news({"backlog"}, "the next run").empty());
}

TEST_CASE("a value that nobody typed is not saved before the PM was told") {
  FilledIntake bench;
  FakeTab& tab = bench.backlog();
  tab.set_formula(3, tab.column_of("Title"), Cell("Two"));
  tab.set(2, tab.column_of("Active Scoring Framework"), Cell("RICE"));  // the Status says more than OK then
  bench.sheets.before_write([&] {  // Title moves to where Last Run Status stood
    const int title = tab.column_of("Title");
    const int status = tab.column_of("Last Run Status");
    for (FakeRow& row : tab.rows) {
      row.resize(std::max(row.size(), static_cast<std::size_t>(status) + 1));
      std::rotate(row.begin() + title, row.begin() + title + 1, row.begin() + status + 1);
    }
  });
  const auto save = [&] { return bench.save({"INIT-000001"}); };
  const auto title = [&] { return bench.stored("INIT-000001")->value(fields::title()); };
  save();
  // The column holds formulas: whether one gave 'One' is not known, and its Status stands there now.
  REQUIRE(to_text(bench.shown("INIT-000001", "Title")).starts_with("OK"));
  const RunResult told = save();
  REQUIRE(told.rows.size() == 1);
  CHECK(told.rows.front().message.find("nobody is known to have typed it") != std::string::npos);
  CHECK(to_text(bench.shown("INIT-000001", "Last Run Status")).starts_with("FAILED: Title: 'OK"));
  CHECK(title() == Cell("One"));
  SECTION("and corrects it") {
    tab.set(2, tab.column_of("Title"), Cell("One!"));
    save();
    CHECK(title() == Cell("One!"));
  }
  SECTION("and saves again") {
    const Cell kept = bench.shown("INIT-000001", "Title");
    save();
    CHECK(title() == kept);
  }
}

TEST_CASE("a key that landed in a row without a wish is taken out once, and the next look finds it done") {
  JobBench bench;
  FakeTab& intake = bench.intake();
  intake.insert_rows(2, 1);
  JobBench::add_row(intake, {{"Title", "T1"}});
  intake.insert_rows(4, 1);
  JobBench::add_row(intake, {{"Title", "T2"}});
  bench.sheets.before_write([&] { intake.sort(2, intake.column_of("Title"), false); });
  bench.sheets.die_in_write(FakeSheets::Loss::kAfterApply);
  CHECK_THROWS_AS(bench.run("flow0.intake_sync"), FakeSheets::Killed);
  bench.run("flow0.intake_sync");
  CHECK_FALSE(bench.store->open_intent("intake"));
  for (int row = 2; row <= intake.last_row(); ++row) {
    INFO("row " << row);
    CHECK(is_blank(JobBench::cell(intake, row, "Initiative Key")) ==
          is_blank(JobBench::cell(intake, row, "Title")));
  }
}

TEST_CASE("a value that is being taken out of a row without a key is followed when rows move again") {
  FilledIntake bench;
  FakeTab& backlog = bench.backlog();
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
  bench.sheets.before_write([&] { backlog.insert_rows(2, 1); });  // One! lands in the new row
  bench.sheets.before_write([&] { std::swap(backlog.rows[1], backlog.rows[4]); });
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(result.warnings.empty());
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two"));
  CHECK(bench.shown("INIT-000003", "Title") == Cell("Three"));
  for (int column = 0; column < 13; ++column)
    CHECK(is_blank(backlog.get(5, column)));
}

TEST_CASE("of two rows with one key the one whose cell was overwritten gets back what it held") {
  FilledIntake bench;
  FakeTab& backlog = bench.backlog();
  const int country = backlog.column_of("Country");
  backlog.rows.push_back(backlog.rows[2]);  // a copy of INIT-000002
  backlog.set(5, country, Cell("AT"));
  bench.intake().set(2, bench.intake().column_of("Country"), Cell("FR"));
  bench.sheets.before_write([&] { std::swap(backlog.rows[1], backlog.rows[4]); });  // FR lands on the copy
  bench.run("pm.backlog_sync");
  CHECK(backlog.get(2, country) == Cell("AT"));
  CHECK(backlog.get(3, country) == Cell("DE"));
  CHECK(backlog.get(5, country) == Cell("FR"));
}

TEST_CASE("a repair that never reached the sheet is made by the next run") {
  for (const auto loss : {FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply}) {
    FilledIntake bench;
    FakeTab& backlog = bench.backlog();
    bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
    bench.sheets.before_write([&] { backlog.sort(2, backlog.column_of("Title"), true); });  // on Two
    bench.sheets.before_write([&] {
      bench.sheets.die_in_write(loss);
      backlog.sort(2, backlog.column_of("Title"), false);  // One, One!, Three
    });
    CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
    backlog.insert_rows(2, 2);
    bench.run("pm.backlog_sync");
    CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
    CHECK(bench.shown("INIT-000002", "Title") == Cell("Two"));
    CHECK(bench.shown("INIT-000003", "Title") == Cell("Three"));
    CHECK(bench.run("pm.backlog_sync").kept_unsaved_edits.empty());
  }
}

TEST_CASE("a dry run ends no write that another run left open: it promises what the next run will do") {
  for (const auto moment : {FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply}) {
    FilledIntake bench;
    bench.change_titles_in_intake();
    bench.sheets.die_in_write(moment);
    CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
    bench.intake().set(2, bench.intake().column_of("Country"), Cell("FR"));
    bench.sheets.reset_counts();
    ActionRequest dry;
    dry.options.dry_run = true;
    const RunResult promised = bench.run("pm.backlog_sync", dry);
    CHECK(bench.sheets.writes == 0);
    CHECK(bench.store->open_intent("backlog"));
    CHECK(bench.shown("INIT-000001", "Country") == Cell("DE"));
    const bool promises_country =
        std::any_of(promised.plan.begin(), promised.plan.end(), [](const PlannedChange& cell) {
          return cell.initiative_key == "INIT-000001" && cell.column == "Country" && cell.after == Cell("FR");
        });
    CHECK(promises_country);
    const RunResult done = bench.run("pm.backlog_sync");
    CHECK(done.counts == promised.counts);
    CHECK(bench.shown("INIT-000001", "Country") == Cell("FR"));
    CHECK_FALSE(bench.store->open_intent("backlog"));
  }
}

TEST_CASE("a dry run does not put right what another run's write left astray, and says which run will") {
  FilledIntake bench;
  bench.change_titles_in_intake();
  bench.sheets.before_write(
      [&] { bench.backlog().sort(2, bench.backlog().column_of("Title"), false); });  // One, Three, Two
  bench.sheets.die_in_write(FakeSheets::Loss::kAfterApply);
  CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
  const auto shown = [&] {
    std::vector<Cell> titles;
    for (int row = 2; row <= 4; ++row)
      titles.push_back(JobBench::cell(bench.backlog(), row, "Title"));
    return titles;
  };
  const std::vector<Cell> before = shown();
  bench.sheets.reset_counts();
  ActionRequest dry;
  dry.options.dry_run = true;
  CHECK_THROWS_WITH(bench.run("pm.backlog_sync", dry), Catch::Contains("not a dry run puts them right"));
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.store->open_intent("backlog"));
  CHECK(shown() == before);
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two!"));
  bench.run("pm.backlog_sync", dry);
}

TEST_CASE("news that a dry run has told are told again by the run that is stored") {
  FilledIntake bench;
  IntentOutcome outcome;
  outcome.news = {"Backlog row 3: two values"};
  bench.store->end_intent("backlog", outcome);
  ActionRequest dry;
  dry.options.dry_run = true;
  CHECK(bench.run("pm.backlog_sync", dry).warnings.back() == outcome.news.front());
  CHECK(bench.run("pm.backlog_sync").warnings.back() == outcome.news.front());
}

TEST_CASE(
    "a value that is being taken out of one of two rows with one key is followed when rows move again") {
  FilledIntake bench;
  FakeTab& backlog = bench.backlog();
  const int country = backlog.column_of("Country");
  backlog.rows.push_back(backlog.rows[2]);  // a copy of INIT-000002
  backlog.set(3, country, {});
  backlog.set(5, country, {});
  bench.intake().set(2, bench.intake().column_of("Country"), Cell("FR"));
  bench.sheets.before_write([&] { std::swap(backlog.rows[1], backlog.rows[4]); });  // FR lands on the copy
  bench.sheets.before_write([&] { std::swap(backlog.rows[1], backlog.rows[3]); });
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Country") == Cell("FR"));
  CHECK(bench.shown("INIT-000003", "Country") == Cell("DE"));
  for (int row = 2; row <= 5; ++row) {
    if (JobBench::cell(backlog, row, "Initiative Key") == Cell("INIT-000002"))
      CHECK(is_blank(backlog.get(row, country)));
  }
}

namespace {

ActionRequest on_the_backlog(const std::vector<std::string>& keys) {
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = keys;
  request.sheet_context = {"backlog", "Backlog"};
  return request;
}

}  // namespace

TEST_CASE("a value that never reached its cell is not taken for a PM's edit once other cells are written") {
  FilledIntake bench;
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
  bench.sheets.before_write([&] { bench.sheets.die_in_write(FakeSheets::Loss::kBeforeApply); });
  CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
  REQUIRE(bench.shown("INIT-000001", "Title") == Cell("One"));
  // Writes Status beside it, and nothing else.
  bench.run("pm.switch_framework", on_the_backlog({"INIT-000001"}));
  CHECK(to_text(bench.shown("INIT-000001", "Last Run Status")).starts_with("FAILED: choose "));
  bench.run("pm.save_selected", on_the_backlog({"INIT-000001"}));
  CHECK(bench.stored("INIT-000001")->value(fields::title()) == Cell("One!"));
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
}

TEST_CASE("what was never written is typed like any other value: it is not the system's own") {
  FilledIntake bench;
  const int title = bench.intake().column_of("Title");
  bench.intake().set(2, title, Cell("One!"));
  bench.sheets.before_write([&] { bench.sheets.die_in_write(FakeSheets::Loss::kBeforeApply); });
  CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
  bench.run("pm.switch_framework", on_the_backlog({"INIT-000001"}));
  // A PM takes over what the team said a moment ago; the team goes on.
  bench.backlog().set(JobBench::row_of(bench.backlog(), "INIT-000001"), bench.backlog().column_of("Title"),
                      Cell("One!"));
  bench.intake().set(2, title, Cell("One?"));
  const RunResult result = bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
  REQUIRE(result.kept_unsaved_edits.size() == 1);
  CHECK(result.kept_unsaved_edits.front().column == "Title");
}

TEST_CASE("a row whose appending never reached the sheet is filled where a PM lists its key") {
  FilledIntake bench;
  JobBench::add_row(bench.intake(), {{"Title", "Four"}, {"Country", "FR"}});
  bench.sheets.before_write([] {});  // its key
  bench.sheets.before_write([&] { bench.sheets.die_in_write(FakeSheets::Loss::kBeforeApply); });
  CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
  JobBench::add_row(bench.backlog(), {{"Initiative Key", "INIT-000004"}, {"Title", "Four of mine"}});
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000004", "Country") == Cell("FR"));
  CHECK(bench.shown("INIT-000004", "Title") == Cell("Four of mine"));
}

TEST_CASE("what Google refuses to put right is named, and the next run goes on") {
  FilledIntake bench;
  bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
  bench.sheets.before_write([&] { bench.backlog().sort(2, bench.backlog().column_of("Title"), true); });
  bench.sheets.after_write([&] { bench.sheets.refuse("INIT-000001"); });
  const RunResult result = bench.run("pm.backlog_sync");
  const auto names = [](const std::string& warning) {
    return warning.find("Google refuses to put it right: it shows 'One!' now, and 'Two' belongs there") !=
           std::string::npos;
  };
  CHECK(std::any_of(result.warnings.begin(), result.warnings.end(), names));
  CHECK_FALSE(bench.store->open_intent("backlog"));
  bench.sheets.calm_down();
  bench.run("pm.backlog_sync");
  CHECK_FALSE(bench.store->open_intent("backlog"));
}

TEST_CASE("a row that Google refused counts as not written, also where the answer was lost") {
  FilledIntake bench;
  bench.change_titles_in_intake();
  bench.sheets.refuse("INIT-000002");
  bench.sheets.lose_write(FakeSheets::Loss::kAfterApply);
  bench.run("pm.backlog_sync");
  CHECK(bench.shown("INIT-000002", "Title") == Cell("Two"));
  CHECK(bench.run("pm.backlog_sync").kept_unsaved_edits.empty());
}

TEST_CASE("where Google refuses markers a write that nobody saw end is judged by the picture alone") {
  const auto [loss, sorted] =
      GENERATE(table<FakeSheets::Loss, bool>({{FakeSheets::Loss::kBeforeApply, true},
                                              {FakeSheets::Loss::kAfterApply, true},
                                              {FakeSheets::Loss::kBeforeApply, false},
                                              {FakeSheets::Loss::kAfterApply, false}}));
  {
    FilledIntake bench;  // its writes left markers
    bench.sheets.refuse_marker("backlog");
    FakeTab& backlog = bench.backlog();
    bench.intake().set(2, bench.intake().column_of("Title"), Cell("One!"));
    bench.sheets.before_write([&backlog, &bench, how = loss, moves = sorted] {
      if (moves) backlog.sort(2, backlog.column_of("Title"), true);  // Two, Three, One
      bench.sheets.die_in_write(how);
    });
    CHECK_THROWS_AS(bench.run("pm.backlog_sync"), FakeSheets::Killed);
    CHECK(bench.run("pm.backlog_sync").kept_unsaved_edits.empty());
    CHECK(bench.shown("INIT-000001", "Title") == Cell("One!"));
    CHECK(bench.shown("INIT-000002", "Title") == Cell("Two"));
    CHECK(bench.shown("INIT-000003", "Title") == Cell("Three"));
  }
}
