#include <catch2/catch.hpp>

#include "core/errors.h"
#include "core/store/sql.h"
#include "test/unit/worker/worker_bench.h"

namespace roadmap {
namespace {

using test::Gate;
using test::WorkerBench;

RunResult done() {
  RunResult result;
  result.summary = {1, 0, 0};
  return result;
}

TEST_CASE("a queued run is executed and its result recorded") {
  WorkerBench bench([](const ActionRun& run, const RunControl& control, RunReporter& reporter) {
    control.check(std::chrono::steady_clock::now());
    reporter.step({"read", "Reading " + run.tab, 0, 1});
    return done();
  });
  bench.pool().start();
  CHECK(bench.pool().problem().empty());
  const std::string run_id = bench.enqueue("A");
  const ActionRun run = bench.ended(run_id);
  CHECK(run.status == RunStatus::kSuccess);
  CHECK(run.result == to_json(done()));
  REQUIRE(run.progress);
  CHECK(run.progress->label == "Reading Backlog");
  CHECK(bench.observer().wait_for("finished " + run_id + " success"));
  CHECK(bench.observer().has("started " + run_id + " 1"));
  CHECK(bench.observer().has("step " + run_id + " read"));
}

TEST_CASE("an error of a job ends its run with code, sentence and detail, and the thread goes on") {
  WorkerOptions options;
  options.threads = 1;
  WorkerBench bench(
      [](const ActionRun& run, const RunControl&, RunReporter&) -> RunResult {
        if (run.scope_summary.empty()) return done();
        throw Error("sheet_forbidden", "Share the sheet.", "403");
      },
      options);
  bench.pool().start();
  for (const char* key : {"A", "B"}) {
    const ActionRun run = bench.ended(bench.enqueue(key));
    CHECK(run.status == RunStatus::kFailed);
    REQUIRE(run.error);
    CHECK(run.error->code == "sheet_forbidden");
    CHECK(run.error->message == "Share the sheet.");
    CHECK(run.error->detail == "403");
    CHECK_FALSE(run.result);
  }
  CHECK(bench.pool().problem().empty());
}

TEST_CASE("an unexpected exception is called a bug, with the run id to look for in the log") {
  WorkerOptions options;
  options.threads = 1;
  WorkerBench bench(
      [](const ActionRun& run, const RunControl&, RunReporter&) -> RunResult {
        if (run.payload.find("\"A\"") != std::string::npos) throw std::out_of_range("slot 9");
        throw 42;  // not even an exception
      },
      options);
  bench.pool().start();
  const ActionRun first = bench.ended(bench.enqueue("A"));
  REQUIRE(first.error);
  CHECK(first.error->code == "internal");
  CHECK_THAT(first.error->message,
             Catch::Matchers::Contains("bug") && Catch::Matchers::Contains(first.run_id));
  CHECK(first.error->detail == "slot 9");
  CHECK(bench.observer().has("note " + first.run_id + " internal error: slot 9"));
  const ActionRun second = bench.ended(bench.enqueue("B"));
  CHECK(second.status == RunStatus::kFailed);
  CHECK(bench.pool().problem().empty());
}

TEST_CASE("cancel stops a run that has not committed") {
  Gate started;
  WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter&) {
    started.open();
    test::wait_for_stop(control);
    return done();
  });
  bench.pool().start();
  const std::string run_id = bench.enqueue("A");
  REQUIRE(started.wait());
  CHECK(bench.ledger()->cancel(run_id) == CancelResult::kStopping);
  const ActionRun run = bench.ended(run_id);
  CHECK(run.status == RunStatus::kCancelled);
  CHECK_FALSE(run.error);
}

TEST_CASE("cancel does not stop a run that has committed") {
  Gate committed;
  Gate cancelled;
  WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter& reporter) {
    reporter.committed();
    committed.open();
    cancelled.wait();
    control.check(std::chrono::steady_clock::now());
    return done();
  });
  bench.pool().start();
  const std::string run_id = bench.enqueue("A");
  REQUIRE(committed.wait());
  CHECK(bench.ledger()->cancel(run_id) == CancelResult::kStopping);
  CHECK(bench.ledger()->events(run_id).back().kind == "cancel_too_late");
  cancelled.open();
  CHECK(bench.ended(run_id).status == RunStatus::kSuccess);
}

TEST_CASE("a cancel that comes between the last check and the commit lets the run finish") {
  Gate checked;
  Gate cancelled;
  WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter& reporter) {
    control.check(std::chrono::steady_clock::now());
    checked.open();
    cancelled.wait();
    CHECK(control.stop.stop_requested());
    reporter.committed();
    control.check(std::chrono::steady_clock::now());
    CHECK_FALSE(control.stop.stop_requested());
    return done();
  });
  bench.pool().start();
  const std::string run_id = bench.enqueue("A");
  REQUIRE(checked.wait());
  bench.ledger()->cancel(run_id);
  cancelled.open();
  CHECK(bench.ended(run_id).status == RunStatus::kSuccess);
  const auto events = bench.ledger()->events(run_id);
  CHECK(events.at(events.size() - 2).kind == "cancel_too_late");
}

TEST_CASE("a run that has used up its time fails and says so") {
  WorkerOptions options;
  options.run_timeout = std::chrono::seconds(0);
  WorkerBench bench(
      [](const ActionRun&, const RunControl& control, RunReporter&) {
        control.check(std::chrono::steady_clock::now());
        return done();
      },
      options);
  bench.pool().start();
  const ActionRun run = bench.ended(bench.enqueue("A"));
  CHECK(run.status == RunStatus::kFailed);
  REQUIRE(run.error);
  CHECK(run.error->code == "deadline");
}

TEST_CASE("a wait is shown as the current step's label and taken away afterwards") {
  Gate waiting;
  Gate go_on;
  WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter& reporter) {
    reporter.step({"read", "Reading", 0, 2});
    control.on_wait("Waiting for Google's quota");
    waiting.open();
    go_on.wait();
    control.on_wait("");
    return done();
  });
  bench.pool().start();
  const std::string run_id = bench.enqueue("A");
  REQUIRE(waiting.wait());
  const auto run = bench.ledger()->find(run_id);
  REQUIRE(run->progress);
  CHECK(run->progress->step == "read");
  CHECK(run->progress->label == "Waiting for Google's quota");
  go_on.open();
  CHECK(bench.ended(run_id).progress->label == "Reading");
}

TEST_CASE("runs on different spreadsheets run at the same time") {
  Gate a;
  Gate b;
  WorkerBench bench([&](const ActionRun& run, const RunControl&, RunReporter&) {
    Gate& mine = run.spreadsheet_id == "a" ? a : b;
    Gate& other = run.spreadsheet_id == "a" ? b : a;
    mine.open();
    if (!other.wait()) throw std::runtime_error("the other one never ran");
    return done();
  });
  const std::string first = bench.enqueue("A", "a");
  const std::string second = bench.enqueue("B", "b");
  bench.pool().start();
  CHECK(bench.ended(first).status == RunStatus::kSuccess);
  CHECK(bench.ended(second).status == RunStatus::kSuccess);
}

TEST_CASE("a result that the ledger cannot take fails the run instead of holding its spreadsheet for ever") {
  WorkerOptions options;
  options.storage_pause = std::chrono::milliseconds(1);
  WorkerBench bench([](const ActionRun&, const RunControl&, RunReporter&) { return done(); }, options);
  bench.ledger().database().write([](SqlConnection& writer) {
    writer.exec(
        "CREATE TRIGGER refuse BEFORE UPDATE ON action_runs WHEN NEW.status = 'success' "
        "BEGIN SELECT RAISE (ABORT, 'no'); END");
  });
  bench.pool().start();
  const ActionRun run = bench.ended(bench.enqueue("A"));
  CHECK(run.status == RunStatus::kFailed);
  REQUIRE(run.error);
  CHECK(run.error->code == "storage");
  CHECK(bench.pool().problem().empty());
}

TEST_CASE("a ledger that fails for a while delays runs and loses none") {
  WorkerOptions options;
  options.threads = 1;
  options.storage_pause = std::chrono::milliseconds(1);
  WorkerBench bench([](const ActionRun&, const RunControl&, RunReporter&) { return done(); }, options);
  bench.ledger().database().write([](SqlConnection& writer) {
    writer.exec("CREATE TRIGGER refuse BEFORE UPDATE ON action_runs BEGIN SELECT RAISE (ABORT, 'no'); END");
  });
  const std::string run_id = bench.enqueue("A");
  bench.pool().start();
  REQUIRE(bench.observer().wait_for("no run can be taken"));
  bench.ledger().database().write([](SqlConnection& writer) { writer.exec("DROP TRIGGER refuse"); });
  CHECK(bench.ended(run_id).status == RunStatus::kSuccess);
}

}  // namespace
}  // namespace roadmap
