#include <catch2/catch.hpp>
#include <future>

#include "core/errors.h"
#include "test/unit/worker/worker_bench.h"

namespace roadmap {
namespace {

using test::Gate;
using test::WorkerBench;

constexpr std::chrono::seconds kLongGrace{3600};

TEST_CASE("a drain lets a running run finish and leaves the rest queued") {
  Gate started;
  Gate finish;
  WorkerOptions options;
  options.threads = 1;
  WorkerBench bench(
      [&](const ActionRun&, const RunControl&, RunReporter&) {
        started.open();
        finish.wait();
        return RunResult{};
      },
      options);
  const std::string running = bench.enqueue("A");
  const std::string queued = bench.enqueue("B");
  bench.pool().start();
  REQUIRE(started.wait());
  auto drained = std::async(std::launch::async, [&] { bench.pool().drain(kLongGrace); });
  while (bench.pool().problem().empty())
    std::this_thread::yield();
  finish.open();
  drained.get();
  CHECK(bench.ledger().status(running) == RunStatus::kSuccess);
  CHECK(bench.ledger().status(queued) == RunStatus::kQueued);
  CHECK_FALSE(bench.pool().problem().empty());
}

TEST_CASE("what does not finish in the grace is stopped and queued again") {
  Gate started;
  WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter&) {
    started.open();
    test::wait_for_stop(control);
    return RunResult{};
  });
  const std::string run_id = bench.enqueue("A");
  bench.pool().start();
  REQUIRE(started.wait());
  bench.pool().drain(std::chrono::seconds(0));
  const auto run = bench.ledger()->find(run_id);
  CHECK(run->status == RunStatus::kQueued);
  CHECK(run->attempt == 1);
  CHECK(bench.observer().has("finished " + run_id + " queued"));
}

TEST_CASE("a run that has committed is stopped by the end of the grace, too: it is safe to run again") {
  Gate started;
  WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter& reporter) {
    reporter.committed();
    started.open();
    test::wait_for_stop(control);
    return RunResult{};
  });
  const std::string run_id = bench.enqueue("A");
  bench.pool().start();
  REQUIRE(started.wait());
  bench.pool().drain(std::chrono::seconds(0));
  CHECK(bench.ledger().status(run_id) == RunStatus::kQueued);
}

TEST_CASE("a cancel while a drain stops the run ends it, unless it has committed") {
  for (const bool commits : {false, true}) {
    Gate started;
    Gate stopped;
    Gate cancelled;
    WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter& reporter) {
      started.open();
      try {
        test::wait_for_stop(control);
      } catch (const RunStopped&) {
        stopped.open();
        cancelled.wait();
        if (commits) reporter.committed();
        throw;
      }
      return RunResult{};
    });
    const std::string run_id = bench.enqueue("A");
    bench.pool().start();
    REQUIRE(started.wait());
    auto drained = std::async(std::launch::async, [&] { bench.pool().drain(std::chrono::seconds(0)); });
    REQUIRE(stopped.wait());
    CHECK(bench.ledger()->cancel(run_id) == CancelResult::kStopping);
    cancelled.open();
    drained.get();
    CHECK(bench.ledger().status(run_id) == (commits ? RunStatus::kQueued : RunStatus::kCancelled));
  }
}

TEST_CASE("hurry ends the grace at once") {
  Gate started;
  WorkerBench bench([&](const ActionRun&, const RunControl& control, RunReporter&) {
    started.open();
    test::wait_for_stop(control);
    return RunResult{};
  });
  const std::string run_id = bench.enqueue("A");
  bench.pool().start();
  REQUIRE(started.wait());
  auto drained = std::async(std::launch::async, [&] { bench.pool().drain(kLongGrace); });
  while (bench.pool().problem().empty())
    std::this_thread::yield();
  bench.pool().hurry();
  REQUIRE(drained.wait_for(test::kPatience) == std::future_status::ready);
  CHECK(bench.ledger().status(run_id) == RunStatus::kQueued);
}

TEST_CASE("an idle pool drains at once, also twice, also when it was never started") {
  const auto execute = [](const ActionRun&, const RunControl&, RunReporter&) { return RunResult{}; };
  WorkerBench idle(execute);
  idle.pool().start();
  idle.pool().drain(kLongGrace);
  idle.pool().drain(kLongGrace);
  WorkerBench fresh(execute);
  fresh.pool().drain(kLongGrace);
  CHECK_FALSE(fresh.pool().problem().empty());
}

}  // namespace
}  // namespace roadmap
