#include "core/sync/param_seed_plan.h"
#include "model_bench.h"

namespace roadmap::test {
namespace {

const std::string kKey = "INIT-000001";

// One initiative with an approved formula of three inputs.
struct SeedBench : ModelBench {
  SeedBench() {
    initiative(kKey, "Agents retype addresses.");
    model(kKey, {{"formula_text", Cell("savings = tickets * cost_per_ticket\nvalue = savings * months")},
                 {"approved_by_user", Cell(true)}});
    assistant = nullptr;
  }
  Cell cell_of(const std::string& name, const std::string& header) { return param_cell(kKey, name, header); }
};

TEST_CASE("each input of an approved formula gets a row of its own, described by its name") {
  SeedBench bench;
  const RunResult result = bench.seed({kKey});
  CHECK(count_of(result, "seeded") == 3);
  CHECK(count_of(result, "llm_calls") == 0);
  CHECK(bench.params().last_row() == 4);
  CHECK(JobBench::cell(bench.params(), 2, "param_name") == Cell("tickets"));  // in order of first use
  CHECK(JobBench::cell(bench.params(), 4, "param_name") == Cell("months"));
  CHECK(bench.cell_of("cost_per_ticket", "param_display") == Cell("Cost per ticket"));
  CHECK(bench.cell_of("cost_per_ticket", "framework") == Cell("MATH_MODEL"));
  CHECK(is_blank(bench.cell_of("cost_per_ticket", "value")));
  CHECK(bench.cell_of("cost_per_ticket", "approved") == Cell(false));
  CHECK(bench.cell_of("cost_per_ticket", "is_auto_seeded") == Cell(true));
  CHECK(bench.cell_of("cost_per_ticket", "Status") == Cell("OK · fill in the value and approve it"));
  CHECK(bench.cell_of("cost_per_ticket", "Updated At") == Cell("2026-01-02T03:04:05Z"));
  CHECK(bench.cell_of("cost_per_ticket", "Updated Source") == Cell("flow4.seed_params"));
  CHECK(bench.status(kKey) == "OK · 3 parameters added to Params");
  CHECK(bench.model_cell(kKey, "Updated Source") == Cell("flow4.seed_params"));
  CHECK(bench.sheets.writes == 1);
}

TEST_CASE("the assistant describes parameters; its example goes to notes, never to value") {
  SeedBench bench;
  bench.assistant = &bench.llm;
  bench.llm.describes({{"tickets", "Tickets a month", "How many.", "tickets", "Help desk", "1200"},
                       {"months", "", "How long.", "", "", ""}});
  const RunResult result = bench.seed({kKey});
  REQUIRE(bench.llm.parameter_questions.size() == 1);
  const ParametersQuestion& question = bench.llm.parameter_questions[0];
  CHECK(question.names == std::vector<std::string>{"tickets", "cost_per_ticket", "months"});
  CHECK_THAT(question.formula, Catch::StartsWith("savings = "));
  CHECK(question.initiative.front() == NamedText{"title", "Title of INIT-000001"});
  CHECK(bench.cell_of("tickets", "param_display") == Cell("Tickets a month"));
  CHECK(bench.cell_of("tickets", "description") == Cell("How many."));
  CHECK(bench.cell_of("tickets", "unit") == Cell("tickets"));
  CHECK(bench.cell_of("tickets", "source") == Cell("Help desk"));
  CHECK(bench.cell_of("tickets", "notes") == Cell("Example: 1200"));
  CHECK(is_blank(bench.cell_of("tickets", "value")));
  CHECK(bench.cell_of("tickets", "approved") == Cell(false));
  CHECK(bench.cell_of("months", "param_display") == Cell("Months"));
  CHECK(bench.cell_of("cost_per_ticket", "param_display") == Cell("Cost per ticket"));
  CHECK(count_of(result, "llm_calls") == 1);
}

TEST_CASE("a failing assistant costs the descriptions, not the rows") {
  SeedBench bench;
  bench.initiative("INIT-000002", "x");
  bench.model("INIT-000002", {{"formula_text", Cell("value = a")}, {"approved_by_user", Cell(true)}});
  bench.assistant = &bench.llm;
  bench.llm.fails(AssistantFailure::kTimeout, "the assistant did not answer in time; try again later");
  const RunResult result = bench.seed({kKey, "INIT-000002"});
  CHECK(count_of(result, "seeded") == 4);
  CHECK(count_of(result, "llm_calls") == 1);
  CHECK(result.summary.success == 2);
  CHECK(bench.status("INIT-000002") ==
        "OK · 1 parameter added to Params; described by name only: the assistant did not answer in time; try "
        "again later");
  CHECK(bench.param_cell("INIT-000002", "a", "param_display") == Cell("A"));
}

TEST_CASE("max_llm_calls bounds the descriptions, not the rows") {
  SeedBench bench;
  bench.initiative("INIT-000002", "x");
  bench.model("INIT-000002", {{"formula_text", Cell("value = a")}, {"approved_by_user", Cell(true)}});
  bench.assistant = &bench.llm;
  bench.llm.describes({{"tickets", "Tickets a month", "", "", "", ""}});
  ActionOptions options;
  options.max_llm_calls = 1;
  const RunResult result = bench.seed({kKey, "INIT-000002"}, options);
  CHECK(count_of(result, "seeded") == 4);
  CHECK(count_of(result, "llm_calls") == 1);
  CHECK_THAT(bench.status("INIT-000002"), Catch::Contains("described by name only"));
}

TEST_CASE("rows that stand on Params are left as they are, whoever made them") {
  SeedBench bench;
  bench.param(kKey, "tickets", {{"value", Cell(7.0)}, {"notes", Cell("mine")}});       // framework blank
  bench.param(kKey, "months", {{"framework", Cell("#REF!")}});                         // cannot be told
  bench.param(kKey, "cost_per_ticket", {{"framework", Cell("RICE")}});                 // another one's
  bench.param("INIT-000002", "cost_per_ticket", {{"framework", Cell("MATH_MODEL")}});  // another's
  const std::vector<FakeRow> before(bench.params().rows.begin(), bench.params().rows.begin() + 5);
  const RunResult result = bench.seed({kKey});
  CHECK(count_of(result, "seeded") == 1);
  CHECK(bench.params().last_row() == 6);
  CHECK(JobBench::cell(bench.params(), 6, "param_name") == Cell("cost_per_ticket"));
  for (int row = 1; row <= 5; ++row) {
    for (std::size_t column = 0; column < before[static_cast<std::size_t>(row - 1)].size(); ++column) {
      CHECK(bench.params().get(row, static_cast<int>(column)) ==
            before[static_cast<std::size_t>(row - 1)][column].value);
    }
  }
}

TEST_CASE("new rows stand below the last row with a key, above what is prefilled further down") {
  SeedBench bench;
  bench.param("INIT-000002", "other");
  const int prefilled = JobBench::add_row(bench.params(), {{"approved", Cell(false)}});
  bench.seed({kKey});
  CHECK(bench.param_row(kKey, "tickets") == 3);
  CHECK(bench.param_row(kKey, "months") == 5);
  CHECK(bench.params().get(prefilled + 3, bench.params().column_of("approved")) == Cell(false));
  CHECK(bench.params().last_row() == prefilled + 3);
}

TEST_CASE("formulas that are not approved, not valid, not there or complete get no rows") {
  ModelBench bench;
  bench.assistant = nullptr;
  for (const int i : {1, 2, 3, 4, 5, 6, 8, 9})
    bench.initiative("INIT-00000" + std::to_string(i));
  bench.model("INIT-000001", {{"formula_text", Cell("value = a")}});
  bench.model("INIT-000008", {});
  bench.model("INIT-000009", {{"llm_suggested_formula_text", Cell("value = a")}});
  bench.model("INIT-000002",
              {{"formula_text", Cell("x = 1\nvalue = a ** 2")}, {"approved_by_user", Cell(true)}});
  bench.model("INIT-000003",
              {{"llm_suggested_formula_text", Cell("value = a")}, {"approved_by_user", Cell(true)}});
  bench.model("INIT-000004", {{"formula_text", Cell("value = a")}, {"approved_by_user", Cell(true)}});
  bench.param("INIT-000004", "a");
  bench.model("INIT-000005", {{"formula_text", Cell("value = 5")}, {"approved_by_user", Cell(true)}});
  bench.model("INIT-000006", {{"formula_text", Cell("#REF!")}, {"approved_by_user", Cell(true)}});
  const RunResult result =
      bench.seed({"INIT-000001", "INIT-000002", "INIT-000003", "INIT-000004", "INIT-000005", "INIT-000006",
                  "INIT-000008", "INIT-000009", "INIT-000007"});
  CHECK(count_of(result, "seeded") == 0);
  CHECK(count_of(result, "skipped_unapproved") == 3);
  CHECK(count_of(result, "skipped_invalid_formula") == 1);
  CHECK(count_of(result, "skipped_no_missing") == 2);
  CHECK(result.summary.skipped == 6);
  CHECK(result.summary.failed == 3);
  CHECK(bench.status("INIT-000001") ==
        "SKIPPED: not approved; set approved_by_user once the formula is right");
  CHECK(bench.status("INIT-000008") ==
        "SKIPPED: no formula yet; write one into formula_text or use Suggest formula");
  CHECK(bench.status("INIT-000009") ==
        "SKIPPED: not approved; copy the suggestion into formula_text once it is right");
  CHECK_THAT(bench.status("INIT-000002"), Catch::StartsWith("SKIPPED: formula invalid: line 2: "));
  CHECK(bench.status("INIT-000003") == "FAILED: copy the suggestion into formula_text");
  CHECK(bench.status("INIT-000004") == "SKIPPED: all its parameters are there");
  CHECK(bench.status("INIT-000005") == "SKIPPED: the formula needs no parameters");
  CHECK_THAT(bench.status("INIT-000006"), Catch::StartsWith("FAILED: formula_text: "));
  CHECK(result.rows.back().message == "not on tab 'MathModels'");
  CHECK(bench.params().last_row() == 2);
}

TEST_CASE("a parameter whose row has an unreadable key is not added a second time") {
  SeedBench bench;
  bench.param("Loading...", "months");
  const RunResult result = bench.seed({kKey});
  CHECK(count_of(result, "seeded") == 0);
  CHECK(bench.status(kKey) ==
        "FAILED: row 2 of tab 'Params' has no readable key; run this again when it has");
  CHECK(bench.params().last_row() == 2);
}

TEST_CASE("a formula that is unapproved or changed while the assistant thinks is taken as it stands then") {
  SeedBench bench;
  bench.initiative("INIT-000002", "x");
  const int other =
      bench.model("INIT-000002", {{"formula_text", Cell("value = a")}, {"approved_by_user", Cell(true)}});
  bench.assistant = &bench.llm;
  bench.llm.meanwhile([&] {
    bench.models().set(2, bench.models().column_of("approved_by_user"), Cell(false));
    bench.models().set(other, bench.models().column_of("formula_text"), Cell("value = a + b"));
    bench.param("INIT-000002", "a", {{"value", Cell(3.0)}});
  });
  bench.llm.describes({});
  bench.llm.describes({});
  const RunResult result = bench.seed({kKey, "INIT-000002"});
  CHECK(count_of(result, "skipped_unapproved") == 1);
  CHECK(count_of(result, "seeded") == 1);
  CHECK(bench.param_row(kKey, "tickets") == 0);
  CHECK(bench.param_cell("INIT-000002", "b", "param_display") == Cell("B"));
  CHECK(bench.param_cell("INIT-000002", "a", "value") == Cell(3.0));
  CHECK(bench.params().last_row() == 3);
}

TEST_CASE("limit bounds the initiatives that get rows") {
  SeedBench bench;
  for (const char* key : {"INIT-000002", "INIT-000003"}) {
    bench.initiative(key);
    bench.model(key, {{"formula_text", Cell("value = a")}, {"approved_by_user", Cell(true)}});
  }
  ActionOptions options;
  options.limit = 2;
  const RunResult result = bench.seed({kKey, "INIT-000002", "INIT-000003"}, options);
  CHECK(count_of(result, "seeded") == 4);
  CHECK(bench.status("INIT-000003") == "SKIPPED: left out: at most 2 initiatives");
}

TEST_CASE("a dry run of seeding asks nothing, writes nothing, and lists the new cells") {
  SeedBench bench;
  bench.assistant = &bench.llm;
  ActionOptions options;
  options.dry_run = true;
  const RunResult result = bench.seed({kKey}, options);
  CHECK(bench.llm.parameter_questions.empty());
  CHECK(bench.sheets.writes == 0);
  CHECK(bench.params().last_row() == 1);
  CHECK(count_of(result, "seeded") == 3);
  CHECK(count_of(result, "llm_calls") == 0);
  int names = 0;
  for (const PlannedChange& cell : result.plan) {
    if (cell.tab != "Params") continue;
    CHECK(cell.row == 0);
    names += cell.column == "param_name" ? 1 : 0;
  }
  CHECK(names == 3);
}

TEST_CASE("a lost answer adds no parameter twice, and the count is that of the rows added") {
  for (const auto loss : {FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply}) {
    SeedBench bench;
    bench.sheets.lose_write(loss);
    const RunResult result = bench.seed({kKey});
    CHECK(count_of(result, "seeded") == 3);
    CHECK(bench.params().last_row() == 4);
    CHECK(bench.status(kKey) == "OK · 3 parameters added to Params");
  }
}

TEST_CASE("a run that is killed around its write is completed by the next, with no parameter twice") {
  for (const auto loss : {FakeSheets::Loss::kBeforeApply, FakeSheets::Loss::kAfterApply}) {
    SeedBench bench;
    bench.sheets.die_in_write(loss);
    CHECK_THROWS_AS(bench.seed({kKey}), FakeSheets::Killed);
    bench.seed({kKey});
    CHECK(bench.params().last_row() == 4);
  }
}

TEST_CASE("the outcome follows a math model that is sorted away between read and write") {
  SeedBench bench;
  bench.initiative("INIT-000002");
  bench.model("INIT-000002", {{"Status", Cell("kept")}});
  bench.sheets.before_write(
      [&] { bench.models().sort(2, bench.models().column_of("initiative_key"), true); });
  const RunResult result = bench.seed({kKey});
  CHECK(bench.status(kKey) == "OK · 3 parameters added to Params");
  CHECK(bench.status("INIT-000002") == "kept");
  CHECK(count_of(result, "rows_moved") == 1);
}

TEST_CASE("a parameter row that Google refuses fails its initiative and keeps the others") {
  SeedBench bench;
  bench.sheets.refuse("INIT-000001 months");
  const RunResult result = bench.seed({kKey});
  CHECK(count_of(result, "seeded") == 2);
  CHECK(result.summary.failed == 1);
  CHECK(result.rows[0].message == "months was not added: protected");
  CHECK(bench.param_row(kKey, "tickets") == 2);
}

TEST_CASE("rows below a refused one stand higher, and did not move") {
  SeedBench bench;
  bench.sheets.refuse("INIT-000001 tickets");
  const RunResult result = bench.seed({kKey});
  CHECK_THROWS_WITH(count_of(result, "rows_moved"), Catch::Contains("has no 'rows_moved'"));
  CHECK(bench.param_row(kKey, "months") == 3);
  CHECK(bench.params().last_row() == 3);
}

TEST_CASE("a column inserted on Params meanwhile takes nothing of the new rows") {
  SeedBench bench;
  bench.sheets.before_write([&] { bench.params().insert_column(0); });
  bench.seed({kKey});
  for (int row = 1; row <= 4; ++row)
    CHECK(is_blank(bench.params().get(row, 0)));
  CHECK(bench.cell_of("months", "param_display") == Cell("Months"));
  CHECK(bench.cell_of("months", "approved") == Cell(false));
}

TEST_CASE("seeding also answers a PM who stands on Params") {
  SeedBench bench;
  bench.param(kKey, "tickets");
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {kKey};
  request.scope.rows = {{2, kKey}};
  request.sheet_context = SheetContext{"ops", "Params"};
  const RunResult result = bench.run("flow4.seed_params", request);
  CHECK(count_of(result, "seeded") == 2);
}

TEST_CASE("a workbook that is not configured is refused") {
  SeedBench bench;
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {kKey};
  request.sheet_context = SheetContext{"elsewhere", "MathModels"};
  CHECK_THROWS_WITH(bench.run("flow4.seed_params", request), Catch::Contains("not one of the configured"));
  request.sheet_context = SheetContext{"ops", "Budget"};
  CHECK_THROWS_WITH(bench.run("flow4.seed_params", request), Catch::Contains("'MathModels'"));
}

TEST_CASE("names become words") {
  CHECK(display_name("cost_per_ticket") == "Cost per ticket");
  CHECK(display_name("_x__y_") == "X y");
  CHECK(display_name("NPS") == "NPS");
  CHECK(display_name("_") == "_");
}

}  // namespace
}  // namespace roadmap::test
