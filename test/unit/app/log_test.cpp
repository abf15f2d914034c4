#include "app/telemetry/log.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "app/telemetry/observer.h"

namespace roadmap::app {
namespace {

class FixedClock : public Clock {
 public:
  UtcTime now() const override { return from_iso8601("2026-01-02T03:04:05.678Z"); }
  std::chrono::steady_clock::time_point steady_now() const override { return steady; }
  std::chrono::steady_clock::time_point steady{};
};

struct Lines {
  FixedClock clock;
  std::vector<std::string> lines;
  Log log;

  explicit Lines(LogLevel level = LogLevel::kInfo, LogFormat format = LogFormat::kJson)
      : log(level, format, clock, [this](const std::string& line) { lines.push_back(line); }) {}
  nlohmann::json only() const {
    REQUIRE(lines.size() == 1);
    return nlohmann::json::parse(lines.front());
  }
};

}  // namespace

TEST_CASE("a JSON line holds time, level, message and fields") {
  Lines out;
  out.log.warn("disk is filling", {{"free_mb", "12"}});
  CHECK(out.only() == nlohmann::json({{"time", "2026-01-02T03:04:05.678Z"},
                                      {"level", "warn"},
                                      {"message", "disk is filling"},
                                      {"free_mb", "12"}}));
}

TEST_CASE("numbers are numbers in a JSON line, whatever their type") {
  Lines out;
  out.log.info("counted", {{"int", 3}, {"size", std::size_t{4}}, {"long", -5L}, {"text", std::string("6")}});
  const auto line = out.only();
  CHECK(line["int"] == 3);
  CHECK(line["size"] == 4);
  CHECK(line["long"] == -5);
  CHECK(line["text"] == "6");
}

TEST_CASE("a text line is one line for people, values with blanks in quotes") {
  Lines out(LogLevel::kInfo, LogFormat::kText);
  out.log.info("run finished\nwell", {{"status", "success"}, {"scope", "12 initiatives"}, {"none", ""}});
  REQUIRE(out.lines.size() == 1);
  CHECK(out.lines.front() == "03:04:05.678 info  run finished well status=success scope=\"12 initiatives\"");
}

TEST_CASE("lines below the level are not written") {
  Lines out(LogLevel::kWarn);
  out.log.debug("a");
  out.log.info("b");
  out.log.error("c");
  CHECK(out.only()["message"] == "c");
}

TEST_CASE("every line of a run's thread carries its run, and no other thread's does") {
  Lines out;
  {
    const LogRunScope scope("run_1", "pm.backlog_sync");
    out.log.info("inside");
    std::thread other([&] { out.log.info("elsewhere"); });
    other.join();
  }
  out.log.info("after");
  REQUIRE(out.lines.size() == 3);
  CHECK(nlohmann::json::parse(out.lines[0])["run_id"] == "run_1");
  CHECK(nlohmann::json::parse(out.lines[0])["action"] == "pm.backlog_sync");
  CHECK_FALSE(nlohmann::json::parse(out.lines[1]).contains("run_id"));
  CHECK_FALSE(nlohmann::json::parse(out.lines[2]).contains("run_id"));
}

TEST_CASE("e-mail addresses appear at debug level only") {
  Lines out(LogLevel::kDebug);
  out.log.info("share it with bot@x.iam.gserviceaccount.com as editor", {{"who", "pm@example.com"}});
  out.log.debug("asked by pm@example.com");
  REQUIRE(out.lines.size() == 2);
  CHECK(out.lines[0].find('@') == std::string::npos);
  CHECK(nlohmann::json::parse(out.lines[0])["message"] == "share it with <address> as editor");
  CHECK(out.lines[1].find("pm@example.com") != std::string::npos);
}

TEST_CASE("text that is no UTF-8 does not lose the line") {
  Lines out;
  out.log.info(
      "a\xff"
      "b");
  CHECK(out.only()["message"] ==
        "a\xEF\xBF\xBD"
        "b");
}

TEST_CASE("the observer tells runs to log and metrics") {
  Lines out;
  Metrics metrics("1.2.3");
  Observer observer(out.log, metrics, out.clock);
  observer.run_started("run_1", "pm.backlog_sync", 1);
  observer.step("run_1", "pm.backlog_sync", "read", std::chrono::milliseconds{0});
  observer.step("run_1", "pm.backlog_sync", "write", std::chrono::milliseconds{300});
  out.clock.steady += std::chrono::milliseconds{700};
  observer.run_finished("run_1", "pm.backlog_sync", "failed", std::chrono::milliseconds{1500}, "no tab 'X'");
  sheets::CallReport report;
  report.method = "values.batchGet";
  report.http_status = 429;
  report.failure = "quota";
  report.message = "secret cell text";
  observer.call_finished(report);
  CHECK_FALSE(observer.last_token_fetch());
  observer.token_refreshed(sheets::TokenRefresh::kIssued, std::chrono::milliseconds{20});
  REQUIRE(observer.last_token_fetch());
  CHECK(observer.last_token_fetch()->issued);
  CHECK(to_iso8601(observer.last_token_fetch()->at) == "2026-01-02T03:04:05.678Z");

  REQUIRE(out.lines.size() == 3);
  CHECK(nlohmann::json::parse(out.lines[0])["attempt"] == 1);
  CHECK(nlohmann::json::parse(out.lines[2])["status"] == 429);
  const auto finished = nlohmann::json::parse(out.lines[1]);
  CHECK(finished["ms"] == 1500);
  CHECK(finished["level"] == "error");
  CHECK(finished["run_id"] == "run_1");
  CHECK(finished["error"] == "no tab 'X'");
  CHECK(out.lines[2].find("secret cell text") == std::string::npos);

  Metrics::Levels levels;
  levels.queued = 3;
  levels.max_queued = 1000;
  levels.running = 1;
  levels.http_in_flight = 7;
  levels.reads_in_last_minute = 5;
  levels.writes_in_last_minute = 2;
  levels.writes_per_minute = 60;
  const std::string text = metrics.render(levels);
  for (const char* line :
       {"roadmapd_build_info{version=\"1.2.3\"} 1",
        "roadmapd_runs_total{action=\"pm.backlog_sync\",status=\"failed\"} 1",
        "roadmapd_step_duration_seconds_sum{action=\"pm.backlog_sync\",step=\"read\"} 0.3",
        "roadmapd_step_duration_seconds_sum{action=\"pm.backlog_sync\",step=\"write\"} 0.7",
        "roadmapd_queue_limit 1000", "roadmapd_sheets_writes_limit 60",
        "roadmapd_sheets_calls_total{method=\"values.batchGet\",status=\"429\"} 1",
        "roadmapd_token_refreshes_total{outcome=\"issued\"} 1", "roadmapd_queue_depth 3",
        "roadmapd_runs_running 1", "roadmapd_http_requests_in_flight 7",
        "roadmapd_sheets_reads_last_minute 5", "roadmapd_sheets_writes_last_minute 2"}) {
    INFO(line << "\n" << text);
    CHECK(text.find(line) != std::string::npos);
  }
}

}  // namespace roadmap::app
