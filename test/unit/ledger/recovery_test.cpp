#include <catch2/catch.hpp>

#include "core/errors.h"
#include "test/unit/ledger/open_ledger.h"

namespace roadmap {
namespace {

using test::OpenLedger;

TEST_CASE("a run that a killed process left running is queued again at once") {
  OpenLedger ledger;
  const std::string running = ledger.enqueue("A");
  const std::string queued = ledger.enqueue("B");
  REQUIRE(ledger->claim());
  ledger.restart();
  CHECK(ledger->running_count() == 1);
  CHECK_FALSE(ledger->claim());  // until it is recovered it holds its spreadsheet
  CHECK(ledger->recover() == 1);
  CHECK(ledger->recover() == 0);
  CHECK(ledger->queued_count() == 2);
  const auto again = ledger->claim();
  REQUIRE(again);
  CHECK(again->run_id == running);
  CHECK(again->attempt == 2);
  CHECK(again->boot_id == "boot-2");
  CHECK(ledger.status(queued) == RunStatus::kQueued);
  const auto events = ledger->events(running);
  REQUIRE(events.size() == 4);
  CHECK(events[2].kind == "queued");
  CHECK_THAT(events[2].detail, Catch::Matchers::Contains("starts again"));
}

TEST_CASE("what this boot runs is not recovered") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  CHECK(ledger->recover() == 0);
  CHECK(ledger.status(run_id) == RunStatus::kRunning);
}

TEST_CASE("the attempt of a killed process can no longer finish its run") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  ledger.restart();
  CHECK_FALSE(ledger->finish(run_id, 1, {RunStatus::kSuccess, "{}"}));
  ledger->recover();
  REQUIRE(ledger->claim());
  CHECK_FALSE(ledger->finish(run_id, 1, {RunStatus::kSuccess, "{}"}));
  CHECK(ledger->finish(run_id, 2, {RunStatus::kSuccess, "{}"}));
}

TEST_CASE("a run that crashes the process three times is given up with words") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const auto run = ledger->claim();
    REQUIRE(run);
    CHECK(run->attempt == attempt);
    ledger.restart();
    CHECK(ledger->recover() == 1);
  }
  const auto run = ledger->find(run_id);
  CHECK(run->status == RunStatus::kFailed);
  REQUIRE(run->error);
  CHECK(run->error->code == "crashed");
  CHECK_THAT(run->error->message, Catch::Matchers::EndsWith("."));
  CHECK_FALSE(ledger->claim());
  CHECK(ledger->running_count() == 0);
}

TEST_CASE("orderly stops of the service are no crashes of the runs that they put back") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  for (int stop = 1; stop <= 5; ++stop) {
    REQUIRE(ledger->claim());
    REQUIRE(ledger->put_back(run_id, stop, false, "The service was shut down."));
    ledger.restart();
  }
  for (int crash = 1; crash <= 2; ++crash) {
    REQUIRE(ledger->claim());
    ledger.restart();
    CHECK(ledger->recover() == 1);
    CHECK(ledger.status(run_id) == RunStatus::kQueued);
  }
  REQUIRE(ledger->claim());
  ledger.restart();
  CHECK(ledger->recover() == 1);
  CHECK(ledger->find(run_id)->error->detail == "3 times");
}

TEST_CASE("a run that had committed when it was to be cancelled starts again after a crash") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  REQUIRE(ledger->cancel(run_id) == CancelResult::kStopping);
  ledger->forget_cancel(run_id, 1);
  CHECK(ledger->events(run_id).back().detail == "The run had committed already.");
  ledger.restart();
  CHECK(ledger->recover() == 1);
  CHECK(ledger.status(run_id) == RunStatus::kQueued);
}

TEST_CASE("a run that was told to stop when the process died is cancelled, not started again") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  REQUIRE(ledger->cancel(run_id) == CancelResult::kStopping);
  ledger.restart();
  CHECK(ledger->recover() == 1);
  CHECK(ledger.status(run_id) == RunStatus::kCancelled);
  CHECK_FALSE(ledger->claim());
}

constexpr std::chrono::hours kYear{24 * 365};

// As a service looks that stays up.
Pruned look_for(OpenLedger& ledger, std::chrono::hours time) {
  Pruned all;
  for (std::chrono::hours passed{0}; passed < time; passed += std::chrono::hours(12)) {
    ledger.clock().advance(std::chrono::hours(12));
    const Pruned look = ledger->prune(kYear);
    all.runs += look.runs;
    all.clock_jumped = all.clock_jumped || look.clock_jumped;
  }
  return all;
}

TEST_CASE("old ended runs are pruned with their events, whatever has not ended stays") {
  OpenLedger ledger;
  const std::string open = ledger.enqueue("open", "a");
  const std::string old = ledger.enqueue("old", "b");
  ledger->cancel(old);
  CHECK_FALSE(ledger->prune(kYear).clock_jumped);
  CHECK(look_for(ledger, kYear - std::chrono::hours(24)).runs == 0);
  const std::string recent = ledger.enqueue("recent", "c");
  ledger->cancel(recent);
  const Pruned due = look_for(ledger, std::chrono::hours(48));
  CHECK(due.runs == 1);
  CHECK_FALSE(due.clock_jumped);
  CHECK(ledger->prune(kYear).runs == 0);
  CHECK_FALSE(ledger->find(old));
  CHECK(ledger->events(old).empty());
  CHECK(ledger->find(open));
  CHECK(ledger->find(recent));
  CHECK(ledger->events(recent).size() == 2);
}

TEST_CASE("a clock that jumped ahead makes no run old, while it runs or across a restart") {
  const bool restarted = GENERATE(false, true);
  OpenLedger ledger;
  const std::string run = ledger.enqueue("run", "a");
  ledger->cancel(run);
  ledger->prune(kYear);
  look_for(ledger, std::chrono::hours(24 * 10));  // believed by now

  if (restarted) ledger.restart();
  ledger.clock().advance(std::chrono::hours(24 * 800));
  CHECK(ledger->prune(kYear).clock_jumped);
  const Pruned doubted = look_for(ledger, std::chrono::hours(24 * 6));
  CHECK(doubted.runs == 0);
  CHECK_FALSE(doubted.clock_jumped);
  ledger.clock().advance(-std::chrono::hours(24 * 806));  // put right
  CHECK(ledger->prune(kYear).clock_jumped);
  CHECK(look_for(ledger, std::chrono::hours(24 * 20)).runs == 0);
  CHECK(ledger->find(run));
}

TEST_CASE("a clock that was wrong at the very first look makes no run old") {
  OpenLedger ledger;
  const std::string run = ledger.enqueue("run", "a");
  ledger->cancel(run);
  ledger.clock().advance(std::chrono::hours(24 * 800));
  CHECK(ledger->prune(kYear).runs == 0);
  CHECK(ledger->find(run));
  // A service that was really down for so long prunes after its week of doubt.
  CHECK(look_for(ledger, std::chrono::hours(24 * 8)).runs == 1);
}

}  // namespace
}  // namespace roadmap
