// The whole service over sockets: HTTP, ledger, workers, curl, and the Sheets API of an emulator.
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "core/store/sql.h"
#include "test/fakes/full_disk.h"
#include "test/integration/app/service_world.h"

namespace roadmap::app {
namespace {

constexpr const char* kIntakeSync =
    R"({"action":"pm.backlog_sync","requested_by":{"ui":"test","user_email":"pm@example.com"}})";
// Longer than anything here takes: only a cancel or a drain gets past it.
constexpr const char* kLongDelay = R"({"method":"batchGet","times":1,"delay_ms":60000})";

}  // namespace

TEST_CASE("a PM sees the latest intake, and a second run writes nothing") {
  ServiceWorld world;
  world.start();
  const Json run = world.run(kIntakeSync);
  INFO(run.dump(2));
  REQUIRE(run["status"] == "success");
  CHECK(run["attempt"] == 1);
  CHECK(run["error"].is_null());
  CHECK(run["result"]["raw"]["appended"] == 2);
  CHECK(run["result"]["summary"]["failed"] == 0);
  CHECK(run["requested_by"]["user_email"] == "pm@example.com");

  const auto backlog = world.values(ServiceWorld::kBacklog, "Backlog");
  REQUIRE(backlog.size() == 3);
  CHECK(backlog[1][0] == "INIT-000001");
  CHECK(backlog[1][1] == "Faster tills");
  CHECK(backlog[2][1] == "Gift cards");
  CHECK(world.values(ServiceWorld::kIntake, "Marketing")[2][0] == "INIT-000002");

  world.reset_calls();
  const Json again = world.run(kIntakeSync);
  CHECK(again["status"] == "success");
  CHECK(again["result"]["raw"]["appended"] == 0);
  CHECK(world.calls().value("spreadsheets.batchUpdate", 0) == 0);
  CHECK(world.values(ServiceWorld::kBacklog, "Backlog") == backlog);
}

TEST_CASE("a dry run says what would change and changes nothing") {
  ServiceWorld world;
  world.start();
  const auto before = world.values(ServiceWorld::kBacklog, "Backlog");
  const Json run = world.run(R"({"action":"pm.backlog_sync","options":{"dry_run":true}})");
  INFO(run.dump(2));
  REQUIRE(run["status"] == "success");
  CHECK_FALSE(run["result"]["raw"]["plan"].empty());
  CHECK(world.calls().value("spreadsheets.batchUpdate", 0) == 0);
  CHECK(world.values(ServiceWorld::kBacklog, "Backlog") == before);
  CHECK(world.get("/initiatives").body["initiatives"].empty());
}

TEST_CASE("what a PM saves is in the database, and seen through the API") {
  ServiceWorld world;
  world.start();
  REQUIRE(world.run(kIntakeSync)["status"] == "success");
  world.emulator().apply_as_owner(ServiceWorld::kBacklog,
                                  R"([{"updateCells":{"range":{"sheetId":0,"startRowIndex":1,"endRowIndex":2,
      "startColumnIndex":2,"endColumnIndex":3},"rows":[{"values":[{"userEnteredValue":{"stringValue":"planned"}}]}],
      "fields":"userEnteredValue"}}])");
  const Json run = world.run(R"({"action":"pm.save_selected",
      "scope":{"type":"selection","initiative_keys":["INIT-000001","INIT-000009",""]},
      "sheet_context":{"spreadsheet_id":"backlog-book","tab":"Backlog"}})");
  INFO(run.dump(2));
  REQUIRE(run["status"] == "success");
  CHECK(run["scope_summary"] == "2 initiatives");
  CHECK(run["result"]["raw"]["saved_count"] == 1);
  CHECK(run["result"]["raw"]["failed_count"] == 1);
  CHECK(run["result"]["raw"]["skipped_no_key"] == 1);
  CHECK(world.get("/initiatives/INIT-000001").body["status"] == "planned");
  CHECK(world.values(ServiceWorld::kBacklog, "Backlog")[1][5] == "OK");
}

TEST_CASE("a running job is cancelled while it waits for Google") {
  ServiceWorld world;
  world.start();
  world.emulator_post("/_emulator/faults", kLongDelay);
  const std::string run_id = world.start_run(kIntakeSync);
  world.await_call("values.batchGet");
  const Answer cancelled = world.post("/actions/run/" + run_id + "/cancel", "");
  CHECK(cancelled.status == 200);
  CHECK(world.ended(run_id)["status"] == "cancelled");
  CHECK(world.post("/actions/run/" + run_id + "/cancel", "").status == 409);
}

TEST_CASE("a spreadsheet that is not shared fails the run with what to do") {
  ServiceWorld world;
  world.start();
  world.emulator().set_sharing(ServiceWorld::kBacklog, sheets::emulator::Sharing::kNotShared);
  const Json run = world.run(R"({"action":"flow1.backlog_sync"})");
  INFO(run.dump(2));
  CHECK(run["status"] == "failed");
  CHECK(run["error"]["code"] == "sheets_forbidden");
  const std::string message = run["error"]["message"];
  CHECK(message.find("hare") != std::string::npos);
  CHECK(message.find(world.emulator().service_account()) != std::string::npos);
}

TEST_CASE("limits of a request are answered as problems") {
  ServiceWorld world;
  world.config.server.max_body_bytes = 2000;
  world.start();
  const Answer large = world.post("/actions/run", std::string(5000, ' '));
  CHECK(large.status == 413);
  CHECK(large.headers.get("Content-Type") == "application/problem+json");
  const Answer deep = world.post("/actions/run", std::string(500, '['));
  CHECK(deep.status == 400);
  CHECK(deep.body["detail"].get<std::string>().find("32 levels") != std::string::npos);
  CHECK(world.get("/actions", {{"X-ROADMAP-AI-SECRET", "wrong"}}).status == 401);
  CHECK(world.get("/healthz", {{"X-ROADMAP-AI-SECRET", "wrong"}}).status == 200);
}

TEST_CASE("readiness and metrics of a live service") {
  ServiceWorld world;
  world.start();
  const Answer ready = world.get("/readyz");
  INFO(ready.text);
  CHECK(ready.status == 200);
  REQUIRE(world.run(kIntakeSync)["status"] == "success");
  // The run is counted once it is stored, which is when its waiters are woken: the count may come a moment
  // later.
  const char* const counted = R"(roadmapd_runs_total{action="pm.backlog_sync",status="success"} 1)";
  std::string metrics;
  for (int look = 0; look < 1000 && metrics.find(counted) == std::string::npos; ++look)
    metrics = world.get("/metrics").text;
  CHECK_THAT(metrics, Catch::Contains(counted));
  CHECK(metrics.find("roadmapd_sheets_calls_total") != std::string::npos);
  CHECK(metrics.find("roadmapd_token_refreshes_total{outcome=\"issued\"} 1") != std::string::npos);
}

TEST_CASE("a ledger that takes no writes makes the service not ready") {
  ServiceWorld world;
  world.start();
  const roadmap::test::FullDisk disk;
  const Answer ready = world.get("/readyz");
  INFO(ready.text);
  CHECK(ready.status == 503);
  CHECK_THAT(ready.text, Catch::Contains("ledger") && Catch::Contains("disk"));
}

TEST_CASE("a ledger with damaged pages makes the service not ready once they were met") {
  ServiceWorld world;
  world.start();
  const std::string run_id = world.start_run(kIntakeSync);
  world.ended(run_id);
  world.stop();
  std::int64_t page = 0;
  {
    SqlConnection database(world.config.ledger.path, SqlAccess::kReadOnly, std::chrono::seconds(1));
    page = database.number("SELECT rootpage FROM sqlite_schema WHERE name = 'action_run_events'");
  }
  REQUIRE(page > 1);
  {
    constexpr int kPageBytes = 4096;
    std::fstream file(world.config.ledger.path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * kPageBytes);
    file << std::string(kPageBytes, '\xff');
  }
  world.start();
  CHECK(world.get("/actions/run/" + run_id + "/record").status == 503);
  const Answer ready = world.get("/readyz");
  INFO(ready.text);
  CHECK(ready.status == 503);
  CHECK_THAT(ready.text, Catch::Contains("damaged"));
}

TEST_CASE("what a console looks at again and again is sent again only when it has changed") {
  ServiceWorld world;
  world.start();
  world.run(kIntakeSync);
  for (const char* path : {"/actions/runs", "/actions/runs?status=success&limit=5", "/actions/runs/counts",
                           "/actions/runs/counts?per=hour", "/initiatives"}) {
    INFO(path);
    const Answer first = world.get(path);
    REQUIRE(first.status == 200);
    const std::string tag(first.headers.get("ETag").value_or(""));
    REQUIRE_FALSE(tag.empty());
    const Answer again = world.get(path, {{"If-None-Match", tag}});
    CHECK(again.status == 304);
    CHECK(again.text.empty());
    if (std::string_view(path).substr(0, 8) != "/actions") continue;
    world.run(R"({"action":"pm.backlog_sync","options":{"dry_run":true}})");
    CHECK(world.get(path, {{"If-None-Match", tag}}).status == 200);
  }
}

TEST_CASE("a secret is judged before a body is read, and a login may not be long") {
  ServiceWorld world;
  world.start();
  const std::string large(1000000, 'x');
  CHECK(world.post("/actions/run", large, {{"X-ROADMAP-AI-SECRET", "wrong"}}).status == 401);
  CHECK(world.post("/session", std::string(5000, 'x')).status == 413);
}

TEST_CASE("credentials that Google does not know make the service not ready, and say so") {
  ServiceWorld world;
  sheets::emulator::EmulatorServer other(sheets::emulator::EmulatorOptions{});
  other.start();
  // The key of another emulator, sent to this one: a signature that does not fit.
  const Json foreign = Json::parse(other.service_account_json());
  Json mixed = Json::parse(std::ifstream(world.config.sheets.service_account_file));
  mixed["private_key"] = foreign["private_key"];
  std::ofstream(world.config.sheets.service_account_file) << mixed.dump();
  world.start();
  const Answer ready = world.get("/readyz");
  CHECK(ready.status == 503);
  CHECK(ready.text.find("credentials") != std::string::npos);
  CHECK(world.run(kIntakeSync)["status"] == "failed");
}

TEST_CASE("a drain finishes the running job, refuses new ones, and keeps what is queued") {
  ServiceWorld world;
  world.config.worker.threads = 1;
  world.start();
  world.emulator_post("/_emulator/faults", kLongDelay);
  const std::string running = world.start_run(kIntakeSync);
  world.await_call("values.batchGet");
  const std::string queued = world.start_run(R"({"action":"flow0.intake_sync"})");

  std::thread draining([&] { world.service().drain(); });
  int refused = 0;
  for (int i = 0; i < 10000 && refused != 503; ++i)
    refused = world.post("/actions/run", R"({"action":"flow1.full_sync"})").status;
  CHECK(refused == 503);
  CHECK(world.get("/actions/run/" + running).body["status"] == "running");
  world.service().hurry();
  draining.join();
  world.start();  // the next process on the same ledger
  CHECK(world.ended(running)["status"] == "success");
  CHECK(world.ended(running)["attempt"] == 2);
  CHECK(world.ended(queued)["status"] == "success");
}

TEST_CASE("a second service on the same ledger is refused and says who holds it") {
  ServiceWorld world;
  world.start();
  const SystemClock clock;
  Log silent(LogLevel::kError, LogFormat::kText, clock, [](const std::string&) {});
  CHECK_THROWS_WITH(Service(world.config, silent, clock), Catch::Contains(world.service().url()));
  CHECK(world.run(kIntakeSync)["status"] == "success");
}

TEST_CASE("a host that others can reach needs a long secret") {
  ServiceWorld world;
  const SystemClock clock;
  Log silent(LogLevel::kError, LogFormat::kText, clock, [](const std::string&) {});
  world.config.server.host = "0.0.0.0";
  world.config.secret = "";
  CHECK_THROWS_WITH(Service(world.config, silent, clock), Catch::Contains("ROADMAP_AI_SECRET"));
  world.config.secret = "short";
  CHECK_THROWS_WITH(Service(world.config, silent, clock), Catch::Contains("at least 24"));
  world.config.secret = ServiceWorld::kSecret;
  world.config.previous_secret = "short";
  CHECK_THROWS_WITH(Service(world.config, silent, clock), Catch::Contains("at least 24"));
}

TEST_CASE("the chosen port stands in the port file while the service lives") {
  ServiceWorld world;
  world.config.server.port_file = (world.folder() / "port").string();
  world.start();
  std::string port;
  std::ifstream(world.config.server.port_file) >> port;
  const std::string url = world.service().url();
  CHECK(url.substr(url.rfind(':') + 1) == port);
  world.service().drain();
  CHECK_FALSE(std::filesystem::exists(world.config.server.port_file));
}

TEST_CASE("an address that is in use is an error that names it") {
  ServiceWorld first;
  first.start();
  ServiceWorld second;
  const std::string url = first.service().url();
  second.config.server.port = std::stoi(url.substr(url.rfind(':') + 1));
  CHECK_THROWS_WITH(second.start(), Catch::Contains(std::to_string(second.config.server.port)));
}

}  // namespace roadmap::app
