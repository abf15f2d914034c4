// The Product Ops jobs over sockets, on the demo's workbooks: HTTP, ledger, workers, curl, Sheets API.
#include <catch2/catch.hpp>
#include <map>

#include "app/demo/demo_workbooks.h"
#include "test/integration/app/service_world.h"

namespace roadmap::app {
namespace {

struct ProductOpsWorld : ServiceWorld {
  ProductOpsWorld() {
    create_demo_workbooks(emulator());
    configure_demo_workbooks(config);
    start();
    REQUIRE(run(R"({"action":"pm.backlog_sync"})")["status"] == "success");
    // The first call on a workbook also asks for its tabs.
    REQUIRE(click("pm.save_selected", "Params", {"INIT-000007"})["status"] == "success");
    reset_calls();
  }

  Json click(const std::string& action, const std::string& tab, const std::vector<std::string>& keys) {
    const std::string book = tab == "Backlog" ? kDemoBacklog : kDemoProductOps;
    const Json request = {{"action", action},
                          {"scope", {{"type", "selection"}, {"initiative_keys", keys}}},
                          {"sheet_context", {{"spreadsheet_id", book}, {"tab", tab}}}};
    return run(request.dump());
  }
  std::vector<std::string> keys_on(const std::string& tab) {
    std::vector<std::string> keys;
    for (const auto& row : values(kDemoProductOps, tab))
      keys.push_back(row[0]);
    keys.erase(keys.begin());
    return keys;
  }
  // The cell of a key's first row.
  std::string cell(const std::string& tab, const std::string& key, const std::string& header) {
    const std::string book = tab == "Backlog" ? kDemoBacklog : kDemoProductOps;
    const auto rows = values(book, tab);
    const auto column = std::find(rows[0].begin(), rows[0].end(), header) - rows[0].begin();
    const auto keys = std::find_if(rows[0].begin(), rows[0].end(),
                                   [](const std::string& name) {
                                     return name == "Initiative Key" || name == "initiative_key";
                                   }) -
                      rows[0].begin();
    for (const auto& row : rows) {
      if (row.size() <= static_cast<std::size_t>(keys) || row[static_cast<std::size_t>(keys)] != key)
        continue;
      return static_cast<std::size_t>(column) < row.size() ? row[static_cast<std::size_t>(column)] : "";
    }
    return "no row";
  }
  int count(const std::string& method) { return calls().value(method, 0); }
};

}  // namespace

TEST_CASE("scoring any number of rows costs one read and one write") {
  ProductOpsWorld world;
  const Json run = world.click("pm.score_selected", "Scoring_Inputs", world.keys_on("Scoring_Inputs"));
  INFO(run.dump(2));
  REQUIRE(run["status"] == "success");
  CHECK(run["result"]["raw"]["selected_count"] == 12);
  CHECK(run["result"]["raw"]["failed_count"] == 1);
  CHECK(run["result"]["raw"]["computed"] == 11);
  CHECK(world.count("values.batchGet") == 1);
  CHECK(world.count("spreadsheets.batchUpdate") == 1);
  CHECK(world.cell("Scoring_Inputs", "INIT-000001", "RICE: Overall Score") == "48,000.00");
  CHECK(world.cell("Scoring_Inputs", "INIT-000009", "Status") ==
        "FAILED: RICE: Reach: 'about 2000' is not a number");
  CHECK(world.cell("Scoring_Inputs", "INIT-000010", "Math: Warnings") ==
        "missing value: margin_per_basket, provider_fee, effort_days; not approved: uplift");

  const auto before = world.values(kDemoProductOps, "Scoring_Inputs");
  world.reset_calls();
  REQUIRE(world.click("pm.score_selected", "Scoring_Inputs",
                      world.keys_on("Scoring_Inputs"))["result"]["raw"]["written"] == 0);
  CHECK(world.count("values.batchGet") == 1);
  CHECK(world.count("spreadsheets.batchUpdate") == 0);
  CHECK(world.values(kDemoProductOps, "Scoring_Inputs") == before);
}

TEST_CASE("every score can be explained over HTTP, and is stale once its inputs are saved anew") {
  ProductOpsWorld world;
  world.click("pm.score_selected", "Scoring_Inputs", {"INIT-000001"});
  Json scores = world.get("/initiatives/INIT-000001").body["scores"];
  CHECK(scores["RICE"]["overall"] == 48000);
  CHECK(scores["RICE"]["explanation"] == "180000 × 2 × 0.8 ÷ 6 = 48000");
  CHECK(scores["RICE"]["inputs"]["rice_reach"] == 180000);
  CHECK(scores["RICE"]["stale"] == false);
  CHECK(scores["MATH_MODEL"].is_null());
  // Reach stands in column I of the demo's tab, whatever its letter: found by header.
  const auto header = world.values(kDemoProductOps, "Scoring_Inputs")[0];
  const auto column = std::find(header.begin(), header.end(), "RICE: Reach") - header.begin();
  const Json info = Json::parse(world.emulator_get(std::string("/v4/spreadsheets/") + kDemoProductOps).text);
  std::int64_t sheet_id = -1;
  for (const Json& sheet : info["sheets"]) {
    if (sheet["properties"]["title"] == "Scoring_Inputs") sheet_id = sheet["properties"]["sheetId"];
  }
  const Json typed =
      Json::array({{{"updateCells",
                     {{"start", {{"sheetId", sheet_id}, {"rowIndex", 1}, {"columnIndex", column}}},
                      {"rows", {{{"values", {{{"userEnteredValue", {{"numberValue", 90000}}}}}}}}},
                      {"fields", "userEnteredValue"}}}}});
  world.emulator().apply_as_owner(kDemoProductOps, typed.dump());
  world.click("pm.save_selected", "Scoring_Inputs", {"INIT-000001"});
  CHECK_THAT(world.cell("Scoring_Inputs", "INIT-000001", "Status"),
             Catch::Contains("score is stale, run Score"));
  CHECK(world.get("/initiatives/INIT-000001").body["scores"]["RICE"]["stale"] == true);
  world.click("pm.score_selected", "Scoring_Inputs", {"INIT-000001"});
  const Json now = world.get("/initiatives/INIT-000001").body;
  CHECK(now["scores"]["RICE"]["overall"] == 24000);
  CHECK(now["scoring_updated_source"] == "flow3.compute_all_frameworks");
  int rice_entries = 0;
  for (const Json& entry : now["history"])
    rice_entries += entry["framework"] == "RICE" ? 1 : 0;
  CHECK(rice_entries == 2);
}

TEST_CASE("saving and switching cost one read and one write on every tab") {
  ProductOpsWorld world;
  REQUIRE(world.click("pm.score_selected", "Scoring_Inputs", {"INIT-000002"})["status"] == "success");
  struct Click {
    std::string action, tab, key;
  };
  const std::vector<Click> clicks = {{"pm.save_selected", "Scoring_Inputs", "INIT-000004"},
                                     {"pm.save_selected", "MathModels", "INIT-000007"},
                                     {"pm.save_selected", "Params", "INIT-000010"},
                                     {"pm.switch_framework", "Scoring_Inputs", "INIT-000002"},
                                     {"pm.save_selected", "Backlog", "INIT-000002"}};
  for (const Click& click : clicks) {
    world.reset_calls();
    const Json run = world.click(click.action, click.tab, {click.key});
    INFO(click.action << " on " << click.tab << ": " << run.dump(2));
    CHECK(run["result"]["raw"]["saved_count"] == 1);
    CHECK(world.count("values.batchGet") == 1);
    CHECK(world.count("spreadsheets.batchUpdate") == 1);
  }
  CHECK(world.cell("Scoring_Inputs", "INIT-000002", "Active: Overall Score") == "8.20");
}

TEST_CASE("a lost answer to a write of scores is looked at before anything is sent again") {
  const std::string how = GENERATE(R"("close_connection":true)", R"("status":503)", R"("status":409)");
  const std::string when = GENERATE(R"(,"after_apply":true)", "");
  INFO(how << when);
  ProductOpsWorld world;
  world.emulator_post("/_emulator/faults", R"({"method":"batchUpdate","times":1,)" + how + when + "}");
  const Json run = world.click("pm.score_selected", "Scoring_Inputs", {"INIT-000001", "INIT-000003"});
  INFO(run.dump(2));
  REQUIRE(run["status"] == "success");
  CHECK(world.cell("Scoring_Inputs", "INIT-000001", "RICE: Overall Score") == "48,000.00");
  CHECK(world.cell("Scoring_Inputs", "INIT-000003", "RICE: Overall Score") == "19,200.00");
  CHECK(run["result"]["raw"]["written"] == 2);
}

TEST_CASE("a dry run of every action changes neither sheet nor database") {
  ProductOpsWorld world;
  const auto fingerprint = [&] {
    std::map<std::string, std::vector<std::vector<std::string>>> all;
    for (const char* tab : {"Scoring_Inputs", "MathModels", "Params"})
      all[tab] = world.values(kDemoProductOps, tab);
    all["Backlog"] = world.values(kDemoBacklog, "Backlog");
    all["Marketing_EMEA"] = world.values(kDemoIntakeEmea, "Marketing_EMEA");
    return std::pair(all, world.get("/initiatives?limit=500").body.dump());
  };
  const auto before = fingerprint();
  const Json actions = world.get("/actions").body["actions"];
  CHECK(actions.size() == 16);
  for (const Json& action : actions) {
    Json request = {{"action", action["name"]}, {"options", {{"dry_run", true}}}};
    if (action["needs_selection"] == true) {
      request["scope"] = {{"type", "selection"}, {"initiative_keys", {"INIT-000001", "INIT-000007"}}};
    }
    const Json run = world.run(request.dump());
    INFO(run.dump(2));
    CHECK(run["status"] == "success");
    CHECK(run["result"]["raw"].contains("plan"));
  }
  CHECK(world.count("spreadsheets.batchUpdate") == 0);
  CHECK(fingerprint() == before);
}

TEST_CASE("an unknown tab lists those that the job works on") {
  ProductOpsWorld world;
  const Json run = world.click("pm.switch_framework", "Params", {"INIT-000001"});
  CHECK(run["status"] == "failed");
  CHECK(run["error"]["code"] == "unknown_tab");
  const std::string message = run["error"]["message"];
  CHECK(message.find("'Params'") != std::string::npos);
  CHECK(message.find("'Scoring_Inputs'") != std::string::npos);
}

}  // namespace roadmap::app
