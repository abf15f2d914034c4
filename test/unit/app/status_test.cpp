// What the console shows beside runs: the gauges, and the record of a run.
#include "test/unit/app/api_world.h"

namespace roadmap::app {

TEST_CASE("the status tells queue, workers, quota, token and the tabs that are configured") {
  World world;
  world.settings.backlogs.push_back({{"book-1", "Backlog", 1, 2}, ""});
  world.settings.product_ops.spreadsheet_id = "book-2";
  IntakeTabSettings intake_tab;
  intake_tab.key = "marketing";
  intake_tab.layout = {"book-3", "Marketing_EMEA", 1, 2};
  world.settings.intakes.push_back({"emea", "book-3", {intake_tab}});
  world.status.levels.queued = 3;
  world.status.levels.max_queued = 1000;
  world.status.levels.running = 2;
  world.status.levels.worker_threads = 4;
  world.status.levels.reads_in_last_minute = 12;
  world.status.levels.reads_per_minute = 60;
  world.status.account = "robot@example.com";
  world.status.started_at = from_iso8601("2026-01-02T03:04:05Z");

  const Json before = Json::parse(world.get("/status").body);
  CHECK(before["queue"] == Json{{"queued", 3}, {"max_queued", 1000}});
  CHECK(before["workers"] == Json{{"running", 2}, {"threads", 4}});
  CHECK(before["quota"]["reads"] == Json{{"used", 12}, {"per_minute", 60}});
  CHECK(before["token"]["outcome"].is_null());
  CHECK(before["started_at"] == "2026-01-02T03:04:05.000Z");
  CHECK(before["workspace"] == false);
  CHECK(before["tabs"][0]["sheet_id"].is_null());
  std::vector<std::string> tabs;
  for (const Json& tab : before["tabs"])
    tabs.push_back(tab["workbook"].get<std::string>() + " " + tab["spreadsheet_id"].get<std::string>() + " " +
                   tab["tab"].get<std::string>());
  CHECK(tabs == std::vector<std::string>{"central_backlog book-1 Backlog",
                                         "product_ops book-2 Scoring_Inputs", "product_ops book-2 MathModels",
                                         "product_ops book-2 Params", "intake book-3 Marketing_EMEA"});

  world.status.token = Observer::TokenFetch{from_iso8601("2026-01-02T03:05:00Z"), false};
  const Json after = Json::parse(world.get("/status").body);
  CHECK(after["token"]["outcome"] == "failed");
  CHECK(after["token"]["fetched_at"] == "2026-01-02T03:05:00.000Z");
}

TEST_CASE("fields are listed with their headers and owners on each tab") {
  World world;
  const Json listed = Json::parse(world.get("/fields").body)["fields"];
  CHECK(listed.size() == all_fields().size());
  const auto named = [&](const char* name) {
    return *std::find_if(listed.begin(), listed.end(),
                         [&](const Json& field) { return field["name"] == name; });
  };
  CHECK(named("rice_reach")["columns"] ==
        Json::array({{{"tab", "Scoring_Inputs"}, {"header", "RICE: Reach"}, {"owner", "pm"}}}));
  CHECK(named("overall_score")["columns"] ==
        Json::array({{{"tab", "Backlog"}, {"header", "Overall Score"}, {"owner", "system"}},
                     {{"tab", "Scoring_Inputs"}, {"header", "Active: Overall Score"}, {"owner", "system"}}}));
  CHECK(named("llm_suggested_formula_text")["columns"][0]["owner"] == "llm");
}

TEST_CASE("runs are counted in each status, with the filters of the list") {
  World world;
  const std::string first = world.start();
  world.start(R"({"action":"flow0.intake_sync"})");
  CHECK(world.post("/actions/run/" + first + "/cancel", "").status == 200);
  const Json all = Json::parse(world.get("/actions/runs/counts").body)["counts"];
  CHECK(all == Json{{"queued", 1}, {"running", 0}, {"success", 0}, {"failed", 0}, {"cancelled", 1}});
  const Json some = Json::parse(world.get("/actions/runs/counts?action=flow0.intake_sync").body)["counts"];
  CHECK(some["queued"] == 1);
  CHECK(some["cancelled"] == 0);
  CHECK(world.get("/actions/runs/counts?limit=1").status == 400);
  const Json over_time = Json::parse(world.get("/actions/runs/counts?per=hour").body)["over_time"];
  int asked = 0;  // in one hour, or in two when the clock passes a full one
  for (const Json& period : over_time) {
    CHECK(period["from"].get<std::string>().substr(13) == ":00:00.000Z");
    for (const auto& [status, count] : period["counts"].items())
      asked += count.get<int>();
  }
  CHECK(asked == 2);
  CHECK_FALSE(Json::parse(world.get("/actions/runs/counts").body).contains("over_time"));
  CHECK(problem_of(world.get("/actions/runs/counts?per=day"))["detail"] == "'per' must be hour or minute.");
}

TEST_CASE("a run's record holds the exact request and every change with its time") {
  World world;
  const std::string body =
      R"({"action":"pm.backlog_sync","options":{"dry_run":true},"requested_by":{"ui":"curl","user_email":"a@b.c"}})";
  const std::string run_id = world.start(body);
  const auto claimed = world.ledger.claim();
  REQUIRE(claimed);
  world.ledger.set_progress(run_id, claimed->attempt, {"read", "Reading intake", 0, 2});
  REQUIRE(world.ledger.finish(run_id, claimed->attempt,
                              {RunStatus::kFailed, {}, RunError{"no_tab", "There is no tab 'X'.", ""}}));

  const Json record = Json::parse(world.get("/actions/run/" + run_id + "/record").body);
  CHECK(record["run_id"] == run_id);
  CHECK(record["idempotency_key"].is_null());
  CHECK(record["request"]["options"]["dry_run"] == true);
  CHECK(record["request"]["requested_by"]["user_email"] == "a@b.c");
  std::vector<std::string> events;
  for (const Json& event : record["events"]) {
    CHECK(event["at"].get<std::string>().back() == 'Z');
    events.push_back(event["kind"].get<std::string>() + ": " + event["detail"].get<std::string>());
  }
  CHECK(events == std::vector<std::string>{"queued: ", "running: attempt 1", "step: Reading intake",
                                           "failed: There is no tab 'X'."});
  CHECK(world.get("/actions/run/run_x/record").status == 404);
}

}  // namespace roadmap::app
