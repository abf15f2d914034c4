#include "core/run_log/run_log_line.h"

#include <catch2/catch.hpp>
#include <string>

namespace roadmap {
namespace {

ActionRun finished_run() {
  ActionRun run;
  run.run_id = "run_20260102T030405Z_a1b2c3d4";
  run.action = "pm.backlog_sync";
  run.status = RunStatus::kSuccess;
  run.payload = R"({"action":"pm.backlog_sync"})";
  run.result = R"({"summary":{"total":12,"success":10,"skipped":1,"failed":1},"raw":{}})";
  run.requested_by_email = "pm@example.com";
  run.requested_by_ui = "apps_script";
  run.scope_summary = "all";
  run.created_at = from_iso8601("2026-01-02T03:04:00.000Z");
  run.started_at = from_iso8601("2026-01-02T03:04:05.000Z");
  run.finished_at = from_iso8601("2026-01-02T03:04:06.500Z");
  return run;
}

// The cell under that header.
Cell cell(const ActionRun& run, std::string_view header) {
  const auto line = run_log_line(run);
  const auto columns = run_log_columns();
  REQUIRE(line.size() == columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].header == header) return line[i];
  }
  FAIL("no column " << header);
  return {};
}

}  // namespace

TEST_CASE("a line tells when, what, who, how many and how long") {
  const ActionRun run = finished_run();
  CHECK(cell(run, "Time") == Cell{std::string("2026-01-02T03:04:06.500Z")});
  CHECK(cell(run, "Run") == Cell{run.run_id});
  CHECK(cell(run, "Action") == Cell{run.action});
  CHECK(cell(run, "Who") == Cell{std::string("pm@example.com")});
  CHECK(cell(run, "Scope") == Cell{std::string("all")});
  CHECK(cell(run, "Status") == Cell{std::string("success")});
  CHECK(cell(run, "Counts") == Cell{std::string("12 considered, 10 done, 1 skipped, 1 failed")});
  CHECK(cell(run, "Seconds") == Cell{1.5});
  CHECK(cell(run, "Error") == Cell{});
}

TEST_CASE("a failed run tells the PM's sentence, not the operator's detail") {
  ActionRun run = finished_run();
  run.status = RunStatus::kFailed;
  run.result.reset();
  run.error = RunError{"sheets_forbidden", "Share it.", "403"};
  CHECK(cell(run, "Error") == Cell{std::string("Share it.")});
  CHECK(cell(run, "Counts") == Cell{});
}

TEST_CASE("a run that never started has a time and no seconds") {
  ActionRun run = finished_run();
  run.status = RunStatus::kCancelled;
  run.started_at.reset();
  run.requested_by_email.clear();
  CHECK(cell(run, "Seconds") == Cell{});
  CHECK(cell(run, "Who") == Cell{std::string("apps_script")});
  run.finished_at.reset();
  CHECK(cell(run, "Time") == Cell{std::string("2026-01-02T03:04:00.000Z")});
}

}  // namespace roadmap
