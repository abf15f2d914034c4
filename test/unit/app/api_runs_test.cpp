// Runs over HTTP: start, watch, cancel, list.
#include <thread>

#include "test/unit/app/api_world.h"

namespace roadmap::app {

TEST_CASE("a run is accepted, on disk, and found at its Location") {
  World world;
  const net::HttpResponse response = world.post("/actions/run", R"({"action":"pm.backlog_sync",
      "requested_by":{"ui":"apps_script","user_email":"pm@example.com"}})");
  CHECK(response.status == 202);
  const Json accepted = Json::parse(response.body);
  CHECK(accepted["status"] == "queued");
  CHECK(accepted["deduplicated"] == false);
  const std::string location(response.headers.get("Location").value());
  CHECK(location == "/actions/run/" + accepted["run_id"].get<std::string>());
  const Json run = Json::parse(world.get(location).body);
  CHECK(run["run_id"] == accepted["run_id"]);
  CHECK(run["action"] == "pm.backlog_sync");
  CHECK(run["status"] == "queued");
  CHECK(run["scope_summary"] == "all");
  CHECK(run["requested_by"] == Json({{"ui", "apps_script"}, {"user_email", "pm@example.com"}}));
  for (const char* name : {"started_at", "finished_at", "progress", "result", "error"})
    CHECK(run[name].is_null());
}

TEST_CASE("bodies that are no JSON, no request or no JSON type are refused each in its way") {
  World world;
  CHECK(problem_of(world.post("/actions/run", "{"))["status"] == 400);
  const Json invalid = problem_of(world.post("/actions/run", R"({"action":"nope","x":1})"));
  CHECK(invalid["status"] == 422);
  REQUIRE(invalid["errors"].size() == 2);
  CHECK(invalid["errors"][0]["pointer"] == "/x");
  CHECK(invalid["errors"][1]["pointer"] == "/action");
  CHECK(invalid["detail"].get<std::string>().find("1 more thing is wrong") != std::string::npos);
  CHECK(problem_of(world.post("/actions/run", "{}", {{"Content-Type", "text/plain"}}))["status"] == 415);
  CHECK(problem_of(world.post("/actions/run", "{}",
                              {{"Content-Type", "application/json; charset=latin1"}}))["status"] == 415);
  CHECK(world
            .post("/actions/run", R"({"action":"pm.backlog_sync"})",
                  {{"Content-Type", "Application/JSON; charset=\"UTF-8\""}})
            .status == 202);
  CHECK(world.ledger.queued_count() == 1);
}

TEST_CASE("an Idempotency-Key answers with the first run, and refuses another body") {
  World world;
  const net::Headers key = {{"Idempotency-Key", "k-1"}};
  const Json first = Json::parse(world.post("/actions/run", R"({"action":"pm.backlog_sync"})", key).body);
  const Json second = Json::parse(world.post("/actions/run", R"({"action":"pm.backlog_sync"})", key).body);
  CHECK(second["run_id"] == first["run_id"]);
  CHECK(second["deduplicated"] == true);
  const Json conflict = problem_of(world.post("/actions/run", R"({"action":"flow0.intake_sync"})", key));
  CHECK(conflict["status"] == 409);
  CHECK(problem_of(world.post("/actions/run", "{}", {{"Idempotency-Key", "two words"}}))["status"] == 400);
  CHECK(problem_of(
            world.post("/actions/run", "{}", {{"Idempotency-Key", std::string(201, 'k')}}))["status"] == 400);
}

TEST_CASE("a full queue is 429 and a draining service 503, both with Retry-After") {
  LedgerOptions options;
  options.max_queued = 1;
  World world(options);
  world.start();
  const net::HttpResponse full = world.post("/actions/run", R"({"action":"flow0.intake_sync"})");
  CHECK(problem_of(full)["status"] == 429);
  CHECK(full.headers.get("Retry-After"));
  world.ledger.begin_drain();
  const net::HttpResponse draining = world.post("/actions/run", R"({"action":"flow0.intake_sync"})");
  CHECK(problem_of(draining)["status"] == 503);
  CHECK(draining.headers.get("Retry-After"));
}

TEST_CASE("a run that is queued is cancelled, one that has ended is 409") {
  World world;
  const std::string run_id = world.start();
  const net::HttpResponse cancelled = world.post("/actions/run/" + run_id + "/cancel", "");
  CHECK(cancelled.status == 200);
  CHECK(Json::parse(cancelled.body)["status"] == "cancelled");
  CHECK(problem_of(world.post("/actions/run/" + run_id + "/cancel", ""))["status"] == 409);
  CHECK(problem_of(world.post("/actions/run/run_x/cancel", ""))["status"] == 404);
}

TEST_CASE("a wait ends when the run changes") {
  World world;
  const std::string run_id = world.start();
  net::HttpResponse answer;
  std::thread waiter([&] { answer = world.get("/actions/run/" + run_id + "?wait=50"); });
  world.connection.await_wait();
  CHECK(world.connection.waited_for() == std::chrono::seconds{50});
  const auto run = world.ledger.claim();
  REQUIRE(run);
  waiter.join();
  CHECK(Json::parse(answer.body)["status"] == "running");
}

TEST_CASE("who has missed a change is answered at once") {
  World world;
  const std::string run_id = world.start();
  const std::string tag(world.get("/actions/run/" + run_id).headers.get("ETag").value());
  REQUIRE(world.ledger.claim());
  net::HttpRequest request;
  request.method = "GET";
  request.target = "/actions/run/" + run_id + "?wait=50";
  request.headers.set("If-None-Match", tag);
  const net::HttpResponse answer = world.send(request);
  CHECK(Json::parse(answer.body)["status"] == "running");
  CHECK(world.connection.waited_for().count() == 0);
  CHECK(answer.headers.get("ETag") != tag);
}

TEST_CASE("beyond the places for waiting, and for a run that has ended, the answer is immediate") {
  World world({}, 0);
  const std::string run_id = world.start();
  CHECK(world.get("/actions/run/" + run_id + "?wait=50").status == 200);
  CHECK(world.connection.waited_for().count() == 0);

  World other;
  const std::string ended = other.start();
  other.post("/actions/run/" + ended + "/cancel", "");
  CHECK(Json::parse(other.get("/actions/run/" + ended + "?wait=50").body)["status"] == "cancelled");
  CHECK(other.connection.waited_for().count() == 0);
}

TEST_CASE("a finished run shows its result as it was stored, and lists only its summary") {
  World world;
  const std::string run_id = world.start();
  const auto run = world.ledger.claim();
  REQUIRE(run);
  RunResult result;
  result.count("appended", 2);
  result.rows = {{"INIT-000001", 2, RowStatus::kOk, ""}};
  result.summary = {1, 0, 0};
  REQUIRE(world.ledger.finish(run_id, run->attempt, {RunStatus::kSuccess, to_json(result)}));
  const Json shown = Json::parse(world.get("/actions/run/" + run_id).body);
  CHECK(shown["status"] == "success");
  CHECK(shown["result"]["raw"]["appended"] == 2);
  CHECK(shown["result"]["raw"]["rows"][0]["initiative_key"] == "INIT-000001");
  const Json page = Json::parse(world.get("/actions/runs").body);
  CHECK(page["runs"][0]["summary"] == Json({{"total", 1}, {"success", 1}, {"skipped", 0}, {"failed", 0}}));
  CHECK_FALSE(page["runs"][0].contains("result"));
}

TEST_CASE("a list tells why parts of a run failed, the commonest reason first") {
  World world;
  const auto end = [&](const RunResult& result) {
    const std::string run_id = world.start();
    const auto run = world.ledger.claim();
    REQUIRE(run);
    REQUIRE(world.ledger.finish(run_id, run->attempt, {RunStatus::kSuccess, to_json(result)}));
  };
  const auto failures = [&] { return Json::parse(world.get("/actions/runs").body)["runs"][0]["failures"]; };

  RunResult fine;
  fine.rows = {{"INIT-000001", 2, RowStatus::kOk, "not said"}};
  fine.summary = {1, 0, 0};
  end(fine);
  CHECK(failures() == Json::array());

  RunResult mixed;
  mixed.rows = {{"INIT-000001", 2, RowStatus::kFailed, "RICE: Effort must be above 0"},
                {"INIT-000002", 3, RowStatus::kSkipped, "not said"},
                {"INIT-000003", 4, RowStatus::kFailed, "no such initiative"},
                {"INIT-000004", 5, RowStatus::kFailed, "no such initiative"}};
  mixed.failed_sources = {{"book", "Sales_EMEA", "no permission"}};
  mixed.summary = {0, 1, 4};
  end(mixed);
  const Json expected = Json::array({{{"message", "no such initiative"}, {"count", 2}},
                                     {{"message", "RICE: Effort must be above 0"}, {"count", 1}},
                                     {{"message", "Sales_EMEA: no permission"}, {"count", 1}}});
  CHECK(failures() == expected);
  CHECK(failures() == expected);  // from memory

  RunResult many;
  for (int i = 0; i < 30; ++i)
    many.rows.push_back({"INIT-000001", 2 + i, RowStatus::kFailed, std::to_string(i)});
  many.summary = {0, 0, 30};
  end(many);
  CHECK(failures().size() == kMaxFailureReasons);
}

TEST_CASE("reasons are read up to a budget, the others by a later request") {
  World world;
  RunResult failed;
  failed.rows = {{"INIT-000001", 2, RowStatus::kFailed, "because"}};
  failed.summary = {0, 0, 1};
  for (int i = 0; i < 2; ++i) {
    const std::string run_id = world.start();
    REQUIRE(world.ledger.claim());
    REQUIRE(world.ledger.finish(run_id, 1, {RunStatus::kSuccess, to_json(failed)}));
  }
  const std::vector<ActionRun> listed = world.ledger.list({}, 2, "").runs;
  FailureReasons reasons(world.ledger);
  FailureReasons::Budget budget = 1;
  CHECK(reasons.of(listed[0], budget)->front().message == "because");
  CHECK(budget == 0);
  CHECK_FALSE(reasons.of(listed[1], budget));
  CHECK(reasons.of(listed[0], budget)->size() == 1);  // known already
  budget = 1;
  CHECK(reasons.of(listed[1], budget)->size() == 1);
  ActionRun gone = listed[0];
  gone.run_id = "run_of_nobody";
  CHECK(reasons.of(gone, ++budget)->empty());
  for (const char* other :
       {"", "[]", "{}", R"({"raw":[]})", R"({"raw":{"rows":{}}})", R"({"raw":{"rows":[1,"x"]}})"})
    CHECK(failure_reasons(other).empty());
}

TEST_CASE("runs are listed in pages, newest first, and by filters") {
  World world;
  std::vector<std::string> ids;
  for (const char* action : {"pm.backlog_sync", "flow0.intake_sync", "flow1.backlog_sync"})
    ids.push_back(
        world.start(std::string(R"({"action":")") + action + R"(","requested_by":{"user_email":"a@b.c"}})"));
  const Json first = Json::parse(world.get("/actions/runs?limit=2").body);
  REQUIRE(first["runs"].size() == 2);
  CHECK(first["runs"][0]["run_id"] == ids[2]);
  const Json second =
      Json::parse(world.get("/actions/runs?limit=2&cursor=" + first["next_cursor"].get<std::string>()).body);
  REQUIRE(second["runs"].size() == 1);
  CHECK(second["runs"][0]["run_id"] == ids[0]);
  CHECK(second["next_cursor"].is_null());
  CHECK(Json::parse(world.get("/actions/runs?action=flow0.intake_sync").body)["runs"].size() == 1);
  CHECK(Json::parse(world.get("/actions/runs?status=running").body)["runs"].empty());
  CHECK(Json::parse(world.get("/actions/runs?user=a@b.c").body)["runs"].size() == 3);
  CHECK(Json::parse(world.get("/actions/runs?user=@B").body)["runs"].size() == 3);
  CHECK(Json::parse(world.get("/actions/runs?user=b@a").body)["runs"].empty());
  CHECK(Json::parse(world.get("/actions/runs?since=2999-01-01T00:00:00Z").body)["runs"].empty());
}

}  // namespace roadmap::app
