#include <catch2/catch.hpp>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "core/errors.h"
#include "test/unit/ledger/open_ledger.h"

namespace roadmap {
namespace {

using test::OpenLedger;
using test::request_for;
using test::run_of;

std::string claimed(OpenLedger& ledger) {
  const auto run = ledger->claim();
  return run ? run->run_id : "none";
}

std::vector<std::string> kinds(OpenLedger& ledger, const std::string& run_id) {
  std::vector<std::string> names;
  for (const RunEvent& event : ledger->events(run_id))
    names.push_back(event.kind);
  return names;
}

TEST_CASE("a claimed run runs as this boot's next attempt") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  ledger.clock().advance(std::chrono::seconds(3));
  const auto run = ledger->claim();
  REQUIRE(run);
  CHECK(run->run_id == run_id);
  CHECK(run->status == RunStatus::kRunning);
  CHECK(run->attempt == 1);
  CHECK(run->boot_id == "boot-1");
  CHECK(run->started_at == ledger.clock().now());
  CHECK(run->payload == to_canonical_json(request_for("A")));
  CHECK(ledger->queued_count() == 0);
  CHECK(ledger->running_count() == 1);
  CHECK(claimed(ledger) == "none");
}

TEST_CASE("runs on one spreadsheet go in order, runs on others in parallel") {
  OpenLedger ledger;
  const std::string a1 = ledger.enqueue("1", "a");
  const std::string a2 = ledger.enqueue("2", "a");
  const std::string b1 = ledger.enqueue("3", "b");
  CHECK(claimed(ledger) == a1);
  CHECK(claimed(ledger) == b1);
  CHECK(claimed(ledger) == "none");
  REQUIRE(ledger->finish(a1, 1, {RunStatus::kSuccess, "{}"}));
  CHECK(claimed(ledger) == a2);
}

TEST_CASE("a run on several spreadsheets waits for all of them and is not overtaken on any") {
  OpenLedger ledger;
  const std::string a = ledger.enqueue("1", "a");
  const std::string both = ledger->enqueue(run_of(request_for("2"), "a", {}, {"b"})).run_id;
  const std::string b = ledger.enqueue("3", "b");
  CHECK(claimed(ledger) == a);
  CHECK(claimed(ledger) == "none");  // b would overtake the older run that wants it
  REQUIRE(ledger->finish(a, 1, {RunStatus::kSuccess, "{}"}));
  CHECK(claimed(ledger) == both);
  CHECK(claimed(ledger) == "none");
  REQUIRE(ledger->finish(both, 1, {RunStatus::kSuccess, "{}"}));
  CHECK(claimed(ledger) == b);
}

TEST_CASE("what a run holds survives a restart") {
  OpenLedger ledger;
  const std::string both = ledger->enqueue(run_of(request_for("1"), "a", {}, {"b", "a", ""})).run_id;
  ledger.enqueue("2", "b");
  ledger.restart();
  CHECK(claimed(ledger) == both);
  CHECK(claimed(ledger) == "none");
}

TEST_CASE("runs without a spreadsheet wait for nobody") {
  OpenLedger ledger;
  const std::string one = ledger.enqueue("1", "");
  const std::string two = ledger.enqueue("2", "");
  CHECK(claimed(ledger) == one);
  CHECK(claimed(ledger) == two);
}

TEST_CASE("claims at the same moment take each run once") {
  OpenLedger ledger;
  for (int i = 0; i < 12; ++i)
    ledger.enqueue(std::to_string(i), "book-" + std::to_string(i));
  std::mutex mutex;
  std::set<std::string> taken;
  int count = 0;
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] {
      while (const auto run = ledger->claim()) {
        const std::lock_guard lock(mutex);
        taken.insert(run->run_id);
        ++count;
      }
    });
  }
  for (std::thread& worker : workers)
    worker.join();
  CHECK(count == 12);
  CHECK(taken.size() == 12);
}

TEST_CASE("an enqueue wakes a waiting worker, and so does the end of a run on its spreadsheet") {
  OpenLedger ledger;
  auto first = std::async(std::launch::async, [&] {
    ledger->wait_for_work();
    return claimed(ledger);
  });
  const std::string one = ledger.enqueue("1");
  CHECK(first.get() == one);
  const std::string two = ledger.enqueue("2");
  auto second = std::async(std::launch::async, [&] {
    ledger->wait_for_work();
    return claimed(ledger);
  });
  REQUIRE(ledger->finish(one, 1, {RunStatus::kSuccess, "{}"}));
  CHECK(second.get() == two);
}

TEST_CASE("after stop_waiting nobody waits and nothing is claimed") {
  OpenLedger ledger;
  auto waiting = std::async(std::launch::async, [&] { ledger->wait_for_work(); });
  ledger->stop_waiting();
  waiting.get();
  ledger.enqueue("A");
  ledger->wait_for_work();
  CHECK(claimed(ledger) == "none");
  CHECK(ledger->queued_count() == 1);
}

TEST_CASE("a run is finished exactly once, by the attempt that runs it") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  CHECK_FALSE(ledger->finish(run_id, 0, {RunStatus::kSuccess, "{}"}));  // not running yet
  REQUIRE(ledger->claim());
  CHECK_FALSE(ledger->finish(run_id, 2, {RunStatus::kSuccess, "{}"}));  // another attempt
  CHECK(ledger->finish(
      run_id, 1,
      {RunStatus::kFailed, "{\"raw\":{}}", RunError{"sheet_forbidden", "Share the sheet.", "403"}}));
  CHECK_FALSE(ledger->finish(run_id, 1, {RunStatus::kSuccess, "{}"}));
  CHECK_FALSE(ledger->finish(run_id, 1, {RunStatus::kCancelled}));
  CHECK_FALSE(ledger->put_back(run_id, 1, false, "drain").has_value());
  const auto run = ledger->find(run_id);
  REQUIRE(run);
  CHECK(run->status == RunStatus::kFailed);
  REQUIRE(run->error);
  CHECK(run->error->code == "sheet_forbidden");
  CHECK(run->error->message == "Share the sheet.");
  CHECK(run->error->detail == "403");
  CHECK(run->result == "{\"raw\":{}}");
  CHECK(run->finished_at == ledger.clock().now());
  CHECK(ledger->running_count() == 0);
}

TEST_CASE("an error text with broken UTF-8 still ends its run") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  CHECK(ledger->finish(run_id, 1, {RunStatus::kFailed, {}, RunError{"x", "broken \xff byte", ""}}));
  CHECK_THAT(ledger->find(run_id)->error->message, Catch::Matchers::StartsWith("broken "));
}

TEST_CASE("cancelling a queued run ends it; it is never started") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  CHECK(ledger->cancel(run_id) == CancelResult::kCancelled);
  CHECK(ledger.status(run_id) == RunStatus::kCancelled);
  CHECK(claimed(ledger) == "none");
  CHECK(ledger->queued_count() == 0);
  CHECK(ledger->cancel(run_id) == CancelResult::kAlreadyEnded);
  CHECK(ledger->cancel("run_unknown") == CancelResult::kUnknownRun);
  CHECK(ledger->enqueue(run_of(request_for("A"), "book")).kind == EnqueueResult::Kind::kAccepted);
}

TEST_CASE("cancelling a running run tells its worker, before and after it has asked to be told") {
  OpenLedger ledger;
  const std::string early = ledger.enqueue("A", "a");
  const std::string late = ledger.enqueue("B", "b");
  REQUIRE(ledger->claim());
  REQUIRE(ledger->claim());
  int stops = 0;
  const auto handle = ledger->on_cancel(early, [&] { ++stops; });
  CHECK(ledger->cancel(early) == CancelResult::kStopping);
  CHECK(stops == 1);
  CHECK(ledger->cancel(late) == CancelResult::kStopping);
  CHECK(stops == 1);
  const auto late_handle = ledger->on_cancel(late, [&] { ++stops; });
  CHECK(stops == 2);
  CHECK(ledger.status(early) == RunStatus::kRunning);
  CHECK(ledger->finish(early, 1, {RunStatus::kCancelled}));
  CHECK(ledger.status(early) == RunStatus::kCancelled);
}

TEST_CASE("a destroyed handle is not called any more") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  int calls = 0;
  auto handle = ledger->subscribe(run_id, [&] { ++calls; });
  REQUIRE(ledger->claim());
  CHECK(calls == 1);
  handle.reset();
  ledger->set_progress(run_id, 1, {"read", "Reading", 0, 2});
  CHECK(calls == 1);
}

TEST_CASE("each state or step change moves the version and calls the listeners, after it can be read") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  std::vector<std::string> seen;
  const auto handle = ledger->subscribe(run_id, [&] {
    const auto run = ledger->find(run_id);
    seen.push_back(std::string(to_string(run->status)) + (run->progress ? ":" + run->progress->step : ""));
  });
  std::uint64_t version = ledger->version(run_id);
  CHECK(version > 0);
  REQUIRE(ledger->claim());
  CHECK(ledger->version(run_id) > version);
  version = ledger->version(run_id);
  ledger->set_progress(run_id, 1, {"read", "Reading", 0, 2});
  CHECK(ledger->version(run_id) > version);
  REQUIRE(ledger->finish(run_id, 1, {RunStatus::kSuccess, "{}"}));
  CHECK(ledger->version(run_id) == 0);
  CHECK(seen == std::vector<std::string>{"running", "running:read", "success:read"});
  CHECK(ledger->version("run_unknown") == 0);
}

TEST_CASE("progress is stored, and each new step is in the audit trail once") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  ledger->set_progress(run_id, 1, {"read", "Reading", 0, 2});
  ledger->set_progress(run_id, 1, {"read", "Waiting for Google's quota", 0, 2});
  ledger->set_progress(run_id, 1, {"write", "Writing", 1, 2});
  ledger->set_progress(run_id, 7, {"never", "Another attempt", 1, 2});
  const auto run = ledger->find(run_id);
  REQUIRE(run->progress);
  CHECK(run->progress->step == "write");
  CHECK(run->progress->label == "Writing");
  CHECK(run->progress->done == 1);
  CHECK(run->progress->total == 2);
  REQUIRE(ledger->finish(run_id, 1, {RunStatus::kSuccess, "{}"}));
  CHECK(kinds(ledger, run_id) == std::vector<std::string>{"queued", "running", "step", "step", "success"});
}

TEST_CASE("a run put back is queued again, first in its order, and counts its attempts") {
  OpenLedger ledger;
  const std::string first = ledger.enqueue("A");
  ledger.enqueue("B");
  REQUIRE(ledger->claim());
  ledger->set_progress(first, 1, {"read", "Reading", 0, 2});
  CHECK(ledger->put_back(first, 1, false, "The service was shut down.") == RunStatus::kQueued);
  const auto queued = ledger->find(first);
  CHECK(queued->status == RunStatus::kQueued);
  CHECK_FALSE(queued->started_at);
  CHECK_FALSE(queued->progress);
  CHECK(ledger->enqueue(run_of(request_for("A"), "book")).run_id == first);
  const auto again = ledger->claim();
  REQUIRE(again);
  CHECK(again->run_id == first);
  CHECK(again->attempt == 2);
  CHECK(ledger->events(first)[3].detail == "The service was shut down.");
}

TEST_CASE("a run that is put back though it was to be cancelled ends there") {
  std::vector<std::string> ended;
  LedgerOptions options;
  options.on_ended = [&](const std::string& run_id) { ended.push_back(run_id); };
  OpenLedger ledger(options);
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  REQUIRE(ledger->cancel(run_id) == CancelResult::kStopping);
  CHECK(ledger->put_back(run_id, 1, false, "The service was shut down.") == RunStatus::kCancelled);
  CHECK(ledger.status(run_id) == RunStatus::kCancelled);
  CHECK(ended == std::vector<std::string>{run_id});
  CHECK(ledger->queued_count() + ledger->running_count() == 0);

  const std::string committed = ledger.enqueue("B");
  REQUIRE(ledger->claim());
  REQUIRE(ledger->cancel(committed) == CancelResult::kStopping);
  CHECK(ledger->put_back(committed, 1, true, "The service was shut down.") == RunStatus::kQueued);
}

}  // namespace
}  // namespace roadmap
