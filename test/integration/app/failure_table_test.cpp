// What a PM sees of each thing that can fail, through the whole service: HTTP, ledger, workers, curl, Sheets
// API.
#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX has more in it than C

#include <catch2/catch.hpp>
#include <fstream>

#include "core/store/sql.h"
#include "test/integration/app/child_process.h"
#include "test/integration/app/service_world.h"

namespace roadmap::app {
namespace {

constexpr const char* kSeeIntake = R"({"action":"pm.backlog_sync"})";

struct FailingWorld : ServiceWorld {
  void fault(const std::string& members) { emulator_post("/_emulator/faults", "{" + members + "}"); }
  int count(const std::string& method) { return calls().value(method, 0); }
  std::vector<std::vector<std::string>> backlog() { return values(kBacklog, "Backlog"); }
  Json initiatives() { return get("/initiatives").body["initiatives"]; }
  Json save(const std::vector<std::string>& keys) {
    const Json request = {{"action", "pm.save_selected"},
                          {"scope", {{"type", "selection"}, {"initiative_keys", keys}}},
                          {"sheet_context", {{"spreadsheet_id", kBacklog}, {"tab", "Backlog"}}}};
    return run(request.dump());
  }
  void type(const std::string& spreadsheet_id, int row, int column, const std::string& text) {
    const Json cell = {{"userEnteredValue", {{"stringValue", text}}}};
    const Json start = {{"sheetId", 0}, {"rowIndex", row}, {"columnIndex", column}};
    const Json request = {{"updateCells",
                           {{"start", start},
                            {"rows", Json::array({{{"values", Json::array({cell})}}})},
                            {"fields", "userEnteredValue"}}}};
    emulator().apply_as_owner(spreadsheet_id, Json::array({request}).dump());
  }
  // A second workbook like one that is there already.
  void add_workbook(const std::string& id, const std::string& tab, const std::vector<std::string>& headers,
                    const std::vector<std::string>& row = {}) {
    sheets::emulator::WorkbookSeed seed;
    seed.id = id;
    seed.title = "The book " + id;
    seed.tabs.resize(1);
    seed.tabs[0].title = tab;
    seed.tabs[0].rows = {{headers.begin(), headers.end()}, {row.begin(), row.end()}};
    emulator().create_workbook(seed);
  }
};

std::string message_of(const Json& run) { return run["error"]["message"].get<std::string>(); }

}  // namespace

TEST_CASE("failure: a bad cell fails its row with its reason, and the others go on") {
  FailingWorld world;
  world.start();
  REQUIRE(world.run(kSeeIntake)["status"] == "success");
  world.type(FailingWorld::kBacklog, 1, 1, "#REF!");
  world.type(FailingWorld::kBacklog, 2, 3, "AT");
  const Json run = world.save({"INIT-000001", "INIT-000002"});
  INFO(run.dump(2));
  CHECK(run["status"] == "success");
  CHECK(run["result"]["summary"]["failed"] == 1);
  CHECK(world.backlog()[1][5] == "FAILED: Title: the cell shows #REF!");
  CHECK(world.backlog()[2][5] == "OK");
  CHECK(world.get("/initiatives/INIT-000002").body["country"] == "AT");
}

TEST_CASE("failure: a sheet that cannot be read fails the run, named with tab and Google's words") {
  FailingWorld world;
  world.start();
  REQUIRE(world.run(kSeeIntake)["status"] == "success");
  world.type(FailingWorld::kBacklog, 1, 3, "AT");
  const auto before = world.backlog();
  world.reset_calls();
  world.fault(
      R"("method":"batchGet","spreadsheet_id":"backlog-book","status":400,"message":"Google's own words")");
  const Json run = world.save({"INIT-000001"});
  INFO(run.dump(2));
  CHECK(run["status"] == "failed");
  CHECK_THAT(message_of(run), Catch::Contains("Google's own words") && Catch::Contains("Backlog") &&
                                  Catch::Contains("backlog-book"));
  CHECK(world.count("spreadsheets.batchUpdate") == 0);
  CHECK(world.backlog() == before);
  CHECK(world.get("/initiatives/INIT-000001").body["country"] == "DE");
}

TEST_CASE("failure: of several intake tabs one that is missing is listed, and the others go on") {
  FailingWorld world;
  IntakeTabSettings gone = world.config.intakes[0].tabs[0];
  gone.key = "gone";
  gone.layout.tab = "Gone";
  world.config.intakes[0].tabs.push_back(gone);
  world.start();
  const Json run = world.run(kSeeIntake);
  INFO(run.dump(2));
  CHECK(run["status"] == "success");
  CHECK(run["result"]["summary"]["failed"] > 0);
  CHECK_THAT(run["result"]["raw"]["failed_sources"].dump(), Catch::Contains("Gone"));
  CHECK(world.backlog().size() == 3);
}

TEST_CASE("failure: where the database refuses, nothing is written to any sheet") {
  FailingWorld world;
  world.start();
  {
    SqlConnection database(world.config.ledger.path, SqlAccess::kReadWrite, std::chrono::seconds(5));
    database.exec(
        "CREATE TRIGGER refuse BEFORE INSERT ON initiatives BEGIN SELECT RAISE(ABORT, 'refused'); END");
  }
  const auto intake = world.values(FailingWorld::kIntake, "Marketing");
  const auto backlog = world.backlog();
  const Json run = world.run(kSeeIntake);
  INFO(run.dump(2));
  CHECK(run["status"] == "failed");
  CHECK(world.count("spreadsheets.batchUpdate") == 0);
  CHECK(world.values(FailingWorld::kIntake, "Marketing") == intake);
  CHECK(world.backlog() == backlog);
  CHECK(world.initiatives().empty());
  {
    SqlConnection database(world.config.ledger.path, SqlAccess::kReadWrite, std::chrono::seconds(5));
    database.exec("DROP TRIGGER refuse");
  }
  CHECK(world.run(kSeeIntake)["status"] == "success");
  CHECK(world.backlog().size() == 3);
}

TEST_CASE(
    "failure: a sheet that takes no write after the commit fails the run, and the next one completes it") {
  FailingWorld world;
  world.start();
  world.fault(
      R"("method":"batchUpdate","spreadsheet_id":"backlog-book","status":403,"message":"The caller does not have permission")");
  const Json run = world.run(kSeeIntake);
  INFO(run.dump(2));
  CHECK(run["status"] == "failed");
  CHECK_THAT(message_of(run), Catch::Contains(world.emulator().service_account()));
  CHECK(world.initiatives().size() == 2);
  CHECK(world.backlog().size() == 1);
  const Json again = world.run(kSeeIntake);
  INFO(again.dump(2));
  CHECK(again["status"] == "success");
  CHECK(again["result"]["raw"]["appended"] == 2);
  CHECK(world.backlog().size() == 3);
  CHECK(world.initiatives().size() == 2);
}

TEST_CASE("failure: a protected cell costs its row, is reported, and the rest of the write is sent again") {
  FailingWorld world;
  world.start();
  world.emulator().apply_as_owner(
      FailingWorld::kIntake,
      R"([{"addProtectedRange":{"protectedRange":{"editors":{"users":["owner@example.com"]},
      "range":{"sheetId":0,"startRowIndex":1,"endRowIndex":2,"startColumnIndex":0,"endColumnIndex":1}}}}])");
  const Json run = world.run(R"({"action":"flow0.intake_sync"})");
  INFO(run.dump(2));
  CHECK(run["status"] == "success");
  const auto intake = world.values(FailingWorld::kIntake, "Marketing");
  CHECK(intake[1][0].empty());
  CHECK(intake[2][0] == "INIT-000002");
  CHECK_THAT(run["result"]["raw"]["warnings"].dump(), Catch::Contains("protected"));
  // Both rows as one request, each as its own, and without the refused one.
  CHECK(world.count("spreadsheets.batchUpdate") == 3);
}

TEST_CASE("failure: an answer that is lost is settled before anything is sent again") {
  const std::string how = GENERATE(R"("close_connection":true)", R"("status":503)", R"("status":500)",
                                   R"("status":409)", R"("truncate_body":true)", R"("malformed_json":true)");
  INFO(how);
  FailingWorld world;
  world.start();
  world.fault(R"("method":"batchUpdate","spreadsheet_id":"backlog-book","after_apply":true,)" + how);
  const Json run = world.run(kSeeIntake);
  INFO(run.dump(2));
  CHECK(run["status"] == "success");
  CHECK(world.backlog().size() == 3);
  CHECK(world.count("spreadsheets.batchUpdate") == 2);  // intake's keys, and the backlog's rows once
  CHECK(world.run(kSeeIntake)["result"]["raw"]["appended"] == 0);
}

TEST_CASE("failure: of several backlogs one that is not shared is said, and the others go on") {
  FailingWorld world;
  world.add_workbook("closed-book", "Backlog", {"Initiative Key", "Title", "Status", "Last Run Status"});
  world.emulator().set_sharing("closed-book", sheets::emulator::Sharing::kNotShared);
  world.config.central_backlogs.push_back({{"closed-book", "Backlog", 1, 2}, "Closed"});
  world.start();
  const Json run = world.run(kSeeIntake);
  INFO(run.dump(2));
  CHECK(run["status"] == "success");
  CHECK(run["result"]["summary"]["failed"] > 0);
  CHECK_THAT(run["result"].dump(), Catch::Contains("closed-book"));
  CHECK(world.backlog().size() == 3);
}

TEST_CASE("failure: what may pass is tried again, when Google says so") {
  const std::string status = GENERATE("429", "500", "502", "503", "504", "409");
  INFO(status);
  FailingWorld world;
  world.start();
  world.fault(R"("method":"batchGet","retry_after":1,"status":)" + status);
  const Json run = world.run(kSeeIntake);
  INFO(run.dump(2));
  CHECK(run["status"] == "success");
  CHECK(world.backlog().size() == 3);
}

TEST_CASE("failure: a token that Google refuses is renewed once, then the credentials are the trouble") {
  FailingWorld world;
  world.start();
  REQUIRE(world.run(kSeeIntake)["status"] == "success");
  world.reset_calls();
  world.fault(R"("method":"batchGet","status":401)");
  CHECK(world.run(kSeeIntake)["status"] == "success");
  CHECK(world.count("token") == 1);
  world.fault(R"("method":"batchGet","status":401,"times":9)");
  const Json run = world.run(kSeeIntake);
  INFO(run.dump(2));
  CHECK(run["status"] == "failed");
  CHECK(run["error"]["code"] == "sheets_unauthorised");
  CHECK(world.count("token") == 2);
}

TEST_CASE("failure: a spreadsheet that is not there is not asked for again; an Excel file is named as such") {
  FailingWorld world;
  std::string said;
  SECTION("not there") {
    world.config.central_backlogs[0].layout.spreadsheet_id = "no-such-book";
    world.start();
    said = world.emulator().service_account();
  }
  SECTION("an Excel file") {
    world.start();
    world.fault(
        R"("method":"*","spreadsheet_id":"backlog-book","times":9,"status":400,"message":"This operation is not supported for this document")");
    said = "Excel";
  }
  const Json run = world.run(R"({"action":"flow1.backlog_sync"})");
  INFO(run.dump(2));
  CHECK(run["status"] == "failed");
  CHECK_THAT(message_of(run), Catch::Contains(said));
  CHECK(world.count("values.batchGet") + world.count("spreadsheets.get") <= 2);
}

TEST_CASE("failure: a run of a process that is killed is queued again at the next start, and applied once") {
  FailingWorld world;
  const std::filesystem::path file = world.folder() / "config.toml";
  std::ofstream(file)
      << "[server]\nport = 0\n[sheets]\nbase_url = \"" << world.config.sheets.base_url
      << "\"\nservice_account_file = \"service_account.json\"\n[ledger]\npath = \"roadmap.db\"\n"
      << "[[central_backlog]]\nspreadsheet_id = \"backlog-book\"\n"
      << "[[intake]]\nsheet_key = \"intake\"\nspreadsheet_id = \"intake-book\"\n"
      << "[[intake.tabs]]\nkey = \"marketing\"\ntab_name = \"Marketing\"\n";
  const std::string secret = std::string("ROADMAP_AI_SECRET=") + FailingWorld::kSecret;
  {
    ChildProcess service({"serve", "--config", file.string()}, {secret});
    REQUIRE_FALSE(service.read_line().empty());
    // The write of the keys is made, and the process dies before it hears of it.
    world.fault(R"("method":"batchUpdate","after_apply":true,"delay_ms":60000)");
    ChildProcess click({"run", "pm.backlog_sync", "--config", file.string()}, {secret});
    world.await_call("spreadsheets.batchUpdate");
    service.signal(SIGKILL);
    CHECK(service.wait() == 128 + SIGKILL);
    CHECK(click.wait() != 0);
  }
  world.start();
  const Json runs = world.get("/actions/runs").body["runs"];
  REQUIRE(runs.size() == 1);
  const Json run = world.ended(runs[0]["run_id"]);
  INFO(run.dump(2));
  CHECK(run["status"] == "success");
  CHECK(run["attempt"] == 2);
  CHECK(world.initiatives().size() == 2);
  CHECK(world.backlog().size() == 3);
  CHECK(world.values(FailingWorld::kIntake, "Marketing")[1][0] == "INIT-000001");
}

}  // namespace roadmap::app
