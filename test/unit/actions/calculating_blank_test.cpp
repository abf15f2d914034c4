// A formula's cell that is still being calculated reads blank: what was filled when it was last seen is not
// emptied by it, on any tab.
#include <catch2/catch.hpp>

#include "test/unit/actions/product_ops_bench.h"

using namespace roadmap;
using namespace roadmap::test;

namespace {

struct CalculatingBench : ProductOpsBench {
  static void formula(FakeTab& tab, int row, const std::string& header, Cell shown) {
    tab.set_formula(row, tab.column_of(header), std::move(shown));
  }
  static std::string calculating(const std::string& header, const std::string& before) {
    return header + ": the formula shows nothing, though it showed " + before +
           " before: it may still be calculating. Run it again when it shows a value; to empty the cell, "
           "delete the formula";
  }
  Cell stored_param(const char* name) {
    return store->scoring_of({"INIT-000001"}).params.at(0).values.value(field_id(Table::kParams, name));
  }
  Cell stored_model(const char* name) {
    return store->scoring_of({"INIT-000001"}).models.at(0).values.value(field_id(Table::kMathModels, name));
  }
};

}  // namespace

TEST_CASE("in intake a blank that is being calculated is left out, and the row's other cells are taken") {
  CalculatingBench bench;
  bench.formula(bench.intake(), 2, "Country", Cell("AT"));
  bench.run("flow0.intake_sync");
  REQUIRE(bench.value("INIT-000001", "country") == Cell("AT"));
  bench.formula(bench.intake(), 2, "Country", Cell());
  bench.type(bench.intake(), 2, "Title", Cell("One more"));
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(bench.value("INIT-000001", "country") == Cell("AT"));
  CHECK(bench.value("INIT-000001", "title") == Cell("One more"));
  const std::string sentence = CalculatingBench::calculating("Country", "AT");
  CHECK(result.rows.at(0).message == "updated from EMEA row 2; " + sentence);
  CHECK(result.warnings == std::vector<std::string>{"EMEA row 2: " + sentence});

  bench.formula(bench.intake(), 2, "Country", Cell("CH"));
  bench.run("flow0.intake_sync");
  CHECK(bench.value("INIT-000001", "country") == Cell("CH"));
  bench.type(bench.intake(), 2, "Country", Cell());
  bench.run("flow0.intake_sync");
  CHECK(is_blank(bench.value("INIT-000001", "country")));
}

TEST_CASE("of an intake cell that a PM's value keeps out, a blank being calculated changes nothing") {
  CalculatingBench bench;
  bench.formula(bench.intake(), 2, "Country", Cell("AT"));
  bench.run("pm.backlog_sync");
  const int row = JobBench::row_of(bench.backlog(), "INIT-000001");
  bench.type(bench.backlog(), row, "Country", Cell("CH"));
  bench.save({"INIT-000001"});
  bench.formula(bench.intake(), 2, "Country", Cell());
  const RunResult result = bench.run("flow0.intake_sync");
  CHECK(result.warnings ==
        std::vector<std::string>{"EMEA row 2: " + CalculatingBench::calculating("Country", "AT")});
  bench.formula(bench.intake(), 2, "Country", Cell("AT"));
  bench.sheets.reset_counts();
  CHECK(bench.run("flow0.intake_sync").warnings.empty());
  CHECK(bench.value("INIT-000001", "country") == Cell("CH"));
}

TEST_CASE("a model's formula text that is being calculated fails the row, saved or scored") {
  CalculatingBench bench;
  bench.model("value = 2");
  bench.formula(bench.models(), 2, "formula_text", Cell("value = 2"));
  bench.score({"INIT-000001"});
  REQUIRE(bench.stored_model("formula_text") == Cell("value = 2"));
  REQUIRE(bench.on_scoring(2, "Math: Overall Score") == Cell{});
  bench.formula(bench.models(), 2, "formula_text", Cell());
  const std::string sentence = CalculatingBench::calculating("formula_text", "value = 2");
  SECTION("saved") {
    bench.click("pm.save_selected", "MathModels", {"INIT-000001"});
    CHECK(bench.status(bench.models(), 2) == "FAILED: " + sentence);
  }
  SECTION("scored") {
    const RunResult result = bench.score({"INIT-000001"});
    CHECK(to_text(bench.on_scoring(2, "Math: Warnings")).find(sentence) != std::string::npos);
  }
  SECTION("taken over") { bench.run("flow4.sync_mathmodels"); }
  CHECK(bench.stored_model("formula_text") == Cell("value = 2"));
  CHECK(bench.stored_model("approved_by_user") == Cell(true));

  bench.type(bench.models(), 2, "formula_text", Cell());
  bench.type(bench.models(), 2, "approved_by_user", Cell(false));
  bench.click("pm.save_selected", "MathModels", {"INIT-000001"});
  CHECK(bench.status(bench.models(), 2).starts_with("OK"));
  CHECK(is_blank(bench.stored_model("formula_text")));
}

TEST_CASE("a parameter's value that is being calculated fails its row, saved or scored") {
  CalculatingBench bench;
  bench.model("value = a");
  const int row = bench.param("a", Cell(3.0));
  bench.formula(bench.params(), row, "value", Cell(3.0));
  bench.score({"INIT-000001"});
  REQUIRE(bench.stored_param("value") == Cell(3.0));
  bench.formula(bench.params(), row, "value", Cell());
  const std::string sentence = CalculatingBench::calculating("value", "3");
  SECTION("saved") {
    const RunResult result = bench.click("pm.save_selected", "Params", {"INIT-000001"});
    CHECK(bench.status(bench.params(), row) == "FAILED: " + sentence);
    CHECK(count_of(result, "failed_count") == 1);
  }
  SECTION("scored") {
    bench.score({"INIT-000001"});
    CHECK(to_text(bench.on_scoring(2, "Math: Warnings")).find(sentence) != std::string::npos);
  }
  SECTION("taken over") { bench.run("flow4.sync_params"); }
  CHECK(bench.stored_param("value") == Cell(3.0));

  bench.type(bench.params(), row, "value", Cell());
  bench.click("pm.save_selected", "Params", {"INIT-000001"});
  CHECK(is_blank(bench.stored_param("value")));
}

TEST_CASE("a choice that is being calculated does not deactivate") {
  CalculatingBench bench;
  bench.rice(2, 500.0, 3.0, 0.3, 2.0);
  bench.score({"INIT-000001"});
  bench.formula(bench.scoring(), 2, "Active Scoring Framework", Cell("RICE"));
  bench.click("pm.switch_framework", "Scoring_Inputs", {"INIT-000001"});
  REQUIRE(bench.value("INIT-000001", "active_scoring_framework") == Cell("RICE"));
  bench.formula(bench.scoring(), 2, "Active Scoring Framework", Cell());
  bench.click("pm.switch_framework", "Scoring_Inputs", {"INIT-000001"});
  CHECK(bench.status(bench.scoring(), 2) ==
        "FAILED: " + CalculatingBench::calculating("Active Scoring Framework", "RICE"));
  CHECK(bench.value("INIT-000001", "active_scoring_framework") == Cell("RICE"));
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell(225.0));
}

TEST_CASE("taking a whole backlog over empties nothing that is being calculated") {
  CalculatingBench bench;
  bench.run("pm.backlog_sync");
  const int row = JobBench::row_of(bench.backlog(), "INIT-000001");
  bench.formula(bench.backlog(), row, "Country", Cell("AT"));
  bench.save({"INIT-000001"});
  REQUIRE(bench.value("INIT-000001", "country") == Cell("AT"));
  bench.formula(bench.backlog(), row, "Country", Cell());
  bench.run("flow1.full_sync");
  CHECK(bench.value("INIT-000001", "country") == Cell("AT"));
  bench.type(bench.backlog(), row, "Country", Cell());
  bench.run("flow1.full_sync");
  CHECK(is_blank(bench.value("INIT-000001", "country")));
}
