// What commands print: tables, runs in words, differences of tabs.
#include <catch2/catch.hpp>
#include <string>

#include "app/client/run_report.h"
#include "app/client/table_text.h"
#include "app/commands/commands.h"
#include "app/config/suggestion.h"
#include "app/demo/tab_diff.h"
#include "core/errors.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

Cell text(const char* content) { return std::string(content); }

Settings example_settings() {
  Settings settings;
  settings.backlogs.push_back({{"backlog", "Backlog", 1, 2}, ""});
  settings.product_ops.spreadsheet_id = "ops";
  IntakeSettings intake;
  intake.spreadsheet_id = "intake";
  intake.tabs.resize(1);
  intake.tabs[0].layout.tab = "Marketing";
  settings.intakes.push_back(intake);
  return settings;
}

}  // namespace

TEST_CASE("columns of a table are aligned by characters, long cells are cut") {
  TableText table({"key", "title"});
  table.add({"Ä-1", "x"});
  table.add({"B", std::string(60, 'y'), "left out"});
  CHECK(table.text() ==
        "  key  title\n"
        "  ---  --------------------------------------------\n"
        "  Ä-1  x\n"
        "  B    " +
            std::string(43, 'y') + "…\n");
}

TEST_CASE("a slip of typing finds the name that was meant, nonsense does not") {
  CHECK(did_you_mean("serv", {"serve", "demo"}) == "; did you mean 'serve'?");
  CHECK(did_you_mean("prot", {"host", "port"}) == "; did you mean 'port'?");
  CHECK(did_you_mean("xyzzy", {"serve", "demo"}).empty());
  CHECK(did_you_mean("", {"a", "serve"}).empty());
}

TEST_CASE("a run is told with its counts and what was not done") {
  const std::string said = describe_run(
      R"({"run_id":"run_1","action":"pm.backlog_sync","status":"success","error":null,"result":{
          "summary":{"total":3,"success":1,"skipped":1,"failed":1},
          "raw":{"appended":2,"rows":[{"initiative_key":"INIT-000001","row":2,"status":"ok","message":""},
            {"initiative_key":"INIT-000002","row":3,"status":"failed","message":"unknown key"},
            {"initiative_key":"","row":9,"status":"skipped","message":"T row 9: no Title"}],
          "warnings":["two columns"],"plan":[{"tab":"Backlog","row":null,"initiative_key":"INIT-000003",
            "column":"Title","before":null,"after":"Tills"}]}}})");
  CHECK(said ==
        "pm.backlog_sync (run_1): success\n"
        "  appended 2\n"
        "  3 considered: 1 done, 1 skipped, 1 failed\n"
        "  not done:\n"
        "    - INIT-000002, row 3: unknown key\n"
        "    - T row 9: no Title\n"
        "  would change:\n"
        "    - Backlog, INIT-000003 · Title: (blank) becomes 'Tills'\n"
        "  warnings:\n"
        "    - two columns\n");
}

TEST_CASE("a failed run is told with its reason") {
  CHECK(describe_run(R"({"run_id":"r","action":"a","status":"failed","result":null,
          "error":{"code":"x","message":"Share the sheet.","detail":"403"}})") ==
        "a (r): failed\n  Share the sheet.\n  detail: 403\n");
  CHECK(status_of("no JSON").empty());
}

TEST_CASE("the list of runs tells when, how long, and why one failed") {
  ActionRun run;
  run.run_id = "run_1";
  run.action = "pm.backlog_sync";
  run.status = RunStatus::kFailed;
  run.error = RunError{"forbidden", "Share the sheet.", "403"};
  run.requested_by_email = "pm@example.com";
  run.created_at = from_iso8601("2026-01-02T03:04:05.000Z");
  run.started_at = from_iso8601("2026-01-02T03:04:06.000Z");
  run.finished_at = from_iso8601("2026-01-02T03:04:08.500Z");
  const std::string told = describe_runs({run});
  for (const char* part : {"asked for", "2026-01-02T03:04:05.000Z", "2.5 s", "failed", "Share the sheet."})
    CHECK_THAT(told, Catch::Contains(part));
  run.finished_at.reset();
  CHECK_THAT(describe_runs({run}), !Catch::Contains("2.5 s"));
}

TEST_CASE("progress reads as step, total and label") {
  CHECK(progress_of(R"({"status":"running","progress":{"step":"w","label":"Writing","done":2,"total":4}})") ==
        "[2/4] Writing");
  CHECK(progress_of(R"({"status":"queued","progress":null})") == "waiting for its turn");
}

TEST_CASE("a tab is compared by key: new rows, changed cells, people's own columns, order") {
  const TabGrid before{"Backlog",
                       {{text("Initiative Key"), text("Quarter"), text("Title")},
                        {text("K1"), text("Q1"), text("One")},
                        {text("K2"), text("Q2"), text("Two")}}};
  const TabGrid after{"Backlog",
                      {{text("Initiative Key"), text("Title"), text("Quarter")},
                       {text("K2"), text("Two!"), text("Q2")},
                       {text("K1"), text("One"), text("Q9")},
                       {text("K3"), text("Three"), Cell{}}}};
  const TabDiff diff = compare_tabs(Tab::kBacklog, before, after, RowIdentity::kKey);
  CHECK(diff.rows_before == 2);
  CHECK(diff.rows_after == 3);
  REQUIRE(diff.added.size() == 1);
  CHECK(diff.added[0].key == "K3");
  CHECK(diff.added[0].title == "Three");
  CHECK(diff.added[0].row == 4);
  REQUIRE(diff.changed.size() == 2);
  CHECK(diff.changed[0].key == "K2");
  CHECK(diff.changed[0].column == "Title");
  CHECK(to_text(diff.changed[0].after) == "Two!");
  CHECK(diff.changed[1].column == "Quarter");
  CHECK(diff.own_columns == std::vector<std::string>{"Quarter"});
  CHECK(diff.own_cells == 2);
  CHECK(diff.own_cells_kept == 1);
  CHECK_FALSE(diff.same_order);
}

TEST_CASE("a tab's name finds its spreadsheet, an unknown one the list") {
  const Settings settings = example_settings();
  CHECK(context_of_tab("scoring_inputs", settings).spreadsheet_id == "ops");
  CHECK(context_of_tab("Backlog", settings).spreadsheet_id == "backlog");
  CHECK(context_of_tab("marketing", settings).tab == "Marketing");
  CHECK_THROWS_WITH(context_of_tab("Nope", settings), Catch::Contains("Scoring_Inputs, MathModels"));
}

}  // namespace roadmap::app
