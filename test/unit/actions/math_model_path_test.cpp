#include "suggest_bench.h"

// From a prompt to a score, by the clicks of one PM.
namespace roadmap::test {
namespace {

TEST_CASE("a suggestion that a PM copies, approves and fills in is scored, and the score says whose it was") {
  SuggestBench bench;
  JobBench::add_row(bench.scoring(), {{"Initiative Key", Cell(kKey)}, {"Use Math Model", Cell(true)}});
  const auto type = [&](FakeTab& tab, int row, const char* header, Cell value) {
    tab.set(row, tab.column_of(header), std::move(value));
  };
  const auto on_scoring = [&](const char* header) { return JobBench::cell(bench.scoring(), 2, header); };

  bench.llm.suggests("value = tickets * cost_per_ticket");
  bench.suggest({kKey});
  type(bench.models(), 2, "formula_text", bench.cell_of(kSuggestion));
  bench.assistant = nullptr;
  CHECK(count_of(bench.seed({kKey}), "skipped_unapproved") == 1);
  type(bench.models(), 2, "approved_by_user", Cell(true));
  CHECK(count_of(bench.seed({kKey}), "seeded") == 2);

  bench.click("pm.score_selected", "Scoring_Inputs", {kKey});
  CHECK(is_blank(on_scoring("Math: Value Score")));
  CHECK_THAT(to_text(on_scoring("Math: Warnings")), Catch::Contains("missing value: "));

  for (const int row : {2, 3}) {
    type(bench.params(), row, "value", Cell(20.0));
    type(bench.params(), row, "approved", Cell(true));
  }
  bench.click("pm.score_selected", "Scoring_Inputs", {kKey});
  CHECK(on_scoring("Math: Value Score") == Cell(400.0));
  CHECK_THAT(to_text(on_scoring("Math: Warnings")), Catch::Contains("suggested by LLM"));

  type(bench.models(), 2, "formula_text", Cell("value = tickets * cost_per_ticket * 2"));
  bench.click("pm.score_selected", "Scoring_Inputs", {kKey});
  CHECK(on_scoring("Math: Value Score") == Cell(800.0));
  CHECK_THAT(to_text(on_scoring("Math: Warnings")), !Catch::Contains("suggested by LLM"));
}

}  // namespace
}  // namespace roadmap::test
