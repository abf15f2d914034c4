// A percentage, date or time typed into a column of text is stored as it is displayed (sheets.md, "Reading a
// cell"), for one more read in the runs that take it, and for none in the others.

#include <catch2/catch.hpp>

#include "core/fields/registry.h"
#include "test/unit/actions/product_ops_bench.h"

using namespace roadmap;
using namespace roadmap::test;

namespace {

constexpr double kFourthOfMarch = 46085;

// One wish of the team EMEA, and its row in the backlog.
struct DisplayBench : JobBench {
  DisplayBench() : row(add_row(intake(), {{"Title", "Faster checkout"}, {"Requesting Team", "Web"}})) {}

  void type(FakeTab& tab, int at, const std::string& header, double value, const std::string& displayed) {
    tab.set_displayed(at, tab.column_of(header), value, displayed);
  }
  void type(FakeTab& tab, int at, const std::string& header, Cell value) {
    tab.set(at, tab.column_of(header), std::move(value));
  }
  RunResult sync(const std::string& action = "pm.backlog_sync") {
    sheets.reset_counts();
    return run(action);
  }
  RunResult save_row() {
    sheets.reset_counts();
    return save({"INIT-000001"});
  }
  Cell country() { return stored("INIT-000001")->value(field_id(Table::kInitiatives, "country")); }
  Cell shown_country() { return cell(backlog(), row_of(backlog(), "INIT-000001"), "Country"); }

  int row;
};

}  // namespace

TEST_CASE("a percentage in a new wish is stored and shown as it is displayed, and looked at once") {
  DisplayBench bench;
  bench.type(bench.intake(), bench.row, "Country", 0.5, "50%");
  const RunResult first = bench.sync();
  CHECK(count_of(first, "appended") == 1);
  CHECK(bench.country() == Cell("50%"));
  CHECK(bench.shown_country() == Cell("50%"));
  CHECK(bench.sheets.reads == 3);  // intake, its Country column, backlog
  CHECK(JobBench::cell(bench.intake(), bench.row, "Initiative Key") == Cell("INIT-000001"));
  bench.sync();
  CHECK(bench.sheets.reads == 2);
  CHECK(bench.sheets.writes == 0);

  SECTION("another number is news, and looked at again") {
    bench.type(bench.intake(), bench.row, "Country", kFourthOfMarch, "3/4/2026");
    bench.sync();
    CHECK(bench.sheets.reads == 4);  // and the backlog's column, for formulas
    CHECK(bench.country() == Cell("3/4/2026"));
    CHECK(bench.shown_country() == Cell("3/4/2026"));
    bench.sync();
    CHECK(bench.sheets.reads == 2);
  }
  SECTION("a text instead of it needs no look") {
    bench.type(bench.intake(), bench.row, "Country", Cell("half"));
    bench.sync();
    CHECK(bench.country() == Cell("half"));
    CHECK(bench.sheets.reads == 3);  // the backlog's column, for formulas
  }
}

TEST_CASE("a number in a wish whose row is not taken is not looked at") {
  DisplayBench bench;
  bench.sync();
  JobBench::add_row(bench.intake(), {{"Country", 0.5}});  // without Title
  bench.sync();
  CHECK(bench.sheets.reads == 2);
}

TEST_CASE("a plain number in a column of text is its digits") {
  DisplayBench bench;
  bench.type(bench.intake(), bench.row, "Country", Cell(2026.0));
  bench.sync();
  CHECK(bench.country() == Cell("2026"));
  bench.sync();
  CHECK(bench.sheets.reads == 2);
}

TEST_CASE("a base from before displays were looked at is good for its number") {
  DisplayBench bench;
  bench.type(bench.intake(), bench.row, "Country", Cell("2026"));  // seen as text then
  bench.sync();
  bench.type(bench.intake(), bench.row, "Country", Cell(2026.0));
  bench.sync();
  CHECK(bench.sheets.reads == 2);
  CHECK(bench.country() == Cell("2026"));
}

TEST_CASE("a dry run promises the text that is displayed") {
  DisplayBench bench;
  bench.sync();
  bench.type(bench.intake(), bench.row, "Country", 0.5, "50%");
  ActionRequest request;
  request.options.dry_run = true;
  const RunResult promised = bench.run("pm.backlog_sync", request);
  CHECK(bench.country() == Cell{});
  bool is_promised = false;
  for (const PlannedChange& cell : promised.plan)
    is_promised = is_promised || (cell.column == "Country" && cell.after == Cell("50%"));
  CHECK(is_promised);
  bench.sync();
  CHECK(bench.shown_country() == Cell("50%"));
}

TEST_CASE("rows that are sorted before the look are read anew, and each keeps its own") {
  DisplayBench bench;
  const int other =
      JobBench::add_row(bench.intake(), {{"Title", "A store map"}, {"Requesting Team", "Apps"}});
  bench.type(bench.intake(), bench.row, "Country", 0.5, "50%");
  bench.type(bench.intake(), other, "Country", 0.7, "70%");
  bench.sheets.after_read([&] { bench.intake().sort(2, bench.intake().column_of("Title"), false); });
  bench.sync("flow0.intake_sync");
  for (const char* key : {"INIT-000001", "INIT-000002"}) {
    const InitiativeRecord* record = bench.stored(key);
    REQUIRE(record != nullptr);
    const bool is_map = record->value(fields::title()) == Cell("A store map");
    CHECK(record->value(field_id(Table::kInitiatives, "country")) == Cell(is_map ? "70%" : "50%"));
  }
  CHECK(bench.stored("INIT-000003") == nullptr);
}

TEST_CASE("a formula that shows another number each time is taken as it shows when it is looked at") {
  DisplayBench bench;
  const auto now = [&](double value, const std::string& displayed) {
    const int column = bench.intake().column_of("Country");
    bench.intake().set_formula(bench.row, column, Cell(value), "=NOW()");
    bench.intake().rows[static_cast<std::size_t>(bench.row - 1)][static_cast<std::size_t>(column)].displayed =
        displayed;
  };
  now(kFourthOfMarch, "04/03/2026");
  bench.sheets.after_read([&] { now(kFourthOfMarch + 1, "05/03/2026"); });
  bench.sync();
  CHECK(bench.country() == Cell("05/03/2026"));
}

TEST_CASE("a team's percentage that is kept out is named as displayed, and freed when the PM types it") {
  DisplayBench bench;
  bench.sync();
  const int at = JobBench::row_of(bench.backlog(), "INIT-000001");
  bench.type(bench.backlog(), at, "Country", Cell("DE"));
  bench.save_row();
  bench.type(bench.intake(), bench.row, "Country", 0.7, "70%");
  const RunResult kept = bench.sync();
  REQUIRE(kept.kept_pm_values.size() == 1);
  CHECK(kept.kept_pm_values[0].other == Cell("70%"));
  CHECK_THAT(to_text(JobBench::cell(bench.backlog(), at, "Last Run Status")),
             Catch::Contains("team changed Country to '70%'"));
  CHECK(bench.sync().kept_pm_values.size() == 1);
  CHECK(bench.sheets.reads == 2);  // known from the run before
  bench.type(bench.backlog(), at, "Country", Cell("70%"));
  bench.save_row();
  CHECK(bench.sync().kept_pm_values.empty());
  bench.type(bench.intake(), bench.row, "Country", Cell("FR"));
  bench.sync();
  CHECK(bench.country() == Cell("FR"));
}

TEST_CASE("Save stores a PM's date in a column of text as it is displayed") {
  DisplayBench bench;
  bench.sync();
  const int at = JobBench::row_of(bench.backlog(), "INIT-000001");
  bench.type(bench.backlog(), at, "Country", kFourthOfMarch, "4 Mar 2026");
  bench.save_row();
  CHECK(bench.country() == Cell("4 Mar 2026"));
  CHECK(bench.sheets.reads == 2);
  bench.save_row();
  CHECK(bench.sheets.reads == 1);
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.shown_country() == Cell(kFourthOfMarch));  // the cell stays as it was typed
  CHECK(bench.sync().kept_unsaved_edits.empty());
}

TEST_CASE("full sync takes a backlog's percentage as it is displayed") {
  DisplayBench bench;
  bench.sync();
  const int at = JobBench::row_of(bench.backlog(), "INIT-000001");
  bench.type(bench.backlog(), at, "Country", 0.5, "50%");
  bench.sync("flow1.full_sync");
  CHECK(bench.country() == Cell("50%"));
  bench.sync("flow1.full_sync");
  CHECK(bench.country() == Cell("50%"));
  CHECK(bench.sheets.writes == 0);
}

TEST_CASE("texts of models and parameters are stored as displayed, whichever tab is saved or scored") {
  ProductOpsBench bench;
  bench.model("value = a");
  const int row = bench.param("a", Cell(3.0));
  bench.type(bench.params(), 1, "source", Cell("source"));
  bench.type(bench.models(), 1, "assumptions_text", Cell("assumptions_text"));
  bench.params().set_displayed(row, bench.params().column_of("source"), 0.5, "50%");
  bench.models().set_displayed(2, bench.models().column_of("assumptions_text"), kFourthOfMarch, "4/3/2026");
  SECTION("scored") { bench.score({"INIT-000001"}); }
  SECTION("saved") {
    bench.click("pm.save_selected", "Params", {"INIT-000001"});
    bench.click("pm.save_selected", "MathModels", {"INIT-000001"});
  }
  SECTION("taken over") {
    bench.run("flow4.sync_params");
    bench.run("flow4.sync_mathmodels");
  }
  Planning planning = bench.store->begin_planning();
  CHECK(planning.params({"INIT-000001"}).at(0).values.value(field_id(Table::kParams, "source")) ==
        Cell("50%"));
  CHECK(planning.math_models({"INIT-000001"})
            .at(0)
            .values.value(field_id(Table::kMathModels, "assumptions_text")) == Cell("4/3/2026"));
  { const Planning ended = std::move(planning); }
  bench.sheets.reset_counts();
  bench.click("pm.save_selected", "Params", {"INIT-000001"});
  bench.click("pm.save_selected", "MathModels", {"INIT-000001"});
  CHECK(bench.sheets.reads == 2);  // what is stored reads as the numbers that are there
}
