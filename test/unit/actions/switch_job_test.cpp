#include <catch2/catch.hpp>

#include "test/unit/actions/product_ops_bench.h"

using namespace roadmap;
using namespace roadmap::test;

namespace {

struct Scored : ProductOpsBench {
  Scored() {
    rice(2, 500.0, 3.0, 0.3, 2.0);
    wsjf(2, 8, 4, 3, 5);
    score({"INIT-000001"});
    sheets.reset_counts();
  }
  RunResult switch_to(Cell framework) {
    type(scoring(), 2, "Active Scoring Framework", std::move(framework));
    return click("pm.switch_framework", "Scoring_Inputs", {"INIT-000001"});
  }
};

}  // namespace

TEST_CASE("switching copies computed scores into the active ones, and back again") {
  Scored bench;
  const RunResult result = bench.switch_to("rice");
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell(225.0));
  CHECK(bench.value("INIT-000001", "active_scoring_framework") == Cell("RICE"));
  CHECK(bench.value("INIT-000001", "overall_score") == Cell(225.0));
  CHECK(bench.on_scoring(2, "Active Scoring Framework") == Cell("rice"));
  CHECK(count_of(result, "activated") == 1);
  CHECK(bench.sheets.reads == 1);
  CHECK(bench.sheets.writes == 1);
  bench.switch_to("WSJF");
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell(3.0));
  bench.switch_to("RICE");
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell(225.0));
  CHECK(bench.on_scoring(2, "Updated Source") == Cell("pm.switch_framework"));
}

TEST_CASE("a framework without a score, a blank choice and an unknown one keep everything") {
  Scored bench;
  bench.switch_to(Cell{});
  CHECK(bench.status(bench.scoring(), 2) == "FAILED: choose RICE, WSJF or MATH_MODEL");
  bench.switch_to("RICE");
  bench.switch_to("MATH_MODEL");
  CHECK(bench.status(bench.scoring(), 2) ==
        "FAILED: no MATH_MODEL score yet, run Score first, once Use Math Model is ticked");
  bench.switch_to("ICE");
  CHECK(bench.status(bench.scoring(), 2) ==
        "FAILED: Active Scoring Framework: 'ICE' is not RICE, WSJF or MATH_MODEL");
  CHECK(bench.value("INIT-000001", "active_scoring_framework") == Cell("RICE"));
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell(225.0));
}

TEST_CASE("a choice that was cleared deactivates") {
  Scored bench;
  bench.switch_to("RICE");
  bench.switch_to(Cell{});
  CHECK(bench.status(bench.scoring(), 2) == "OK · no framework is active");
  CHECK(bench.value("INIT-000001", "active_scoring_framework") == Cell{});
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell{});
  bench.switch_to(Cell{});
  CHECK(bench.status(bench.scoring(), 2) == "FAILED: choose RICE, WSJF or MATH_MODEL");
}

TEST_CASE("switching saves nothing else of the row") {
  Scored bench;
  bench.type(bench.scoring(), 2, "RICE: Reach", Cell(9999.0));
  bench.switch_to("RICE");
  CHECK(bench.value("INIT-000001", "rice_reach") == Cell(500.0));
  CHECK(bench.value("INIT-000001", "rice_overall_score") == Cell(225.0));
}

TEST_CASE("switching on the backlog changes that sheet only") {
  Scored bench;
  bench.run("pm.backlog_sync");
  bench.type(bench.backlog(), 2, "Active Scoring Framework", Cell("WSJF"));
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {"INIT-000001"};
  request.sheet_context = SheetContext{"backlog", "Backlog"};
  bench.run("pm.switch_framework", request);
  CHECK(JobBench::cell(bench.backlog(), 2, "Value Score") == Cell(15.0));
  CHECK(JobBench::cell(bench.backlog(), 2, "Last Run Status") == Cell("OK"));
  CHECK(bench.on_scoring(2, "Active: Overall Score") == Cell{});
}

TEST_CASE("activation works on all, on keys and on a filter, and leaves active scores alone unless told") {
  Scored bench;
  ActionRequest request;
  request.options.framework = "RICE";
  const RunResult first = bench.run("flow2.activate", request);
  CHECK(count_of(first, "activated") == 1);
  CHECK(count_of(first, "skipped_no_score") == 2);
  CHECK(first.summary.total() == 3);
  request.options.framework = "WSJF";
  CHECK(count_of(bench.run("flow2.activate", request), "activated") == 0);
  request.options.only_missing = false;
  request.scope.type = ScopeType::kFilter;
  request.scope.predicate = Predicate{"active_scoring_framework", PredicateOp::kEqual, Cell("RICE")};
  CHECK(count_of(bench.run("flow2.activate", request), "activated") == 1);
  CHECK(bench.value("INIT-000001", "overall_score") == Cell(3.0));
}

TEST_CASE("publishing the active scores is Update Backlog's act alone") {
  Scored bench;
  bench.run("pm.backlog_sync");
  bench.switch_to("RICE");
  bench.run("pm.backlog_sync");
  CHECK(JobBench::cell(bench.backlog(), 2, "Value Score") == Cell{});
  bench.run("flow1.backlog_sync");
  CHECK(JobBench::cell(bench.backlog(), 2, "Value Score") == Cell(450.0));
  CHECK(JobBench::cell(bench.backlog(), 2, "Active Scoring Framework") == Cell("RICE"));
}
