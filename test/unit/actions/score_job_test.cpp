#include <catch2/catch.hpp>

#include "test/unit/actions/product_ops_bench.h"

using namespace roadmap;
using namespace roadmap::test;

TEST_CASE("scoring takes one read and one write, and none when nothing is new") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.wsjf(3, 8, 4, 3, 5);
  const RunResult result = bench.score({"INIT-000001", "INIT-000002", "INIT-000003"});
  CHECK(bench.sheets.reads == 1);
  CHECK(bench.sheets.writes == 1);
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell(225.0));
  CHECK(bench.on_scoring(2, "RICE: Value Score") == Cell(450.0));
  CHECK(bench.on_scoring(2, "RICE: Effort Score") == Cell(2.0));
  CHECK(bench.on_scoring(3, "WSJF: Overall Score") == Cell(3.0));
  CHECK(bench.on_scoring(4, "RICE: Overall Score") == Cell{});
  CHECK(bench.on_scoring(2, "Updated Source") == Cell("pm.score_selected"));
  CHECK(count_of(result, "selected_count") == 3);
  CHECK(count_of(result, "saved_count") == 3);
  CHECK(count_of(result, "computed") == 2);
  CHECK(count_of(result, "written") == 2);
  CHECK(bench.status(bench.scoring(), 4) == "OK · nothing to score: all inputs are empty");
  bench.sheets.reset_counts();
  const RunResult again = bench.score({"INIT-000001", "INIT-000002", "INIT-000003"});
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.sheets.reads == 1);
  CHECK(count_of(again, "written") == 0);
  CHECK(count_of(again, "computed") == 2);
}

TEST_CASE("a missing input leaves the framework blank, and Status names it") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, Cell{});
  bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell{});
  CHECK(bench.status(bench.scoring(), 2) == "OK · RICE not scored: Effort missing");
}

TEST_CASE("an input whose column was renamed is scored as it was saved, and the result says so") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  CHECK(bench.score({"INIT-000001"}).warnings.empty());
  bench.type(bench.scoring(), 1, "RICE: Reach", Cell("Reichweite"));
  bench.type(bench.scoring(), 2, "Reichweite", Cell(9000.0));
  const RunResult result = bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell(225.0));
  CHECK(result.warnings == std::vector<std::string>{"Tab 'Scoring_Inputs' has no column 'RICE: Reach': what "
                                                    "was saved of it before was scored"});
  CHECK(bench.score({"INIT-000002"}).warnings.empty());
}

TEST_CASE("a score that does not exist any more is cleared, not left behind") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.score({"INIT-000001"});
  bench.type(bench.scoring(), 2, "RICE: Reach", Cell{});
  bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "RICE: Value Score") == Cell{});
  CHECK(bench.on_scoring(2, "RICE: Effort Score") == Cell{});
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell{});
  CHECK(bench.value("INIT-000001", "rice_overall_score") == Cell{});
}

TEST_CASE("a bad cell fails its row, keeps its old scores, and the others go on") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.rice(3, 800.0, 2.0, 0.5, 1.0);
  bench.score({"INIT-000001", "INIT-000002"});
  bench.type(bench.scoring(), 2, "RICE: Reach", Cell("abc"));
  bench.type(bench.scoring(), 3, "RICE: Reach", Cell(400.0));
  const RunResult result = bench.score({"INIT-000001", "INIT-000002"});
  CHECK(bench.status(bench.scoring(), 2) == "FAILED: RICE: Reach: 'abc' is not a number");
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell(225.0));
  CHECK(bench.value("INIT-000001", "rice_reach") == Cell(500.0));
  CHECK(bench.on_scoring(3, "RICE: Overall Score") == Cell(400.0));
  CHECK(count_of(result, "failed_count") == 1);
  CHECK(result.rows[0].status == RowStatus::kFailed);
  CHECK(result.rows[1].status == RowStatus::kOk);
}

TEST_CASE("a number that makes no sense fails the row and is not saved") {
  ProductOpsBench bench;
  bench.rice(2, -5.0, 3.0, 0.3, 2.0);
  bench.rice(3, 5.0, 3.0, 1.5, 2.0);
  bench.score({"INIT-000001", "INIT-000002"});
  CHECK(bench.status(bench.scoring(), 2).find("FAILED: ") == 0);
  CHECK(bench.value("INIT-000001", "rice_reach") == Cell{});
  CHECK(bench.status(bench.scoring(), 3) == "FAILED: Confidence: 1.5 is neither a fraction nor a percentage");
}

TEST_CASE("scoring leaves the active framework and its scores alone, and says when they are older") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.score({"INIT-000001"});
  bench.type(bench.scoring(), 2, "Active Scoring Framework", Cell("RICE"));
  bench.click("pm.switch_framework", "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell(225.0));
  bench.type(bench.scoring(), 2, "RICE: Reach", Cell(1000.0));
  bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell(225.0));
  CHECK(bench.value("INIT-000001", "overall_score") == Cell(225.0));
  CHECK(bench.status(bench.scoring(), 2) == "OK · active RICE score is older: Switch framework");
}

TEST_CASE("a filled parameter is scored without a save in between") {
  ProductOpsBench bench;
  bench.model("value = a * b\neffort = 2");
  bench.param("a", 6.0);
  bench.param("b", 7.0);
  bench.click("pm.score_selected", "Params", {"INIT-000001"});
  CHECK(bench.on_scoring(2, "Math: Value Score") == Cell(42.0));
  CHECK(bench.on_scoring(2, "Math: Overall Score") == Cell(21.0));
  CHECK(bench.on_scoring(2, "Status") == Cell{});
  CHECK(bench.status(bench.params(), 2) == "OK");
  CHECK(bench.status(bench.params(), 3) == "OK");
}

TEST_CASE("a bad parameter fails its initiative, and the rows beside it say where it stands") {
  ProductOpsBench bench;
  bench.model("value = a");
  const int good = bench.param("a", 6.0);
  const int bad = bench.param("two words", 7.0);
  const RunResult result = bench.click("pm.score_selected", "Params", {"INIT-000001"});
  REQUIRE(result.rows.size() == 1);
  const std::string why =
      "row " + std::to_string(bad) +
      ": param_name: 'two words' is no name that a formula can use: letters, digits and _ only";
  CHECK(result.rows[0].row == good);
  CHECK(result.rows[0].message == why);
  CHECK(bench.status(bench.params(), good) == "OK · not scored: " + why);
}

TEST_CASE("the math model says in its warnings why it has no score") {
  ProductOpsBench bench;
  bench.model("value = a * b");
  bench.param("a", 6.0);
  const int b = bench.param("b", 7.0, Cell(false));
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "Math: Warnings") == Cell("not approved: b"));
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell(225.0));
  CHECK(bench.status(bench.scoring(), 2) == "OK · MATH_MODEL not scored: not approved: b");
  bench.type(bench.params(), b, "value", Cell("many"));
  bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "Math: Warnings") == Cell("Params row 3: value: 'many' is not a number"));
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell(225.0));
  bench.type(bench.models(), 2, "formula_text", Cell("value = a ** b"));
  bench.score({"INIT-000001"});
  CHECK(to_text(bench.on_scoring(2, "Math: Warnings")).find("invalid: line 1: ") == 0);
}

TEST_CASE("a parameter whose row is gone is not used any more") {
  ProductOpsBench bench;
  bench.model("value = a");
  bench.param("a", 6.0);
  bench.score({"INIT-000001"});
  REQUIRE(bench.on_scoring(2, "Math: Value Score") == Cell(6.0));
  bench.type(bench.params(), 2, "param_name", Cell("c"));
  bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "Math: Value Score") == Cell{});
  CHECK(bench.on_scoring(2, "Math: Warnings") == Cell("missing value: a"));
}

TEST_CASE("an initiative marked Use Math Model gets its row in MathModels once") {
  ProductOpsBench bench;
  bench.type(bench.scoring(), 2, "Use Math Model", Cell(true));
  bench.click("pm.save_selected", "Scoring_Inputs", {"INIT-000001", "INIT-000002"});
  CHECK(bench.models().last_row() == 2);
  CHECK(JobBench::cell(bench.models(), 2, "initiative_key") == Cell("INIT-000001"));
  CHECK(JobBench::cell(bench.models(), 2, "model_name") == Cell("One"));
  bench.score({"INIT-000001"});
  CHECK(bench.models().last_row() == 2);
  CHECK(bench.on_scoring(2, "Math: Warnings") == Cell("missing formula"));
}

TEST_CASE("a save says when a score was computed from other inputs") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.score({"INIT-000001"});
  bench.click("pm.save_selected", "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.status(bench.scoring(), 2) == "OK");
  bench.type(bench.scoring(), 2, "RICE: Reach", Cell(600.0));
  bench.click("pm.save_selected", "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.status(bench.scoring(), 2) == "OK · score is stale, run Score");
}

TEST_CASE("every computation that differs is kept with inputs and explanation") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.score({"INIT-000001"});
  bench.score({"INIT-000001"});
  bench.type(bench.scoring(), 2, "RICE: Reach", Cell(1000.0));
  bench.score({"INIT-000001"});
  const auto history = bench.store->score_history("INIT-000001");
  REQUIRE(history.size() == 2);
  CHECK(history[0].score.explanation == "1000 × 3 × 0.3 ÷ 2 = 450");
  CHECK(history[1].score.explanation == "500 × 3 × 0.3 ÷ 2 = 225");
  CHECK(history[1].score.inputs.size() == 4);
}

TEST_CASE("a score write whose answer was lost is looked at before it is sent again") {
  for (const auto loss : {FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply}) {
    ProductOpsBench bench;
    bench.rice(2, 500.0, 3.0, 0.3, 2.0);
    bench.sheets.lose_write(loss);
    const RunResult result = bench.score({"INIT-000001"});
    CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell(225.0));
    CHECK(bench.status(bench.scoring(), 2) == "OK");
    CHECK(count_of(result, "saved_count") == 1);
    CHECK(count_of(result, "written") == 1);
  }
}

TEST_CASE("scores follow their row when somebody sorts between read and write") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.rice(4, 800.0, 2.0, 0.5, 1.0);
  bench.sheets.before_write(
      [&] { bench.scoring().sort(2, bench.scoring().column_of("Initiative Key"), true); });
  const RunResult result = bench.score({"INIT-000001", "INIT-000003"});
  const int first = JobBench::row_of(bench.scoring(), "INIT-000001");
  const int third = JobBench::row_of(bench.scoring(), "INIT-000003");
  REQUIRE(first == 4);
  CHECK(bench.on_scoring(first, "RICE: Overall Score") == Cell(225.0));
  CHECK(bench.on_scoring(third, "RICE: Overall Score") == Cell(800.0));
  CHECK(count_of(result, "rows_moved") > 0);
}

TEST_CASE("inputs that stand beside another initiative's key are refused") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.rice(3, 800.0, 2.0, 0.5, 1.0);
  bench.score({"INIT-000001", "INIT-000002"});
  const int key = bench.scoring().column_of("Initiative Key");
  bench.scoring().set(2, key, Cell("INIT-000003"));
  bench.scoring().set(3, key, Cell("INIT-000001"));
  bench.scoring().set(4, key, Cell("INIT-000002"));
  bench.score({"INIT-000001", "INIT-000003"});
  CHECK(bench.status(bench.scoring(), 3) == "FAILED: these inputs belong to INIT-000002");
  CHECK(bench.status(bench.scoring(), 2) == "FAILED: these inputs belong to INIT-000001");
  CHECK(bench.value("INIT-000001", "rice_reach") == Cell(500.0));
}

TEST_CASE("unknown keys, keys elsewhere and copies are said by name") {
  ProductOpsBench bench;
  const int unknown = JobBench::add_row(bench.scoring(), {{"Initiative Key", "INIT-000404"}});
  const int unknown_too = JobBench::add_row(bench.scoring(), {{"Initiative Key", "INIT-000404"}});
  const int copy = JobBench::add_row(bench.scoring(), {{"Initiative Key", "INIT-000001"}});
  const RunResult result =
      bench.click("pm.score_selected", "Scoring_Inputs", {"INIT-000404", "INIT-000777", "INIT-000001"},
                  {{unknown, "INIT-000404"}, {unknown_too, "INIT-000404"}, {copy, "INIT-000001"}});
  CHECK(bench.status(bench.scoring(), unknown) == "FAILED: unknown key");
  CHECK(bench.status(bench.scoring(), unknown_too) == "FAILED: unknown key");
  CHECK(bench.status(bench.scoring(), copy) == "FAILED: duplicate key, see row 2");
  CHECK(result.rows[1].message == "not on this tab");
  CHECK(count_of(result, "failed_count") == 3);
}

TEST_CASE("a row begun with a key that is listed already takes nothing from the row that has it") {
  ProductOpsBench bench;
  ProductOpsBench::type(bench.scoring(), 2, "Risk Level", Cell("High"));
  bench.score({"INIT-000001"});
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  const int begun = JobBench::add_row(bench.scoring(), {{"Initiative Key", "INIT-000001"}});
  bench.click("pm.score_selected", "Scoring_Inputs", {"INIT-000001"},
              {{2, "INIT-000001"}, {begun, "INIT-000001"}});
  CHECK(bench.status(bench.scoring(), begun) == "FAILED: duplicate key, see row 2");
  CHECK(bench.value("INIT-000001", "risk_level") == Cell("High"));
  CHECK(bench.value("INIT-000001", "rice_reach") == Cell(500.0));
}

TEST_CASE("a dry run of a score lists old and new values and changes nothing") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {"INIT-000001"};
  request.options.dry_run = true;
  const RunResult result = bench.run("pm.score_selected", request);
  bool listed = false;
  for (const PlannedChange& cell : result.plan)
    listed = listed || (cell.column == "RICE: Overall Score" && cell.after == Cell(225.0) && cell.row == 2);
  CHECK(listed);
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.value("INIT-000001", "rice_reach") == Cell{});
  CHECK(bench.store->score_history("INIT-000001").empty());
}

TEST_CASE("a text that begins like a formula stays a text in the warnings") {
  ProductOpsBench bench;
  bench.model("value = a");
  bench.type(bench.params(), 1, "notes", Cell("notes"));
  bench.param("a", Cell("=1+1"));
  bench.score({"INIT-000001"});
  CHECK(bench.on_scoring(2, "Math: Warnings") == Cell("Params row 2: value: '=1+1' is not a number"));
}

TEST_CASE("a Status that was cut is not written anew by a Score without news") {
  ProductOpsBench bench;
  bench.type(bench.scoring(), 2, "WSJF: Job Size", Cell(1.0));
  bench.type(bench.scoring(), 2, "RICE: Impact", Cell(4.0));
  bench.type(bench.scoring(), 2, "Active Scoring Framework", Cell("RICE"));
  bench.score({"INIT-000001"});
  const std::string status = bench.status(bench.scoring(), 2);
  CHECK(status.find("OK · RICE: Impact 4 counts as 3; RICE not scored") == 0);
  REQUIRE(status.find("…") != std::string::npos);
  bench.sheets.reset_counts();
  bench.score({"INIT-000001"});
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.status(bench.scoring(), 2) == status);
}
