#include <catch2/catch.hpp>

#include "test/unit/actions/product_ops_bench.h"

using namespace roadmap;
using namespace roadmap::test;

namespace {

RunResult save_on(ProductOpsBench& bench, const std::string& tab, const std::vector<std::string>& keys,
                  std::vector<SelectedRow> rows = {}) {
  return bench.click("pm.save_selected", tab, keys, std::move(rows));
}

}  // namespace

TEST_CASE("a formula that is no formula is refused where it was typed, with line and column") {
  ProductOpsBench bench;
  JobBench::add_row(bench.models(), {{"initiative_key", "INIT-000001"}, {"formula_text", "value = 2 ^ 3"}});
  JobBench::add_row(bench.models(), {{"initiative_key", "INIT-000002"}, {"formula_text", "value = 2 * 3"}});
  const RunResult result = save_on(bench, "MathModels", {"INIT-000001", "INIT-000002"});
  CHECK(bench.status(bench.models(), 2).find("FAILED: formula_text: line 1, column 11: ") == 0);
  CHECK(bench.status(bench.models(), 3) == "OK");
  CHECK(count_of(result, "saved_count") == 1);
  CHECK(bench.store->scoring_of({"INIT-000001"}).models.empty());
}

TEST_CASE("an approval without a formula and parameters that are no JSON are refused") {
  ProductOpsBench bench;
  JobBench::add_row(bench.models(), {{"initiative_key", "INIT-000001"}, {"approved_by_user", Cell(true)}});
  JobBench::add_row(bench.models(), {{"initiative_key", "INIT-000002"}, {"parameters_json", "{oops"}});
  save_on(bench, "MathModels", {"INIT-000001", "INIT-000002"});
  CHECK(bench.status(bench.models(), 2) == "FAILED: copy the suggestion into formula_text");
  CHECK(bench.status(bench.models(), 3).find("FAILED: parameters_json: not JSON: ") == 0);
}

TEST_CASE("the assistant's columns are never taken as input") {
  ProductOpsBench bench;
  JobBench::add_row(bench.models(), {{"initiative_key", "INIT-000001"},
                                     {"formula_text", "value = 1"},
                                     {"llm_suggested_formula_text", "value = 2"}});
  save_on(bench, "MathModels", {"INIT-000001"});
  const auto models = bench.store->scoring_of({"INIT-000001"}).models;
  REQUIRE(models.size() == 1);
  CHECK(models[0].values.value(fields::formula_text()) == Cell("value = 1"));
  CHECK(models[0].values.value(fields::suggested_formula()) == Cell{});
}

TEST_CASE("on Params only the selected rows are saved, and one bad row fails its initiative") {
  ProductOpsBench bench;
  const int a = bench.param("a", 1.0);
  const int b = bench.param("b", Cell("lots"));
  const int c = bench.param("c", 3.0);
  const RunResult result =
      save_on(bench, "Params", {"INIT-000001"}, {{a, "INIT-000001"}, {b, "INIT-000001"}});
  CHECK(bench.status(bench.params(), a) == "OK");
  CHECK(bench.status(bench.params(), b) == "FAILED: value: 'lots' is not a number");
  CHECK(bench.status(bench.params(), c).empty());
  CHECK(count_of(result, "saved_count") == 0);
  CHECK(count_of(result, "failed_count") == 1);
  REQUIRE(result.rows.size() == 1);
  CHECK(result.rows[0].row == a);
  CHECK(result.rows[0].message == "row " + std::to_string(b) + ": value: 'lots' is not a number");
  CHECK(bench.store->scoring_of({"INIT-000001"}).params.size() == 1);
}

TEST_CASE("a parameter outside its range, without a name, or twice fails its row") {
  ProductOpsBench bench;
  const int wide = bench.param("a", 12.0);
  bench.type(bench.params(), wide, "max", Cell(10.0));
  const int nameless = bench.param("", 1.0);
  const int original = bench.param("b", 2.0);
  const int twice = bench.param("b", 3.0);
  const int unusable = bench.param("two words", 3.0);
  const int reserved = bench.param("min", 3.0);
  const int endless = bench.param(std::string(65, 'a'), 3.0);
  save_on(bench, "Params", {"INIT-000001"});
  CHECK(bench.status(bench.params(), wide) == "FAILED: value 12 is above max 10");
  CHECK(bench.status(bench.params(), nameless) == "FAILED: param_name: the parameter has no name");
  CHECK(bench.status(bench.params(), original) == "OK");
  CHECK(bench.status(bench.params(), twice) == "FAILED: duplicate parameter, see row 4");
  const std::string no_name = " is no name that a formula can use: ";
  CHECK(bench.status(bench.params(), unusable) ==
        "FAILED: param_name: 'two words'" + no_name + "letters, digits and _ only");
  CHECK(bench.status(bench.params(), reserved) ==
        "FAILED: param_name: 'min'" + no_name + "it is a function's");
  CHECK_THAT(bench.status(bench.params(), endless), Catch::EndsWith(no_name + "64 characters at most"));
}

TEST_CASE("two rows of one parameter: the one that agrees with what is stored is the parameter") {
  ProductOpsBench bench;
  const int lower = bench.param("a", 5.0);
  save_on(bench, "Params", {"INIT-000001"});
  bench.type(bench.params(), lower, "value", Cell(9.0));
  const int copy = bench.param("a", 5.0);
  save_on(bench, "Params", {"INIT-000001"});
  CHECK(bench.status(bench.params(), copy) == "OK");
  CHECK(bench.status(bench.params(), lower) == "FAILED: duplicate parameter, see row 3");
}

TEST_CASE("saving Scoring_Inputs takes what is typed there, and never what is computed") {
  ProductOpsBench bench;
  bench.rice(2, 100.0, 1.0, Cell("80 %"), 2.0);
  bench.type(bench.scoring(), 2, "RICE: Overall Score", Cell(1e9));
  bench.type(bench.scoring(), 2, "Title", Cell("not taken"));
  save_on(bench, "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.value("INIT-000001", "rice_confidence") == Cell(0.8));
  CHECK(bench.value("INIT-000001", "rice_overall_score") == Cell{});
  CHECK(bench.value("INIT-000001", "title") == Cell("One"));
  CHECK(bench.stored("INIT-000001")->updated_source == "flow3.productopssheet_read_inputs");
}

TEST_CASE("a stale copy of a value on one tab does not undo what was saved on another") {
  ProductOpsBench bench;
  save_on(bench, "Scoring_Inputs", {"INIT-000001"});
  bench.run("pm.backlog_sync");
  bench.type(bench.backlog(), 2, "Use Math Model", Cell(true));
  bench.save({"INIT-000001"});
  bench.rice(2, 100.0, 1.0, 0.5, 2.0);
  save_on(bench, "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.value("INIT-000001", "use_math_model") == Cell(true));
  CHECK(bench.value("INIT-000001", "rice_reach") == Cell(100.0));
}

TEST_CASE("a checkbox that nobody ticked yet does not undo what was saved on another tab") {
  ProductOpsBench bench;
  bench.run("pm.backlog_sync");
  bench.type(bench.backlog(), 2, "Use Math Model", Cell(true));
  bench.save({"INIT-000001"});
  bench.type(bench.scoring(), 2, "Use Math Model", Cell(false));
  save_on(bench, "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.value("INIT-000001", "use_math_model") == Cell(true));
  bench.type(bench.scoring(), 2, "Use Math Model", Cell(true));
  save_on(bench, "Scoring_Inputs", {"INIT-000001"});
  bench.type(bench.scoring(), 2, "Use Math Model", Cell(false));
  save_on(bench, "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.value("INIT-000001", "use_math_model") == Cell(false));
}

TEST_CASE("the flows that take tabs over store rows and write no sheet") {
  ProductOpsBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.model("value = a");
  JobBench::add_row(bench.models(), {{"initiative_key", "INIT-000002"}, {"model_name", "later"}});
  bench.param("a", 4.0);
  CHECK(count_of(bench.run("flow3.sync_inputs"), "updated") == 1);
  const RunResult models = bench.run("flow4.sync_mathmodels");
  CHECK(count_of(models, "created") == 1);
  CHECK(count_of(models, "skipped_no_formula") == 1);
  const RunResult params = bench.run("flow4.sync_params");
  CHECK(count_of(params, "upserts") == 1);
  CHECK(count_of(params, "created") == 1);
  CHECK(bench.sheets.writes == 0);
  const RunResult computed = bench.run("flow3.compute_all_frameworks");
  CHECK(count_of(computed, "processed") == 3);
  const RunResult written = bench.run("flow3.write_scores");
  CHECK(count_of(written, "updated_initiatives") == 1);
  CHECK(bench.on_scoring(2, "RICE: Overall Score") == Cell(225.0));
  CHECK(bench.on_scoring(2, "Math: Value Score") == Cell(4.0));
  CHECK(bench.on_scoring(2, "Updated Source") == Cell("flow3.productopssheet_write_scores"));
  bench.sheets.reset_counts();
  bench.run("flow3.write_scores");
  CHECK(bench.sheets.writes == 0);
}
