#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "core/errors.h"
#include "core/store/sql.h"
#include "test/unit/ledger/open_ledger.h"

namespace roadmap {
namespace {

using test::OpenLedger;
using test::request_for;
using test::run_of;
using Kind = EnqueueResult::Kind;

TEST_CASE("an accepted run is on disk, queued, with everything that was asked for") {
  OpenLedger ledger;
  const EnqueueResult result = ledger->enqueue(run_of(request_for("INIT-000001"), "book", "key-1"));
  CHECK(result.kind == Kind::kAccepted);
  CHECK(result.status == RunStatus::kQueued);
  ledger.restart();
  const auto run = ledger->find(result.run_id);
  REQUIRE(run);
  CHECK(run->action == "pm.save_selected");
  CHECK(run->status == RunStatus::kQueued);
  CHECK(run->payload == to_canonical_json(request_for("INIT-000001")));
  CHECK(run->requested_by_email == "pm@example.com");
  CHECK(run->requested_by_ui == "apps_script");
  CHECK(run->spreadsheet_id == "book");
  CHECK(run->tab == "Backlog");
  CHECK(run->scope_type == "selection");
  CHECK(run->scope_summary == scope_summary(request_for("INIT-000001")));
  CHECK(run->idempotency_key == "key-1");
  CHECK(run->attempt == 0);
  CHECK(run->created_at == ledger.clock().now());
  CHECK_FALSE(run->started_at);
  CHECK_FALSE(run->finished_at);
  CHECK_FALSE(run->result);
  CHECK_FALSE(run->error);
  CHECK_FALSE(ledger->find("run_20260102T030405Z_00000000"));
}

TEST_CASE("run ids carry the time and differ") {
  const UtcTime now = from_iso8601("2026-01-02T03:04:05.678Z");
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    const std::string id = make_run_id(now);
    CHECK_THAT(id, Catch::Matchers::Matches("run_20260102T030405Z_[0-9a-f]{8}"));
    ids.insert(id);
  }
  CHECK(ids.size() == 100);
}

TEST_CASE("a request equal to a queued one is answered with that run") {
  OpenLedger ledger;
  const std::string first = ledger.enqueue("A");
  const EnqueueResult again = ledger->enqueue(run_of(request_for("A"), "book"));
  CHECK(again.kind == Kind::kDeduplicated);
  CHECK(again.run_id == first);
  CHECK(ledger->queued_count() == 1);

  ActionRequest colleague = request_for("A");
  colleague.requested_by.user_email = "other@example.com";
  CHECK(ledger->enqueue(run_of(colleague, "book")).kind == Kind::kAccepted);
}

TEST_CASE("a request equal to a running one is a new run: the sheet may have changed since") {
  OpenLedger ledger;
  const std::string first = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  const EnqueueResult again = ledger->enqueue(run_of(request_for("A"), "book"));
  CHECK(again.kind == Kind::kAccepted);
  CHECK(again.run_id != first);
}

TEST_CASE("equal requests are still recognised after a restart") {
  OpenLedger ledger;
  const std::string first = ledger.enqueue("A");
  ledger.restart();
  const EnqueueResult again = ledger->enqueue(run_of(request_for("A"), "book"));
  CHECK(again.kind == Kind::kDeduplicated);
  CHECK(again.run_id == first);
}

TEST_CASE("equal requests at the same moment become one run") {
  OpenLedger ledger;
  std::vector<std::thread> requesters;
  std::atomic<int> accepted{0};
  for (int i = 0; i < 16; ++i) {
    requesters.emplace_back([&] {
      if (ledger->enqueue(run_of(request_for("A"), "book")).kind == Kind::kAccepted) ++accepted;
    });
  }
  for (std::thread& requester : requesters)
    requester.join();
  CHECK(accepted == 1);
  CHECK(ledger->queued_count() == 1);
}

TEST_CASE("an Idempotency-Key answers with its first run, whatever became of it") {
  OpenLedger ledger;
  const EnqueueResult first = ledger->enqueue(run_of(request_for("A"), "book", "key"));
  const auto run = ledger->claim();
  REQUIRE(run);
  REQUIRE(ledger->finish(run->run_id, run->attempt, {RunStatus::kSuccess, "{}"}));
  const EnqueueResult again = ledger->enqueue(run_of(request_for("A"), "book", "key"));
  CHECK(again.kind == Kind::kDeduplicated);
  CHECK(again.run_id == first.run_id);
  CHECK(again.status == RunStatus::kSuccess);
}

TEST_CASE("an Idempotency-Key with another body is a conflict") {
  OpenLedger ledger;
  const EnqueueResult first = ledger->enqueue(run_of(request_for("A"), "book", "key"));
  const EnqueueResult other = ledger->enqueue(run_of(request_for("B"), "book", "key"));
  CHECK(other.kind == Kind::kKeyConflict);
  CHECK(other.run_id == first.run_id);
  CHECK(ledger->queued_count() == 1);
}

TEST_CASE("two keys make two runs of the same body") {
  OpenLedger ledger;
  ledger->enqueue(run_of(request_for("A"), "book", "one"));
  CHECK(ledger->enqueue(run_of(request_for("A"), "book", "two")).kind == Kind::kAccepted);
}

TEST_CASE("after its window an Idempotency-Key may be used again, with any body") {
  OpenLedger ledger;
  const EnqueueResult first = ledger->enqueue(run_of(request_for("A"), "book", "key"));
  ledger.clock().advance(std::chrono::hours(24) - std::chrono::milliseconds(1));
  CHECK(ledger->enqueue(run_of(request_for("A"), "book", "key")).run_id == first.run_id);
  ledger.clock().advance(std::chrono::milliseconds(1));
  const EnqueueResult second = ledger->enqueue(run_of(request_for("B"), "book", "key"));
  CHECK(second.kind == Kind::kAccepted);
  CHECK(ledger->enqueue(run_of(request_for("B"), "book", "key")).run_id == second.run_id);
  CHECK(ledger->enqueue(run_of(request_for("A"), "book", "key")).kind == Kind::kKeyConflict);
}

TEST_CASE("a full queue takes nothing until a run is started") {
  LedgerOptions options;
  options.max_queued = 2;
  OpenLedger ledger(options);
  ledger.enqueue("A");
  ledger.enqueue("B");
  CHECK(ledger->enqueue(run_of(request_for("C"), "book")).kind == Kind::kQueueFull);
  CHECK(ledger->enqueue(run_of(request_for("A"), "book")).kind == Kind::kDeduplicated);
  REQUIRE(ledger->claim());
  CHECK(ledger->enqueue(run_of(request_for("C"), "book")).kind == Kind::kAccepted);
}

TEST_CASE("a queue stays within its limit however many come at once") {
  LedgerOptions options;
  options.max_queued = 5;
  OpenLedger ledger(options);
  std::atomic<int> accepted{0};
  std::vector<std::thread> requesters;
  for (int i = 0; i < 16; ++i) {
    requesters.emplace_back([&, i] {
      if (ledger->enqueue(run_of(request_for(std::to_string(i)), "book")).kind == Kind::kAccepted) ++accepted;
    });
  }
  for (std::thread& requester : requesters)
    requester.join();
  CHECK(accepted == 5);
  CHECK(ledger->queued_count() == 5);
}

TEST_CASE("a draining ledger takes nothing") {
  OpenLedger ledger;
  ledger->begin_drain();
  CHECK(ledger->enqueue(run_of(request_for("A"), "book")).kind == Kind::kDraining);
  CHECK(ledger->queued_count() == 0);
}

TEST_CASE("an enqueue that could not be stored leaves no trace in memory") {
  LedgerOptions options;
  options.max_queued = 1;
  OpenLedger ledger(options);
  ledger.database().write([](SqlConnection& writer) {
    writer.exec("CREATE TRIGGER refuse BEFORE INSERT ON action_runs BEGIN SELECT RAISE (ABORT, 'no'); END");
  });
  CHECK_THROWS_AS(ledger->enqueue(run_of(request_for("A"), "book")), StorageError);
  ledger.database().write([](SqlConnection& writer) { writer.exec("DROP TRIGGER refuse"); });
  CHECK(ledger->queued_count() == 0);
  CHECK(ledger->enqueue(run_of(request_for("A"), "book")).kind == Kind::kAccepted);
}

}  // namespace
}  // namespace roadmap
