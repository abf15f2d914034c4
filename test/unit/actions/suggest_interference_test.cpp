#include "suggest_bench.h"

namespace roadmap::test {
namespace {

TEST_CASE("a PM who approves or types a formula while the assistant thinks keeps the last word") {
  SuggestBench bench;
  bench.initiative("INIT-000002", "x");
  bench.initiative("INIT-000003", "x");
  bench.model("INIT-000002");
  bench.model("INIT-000003");
  bench.llm.meanwhile([&] {
    bench.models().set(2, bench.models().column_of("approved_by_user"), Cell(true));
    bench.models().set(3, bench.models().column_of("formula_text"), Cell("value = mine"));
    bench.models().set(4, bench.models().column_of(kSuggestion), Cell("value = pasted"));
  });
  for (const char* formula : {"value = a", "value = b", "value = c"})
    bench.llm.suggests(formula);
  const RunResult result = bench.suggest({kKey, "INIT-000002", "INIT-000003"});
  CHECK(count_of(result, "suggested") == 0);
  CHECK(count_of(result, "skipped_approved") == 1);
  CHECK(count_of(result, "skipped_has_formula") == 1);
  CHECK(count_of(result, "skipped_has_suggestion") == 1);
  CHECK(count_of(result, "llm_calls") == 3);
  CHECK(is_blank(bench.cell_of(kSuggestion)));
  CHECK(is_blank(bench.model_cell("INIT-000002", kSuggestion)));
  CHECK(bench.model_cell("INIT-000003", kSuggestion) == Cell("value = pasted"));
  CHECK(is_blank(bench.stored_model(kKey, kSuggestion)));
}

TEST_CASE("a row that opens up while the assistant thinks is left for the next run") {
  SuggestBench bench;
  bench.initiative("INIT-000002", "x");
  const int row = bench.model("INIT-000002", {{"formula_text", Cell("value = mine")}});
  bench.llm.meanwhile([&] { bench.models().set(row, bench.models().column_of("formula_text"), Cell{}); });
  bench.llm.suggests("value = a");
  const RunResult result = bench.suggest({kKey, "INIT-000002"});
  CHECK(count_of(result, "suggested") == 1);
  CHECK(bench.status("INIT-000002") == "SKIPPED: the row has just changed; run this again");
  CHECK(result.summary.total() == 2);
}

TEST_CASE("rows that are sorted or moved while the assistant thinks get their own suggestion") {
  SuggestBench bench;
  bench.initiative("INIT-000002", "x");
  bench.model("INIT-000002");
  const auto sort = [&] {
    bench.models().sort(2, bench.models().column_of("initiative_key"), true);
    bench.models().insert_rows(2, 3);
  };
  SECTION("before the second read") { bench.llm.meanwhile(sort); }
  SECTION("between the second read and the write") { bench.sheets.before_write(sort); }
  bench.llm.suggests("value = one");
  bench.llm.suggests("value = two");
  const RunResult result = bench.suggest({kKey, "INIT-000002"});
  CHECK(count_of(result, "suggested") == 2);
  CHECK(bench.cell_of(kSuggestion) == Cell("value = one"));
  CHECK(bench.model_cell("INIT-000002", kSuggestion) == Cell("value = two"));
  CHECK(bench.cell_of(kPrompt) == Cell("Think of tickets."));
}

TEST_CASE("a write whose answer was lost is planned again without another question") {
  for (const auto loss : {FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply}) {
    SuggestBench bench;
    bench.sheets.lose_write(loss);
    bench.llm.suggests("value = a");
    const RunResult result = bench.suggest({kKey});
    CHECK(count_of(result, "suggested") == 1);
    CHECK(count_of(result, "skipped_has_suggestion") == 0);
    CHECK(bench.cell_of(kSuggestion) == Cell("value = a"));
    CHECK(bench.status(kKey) == "OK · review the suggestion and copy it to formula_text");
  }
}

TEST_CASE("answers that never arrive fail the run with what to do, and the suggestion is stored") {
  SuggestBench bench;
  bench.settings.max_write_retries = 2;
  for (int i = 0; i < 3; ++i)
    bench.sheets.lose_write(FakeSheets::Loss::kBeforeApply);
  bench.llm.suggests("value = a");
  CHECK_THROWS_WITH(bench.suggest({kKey}), Catch::Contains("Run it again"));
}

TEST_CASE("a run that is killed around its write leaves a row that the next run completes") {
  for (const auto loss : {FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply}) {
    SuggestBench bench;
    bench.sheets.die_in_write(loss);
    bench.llm.suggests("value = first");
    CHECK_THROWS_AS(bench.suggest({kKey}), FakeSheets::Killed);
    const bool written = loss == FakeSheets::Loss::kAfterApply;
    if (!written) bench.llm.suggests("value = second");
    const RunResult result = bench.suggest({kKey});
    const Cell expected(written ? "value = first" : "value = second");
    CHECK(bench.cell_of(kSuggestion) == expected);
    CHECK(bench.stored_model(kKey, kSuggestion) == expected);
    CHECK(count_of(result, written ? "skipped_has_suggestion" : "suggested") == 1);
  }
}

TEST_CASE("a row that Google refuses fails, the others are written") {
  SuggestBench bench;
  bench.initiative("INIT-000002", "x");
  bench.model("INIT-000002");
  bench.sheets.refuse(kKey);
  bench.llm.suggests("value = one");
  bench.llm.suggests("value = two");
  const RunResult result = bench.suggest({kKey, "INIT-000002"});
  CHECK(count_of(result, "suggested") == 1);
  CHECK(result.summary.success == 1);
  CHECK(result.summary.failed == 1);
  CHECK(result.rows[0].message == "the suggestion could not be written to its row; run this again");
  CHECK(bench.model_cell("INIT-000002", kSuggestion) == Cell("value = two"));
}

TEST_CASE("cancelling while the assistant thinks changes nothing") {
  SuggestBench bench;
  std::stop_source source;
  bench.control.stop = source.get_token();
  bench.llm.meanwhile([&] { source.request_stop(); });
  bench.llm.suggests("value = a");
  CHECK_THROWS_AS(bench.suggest({kKey}), RunStopped);
  CHECK(bench.sheets.writes == 0);
  CHECK(is_blank(bench.stored_model(kKey, kSuggestion)));
}

TEST_CASE("when the time for questions is up, what was answered is written and the rest left") {
  SuggestBench bench;
  bench.initiative("INIT-000002", "x");
  bench.initiative("INIT-000003", "x");
  bench.model("INIT-000002");
  bench.model("INIT-000003");
  bench.llm.suggests("value = a");
  bench.llm.meanwhile([] {});
  bench.llm.meanwhile([] { throw RunStopped(StopReason::kDeadline); });
  const RunResult result = bench.suggest({kKey, "INIT-000002", "INIT-000003"});
  CHECK(bench.cell_of(kSuggestion) == Cell("value = a"));
  CHECK(bench.status("INIT-000002") == "SKIPPED: this run's time was up; run this again");
  CHECK(bench.status("INIT-000003") == "SKIPPED: this run's time was up; run this again");
  CHECK(count_of(result, "llm_calls") == 2);
  CHECK(bench.llm.last_control.deadline < bench.control.deadline);
}

}  // namespace
}  // namespace roadmap::test
