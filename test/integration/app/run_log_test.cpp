// The run log tab, written by a live service and by the log alone.
#include "app/serve/run_log.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <string>
#include <vector>

#include "test/integration/app/service_world.h"

namespace roadmap::app {
namespace {

constexpr const char* kOps = "ops-book";
constexpr const char* kSync =
    R"({"action":"pm.backlog_sync","requested_by":{"ui":"test","user_email":"=pm@example.com"}})";
constexpr std::chrono::seconds kLongEnough{60};

// A world whose Product Ops workbook has a run log; its first row is `header`.
class LoggedWorld : public ServiceWorld {
 public:
  explicit LoggedWorld(std::vector<std::string> header = {}) {
    sheets::emulator::WorkbookSeed seed;
    seed.id = kOps;
    seed.title = "Product Ops";
    seed.tabs.resize(1);
    seed.tabs[0].title = "Run Log";
    if (!header.empty()) seed.tabs[0].rows.emplace_back(header.begin(), header.end());
    emulator().create_workbook(seed);
    config.product_ops.spreadsheet_id = kOps;
  }
  void configure_log() { config.product_ops.run_log_tab = "Run Log"; }
  std::vector<std::vector<std::string>> lines() {
    // Seconds are numbers; as people see them they are texts.
    return values(kOps, "Run Log");
  }
};

// What a log says, line by line.
class Heard {
 public:
  Log& log() { return log_; }
  int count(const std::string& part) {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(lines_.begin(), lines_.end(), [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    }));
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
  SystemClock clock_;
  Log log_{LogLevel::kWarn, LogFormat::kText, clock_, [this](const std::string& line) {
             const std::lock_guard lock(mutex_);
             lines_.push_back(line);
           }};
};

// A run log of its own beside a service without one, which gathers until it is drained.
struct OwnLog {
  explicit OwnLog(ServiceWorld& world, std::size_t max_waiting = 1000, const std::string& tab = "Run Log")
      : log({kOps, tab, 1}, world.service().engine().sheets().client(), world.service().engine().ledger(),
            clock, heard.log(), {std::chrono::hours{1}, std::chrono::seconds{60}, max_waiting}) {}
  SystemClock clock;
  Heard heard;
  RunLog log;
};

}  // namespace

TEST_CASE("each finished run has a line, and the first writes the headers") {
  LoggedWorld world;
  world.configure_log();
  world.start();
  const std::string first = world.run(kSync)["run_id"];
  world.emulator().set_sharing(ServiceWorld::kBacklog, sheets::emulator::Sharing::kNotShared);
  const std::string second =
      world.run(R"({"action":"flow1.backlog_sync","options":{"dry_run":true}})")["run_id"];
  world.service().drain();

  const auto lines = world.lines();
  REQUIRE(lines.size() == 3);
  CHECK(lines[0][0] == "Time");
  CHECK(lines[0][8] == "Error");
  CHECK(lines[1][1] == first);
  CHECK(lines[1][2] == "pm.backlog_sync");
  CHECK(lines[1][3] == "=pm@example.com");  // a text, no formula
  CHECK(lines[1][5] == "success");
  CHECK(lines[1][6] == "2 considered, 2 done, 0 skipped, 0 failed");
  CHECK(lines[2][1] == second);
  CHECK(lines[2][4] == "all, dry run");
  CHECK(lines[2][5] == "failed");
  CHECK(lines[2][8].find("Share it with") != std::string::npos);
}

TEST_CASE("lines go below what an earlier process wrote") {
  LoggedWorld world({"Time", "Run"});
  world.configure_log();
  for (int boot = 0; boot < 2; ++boot) {
    world.start();
    world.run(kSync);
    world.service().drain();
  }
  const auto lines = world.lines();
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == std::vector<std::string>{"Time", "Run"});
  CHECK(lines[1][0] < lines[2][0]);
}

TEST_CASE("a run that is cancelled while it is queued has a line too") {
  LoggedWorld world;
  world.configure_log();
  world.config.worker.threads = 1;
  world.start();
  world.emulator_post("/_emulator/faults", R"({"method":"batchGet","times":1,"delay_ms":60000})");
  const std::string running = world.start_run(kSync);
  world.await_call("values.batchGet");  // else the log's own read would be the delayed one
  const std::string queued = world.start_run(R"({"action":"flow0.intake_sync"})");
  CHECK(world.post("/actions/run/" + queued + "/cancel", "").status == 200);
  CHECK(world.post("/actions/run/" + running + "/cancel", "").status == 200);
  world.ended(running);
  world.service().drain();
  const auto lines = world.lines();
  REQUIRE(lines.size() == 3);
  CHECK(lines[1][1] == queued);
  CHECK(lines[1][5] == "cancelled");
  CHECK(lines[2][1] == running);
}

TEST_CASE("a burst of runs costs one append") {
  LoggedWorld world;
  world.start();
  OwnLog own(world);
  for (int i = 0; i < 20; ++i)
    own.log.run_ended(world.run(R"({"action":"flow0.intake_sync"})")["run_id"]);
  world.reset_calls();
  own.log.drain(kLongEnough);
  CHECK(world.calls().value("values.append", 0) == 1);
  CHECK(world.calls().value("spreadsheets.get", 0) == 2);  // its tabs, and the header
  CHECK(world.calls().value("values.batchGet", 0) == 0);
  CHECK(world.lines().size() == 21);
  CHECK(own.heard.count("no line in the run log") == 0);
}

TEST_CASE("what cannot be written is logged with its run, and left out") {
  LoggedWorld world;
  world.start();
  const std::string run_id = world.run(kSync)["run_id"];
  OwnLog nowhere(world, 1000, "No Such Tab");
  nowhere.log.run_ended(run_id);
  nowhere.log.drain(kLongEnough);
  CHECK(nowhere.heard.count(run_id) == 1);
  CHECK(nowhere.heard.count("action=pm.backlog_sync") == 1);
  CHECK(nowhere.heard.count("No Such Tab") == 1);
  CHECK(nowhere.heard.count("example.com") == 0);

  OwnLog small(world, 1);
  small.log.run_ended(run_id);
  small.log.run_ended(run_id);
  small.log.run_ended(run_id);
  CHECK(small.heard.count(run_id) >= 1);
  small.log.drain(kLongEnough);
  small.log.run_ended(run_id);
  CHECK(world.lines().size() + static_cast<std::size_t>(small.heard.count(run_id)) == 1 + 4);
}

TEST_CASE("a line whose answer is lost is not written twice") {
  LoggedWorld world;
  world.start();
  const std::string run_id = world.run(kSync)["run_id"];
  OwnLog own(world);
  own.log.run_ended(run_id);
  world.emulator_post("/_emulator/faults",
                      R"({"method":"values.append","times":1,"after_apply":true,"status":503})");
  own.log.drain(kLongEnough);
  CHECK(world.lines().size() == 2);
  CHECK(own.heard.count("may be there or not") == 1);
}

TEST_CASE("a drain without time leaves out what waits, and does not wait for Google") {
  LoggedWorld world;
  world.start();
  const std::string run_id = world.run(kSync)["run_id"];
  world.emulator_post("/_emulator/faults", R"({"method":"values.append","times":1,"delay_ms":60000})");
  OwnLog own(world);
  own.log.run_ended(run_id);
  const auto started = std::chrono::steady_clock::now();
  own.log.drain(std::chrono::milliseconds{200});
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds{30});
  CHECK(own.heard.count(run_id) == 1);
}

TEST_CASE("no run waits for its line") {
  LoggedWorld world;
  world.configure_log();
  world.start();
  world.emulator_post("/_emulator/faults", R"({"method":"values.append","times":1,"delay_ms":60000})");
  CHECK(world.run(kSync)["status"] == "success");
  CHECK(world.run(kSync)["status"] == "success");
  world.service().hurry();
  world.service().drain();
}

}  // namespace roadmap::app
