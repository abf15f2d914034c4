// The database itself refuses what must not happen to a run, whatever code asks for it.
#include <catch2/catch.hpp>

#include "core/errors.h"
#include "core/store/sql.h"
#include "test/unit/ledger/open_ledger.h"

namespace roadmap {
namespace {

using test::OpenLedger;

void execute(OpenLedger& ledger, const std::string& sql) {
  ledger.database().write([&](SqlConnection& writer) { writer.exec(sql); });
}

std::string refusal(OpenLedger& ledger, const std::string& sql) {
  try {
    execute(ledger, sql);
  } catch (const StorageError& error) {
    return error.detail();
  }
  return "allowed";
}

// Brings the one run of a new ledger into a state.
void reach(OpenLedger& ledger, RunStatus status) {
  const std::string run_id = ledger.enqueue("A");
  if (status == RunStatus::kQueued) return;
  if (status == RunStatus::kCancelled) {
    REQUIRE(ledger->cancel(run_id) == CancelResult::kCancelled);
    return;
  }
  REQUIRE(ledger->claim());
  if (status == RunStatus::kSuccess) REQUIRE(ledger->finish(run_id, 1, {RunStatus::kSuccess, "{}"}));
  if (status == RunStatus::kFailed)
    REQUIRE(ledger->finish(run_id, 1, {RunStatus::kFailed, {}, RunError{"c", "m", "d"}}));
}

// All that a legal change to that state sets.
std::string update_to(RunStatus status) {
  const std::string name(to_string(status));
  if (status == RunStatus::kQueued) return "UPDATE action_runs SET status = 'queued', finished_at = NULL";
  if (status == RunStatus::kRunning) {
    return "UPDATE action_runs SET status = 'running', attempt = attempt + (status = 'queued'), boot_id = "
           "'b', "
           "started_at = 't', finished_at = NULL";
  }
  return "UPDATE action_runs SET status = '" + name + "', finished_at = 't'";
}

TEST_CASE("only the legal transitions pass, even by hand") {
  using enum RunStatus;
  const auto is_legal = [](RunStatus from, RunStatus to) {
    if (from == kQueued) return to == kRunning || to == kCancelled;
    return from == kRunning;  // to a final state, to the queue, or a progress of its own
  };
  for (const RunStatus from : {kQueued, kRunning, kSuccess, kFailed, kCancelled}) {
    for (const RunStatus to : {kQueued, kRunning, kSuccess, kFailed, kCancelled}) {
      CAPTURE(to_string(from), to_string(to));
      OpenLedger ledger;
      reach(ledger, from);
      CHECK((refusal(ledger, update_to(to)) == "allowed") == is_legal(from, to));
    }
  }
}

TEST_CASE("nothing of a run changes after its end") {
  OpenLedger ledger;
  reach(ledger, RunStatus::kSuccess);
  for (const char* change : {"result = '[]'", "error = '{}'", "progress = NULL", "finished_at = 'later'",
                             "boot_id = 'x'", "cancel_requested_at = 't'"}) {
    CAPTURE(change);
    CHECK_THAT(refusal(ledger, std::string("UPDATE action_runs SET ") + change),
               Catch::Matchers::Contains("a run that has ended is never changed"));
  }
}

TEST_CASE("what was requested never changes") {
  OpenLedger ledger;
  reach(ledger, RunStatus::kRunning);
  for (const char* change : {"payload = '{}'", "action = 'x'", "run_id = 'x'", "created_at = 'x'",
                             "requested_by_email = 'x'", "spreadsheet_id = 'x'", "idempotency_key = 'x'"}) {
    CAPTURE(change);
    CHECK_THAT(refusal(ledger, std::string("UPDATE action_runs SET ") + change),
               Catch::Matchers::Contains("what was requested is never changed"));
  }
}

TEST_CASE("an attempt is counted exactly once per start") {
  OpenLedger ledger;
  reach(ledger, RunStatus::kQueued);
  CHECK(refusal(ledger,
                "UPDATE action_runs SET status = 'running', attempt = 5, boot_id = 'b', started_at = 't'") !=
        "allowed");
  CHECK(refusal(ledger, "UPDATE action_runs SET status = 'running', boot_id = 'b', started_at = 't'") !=
        "allowed");
}

TEST_CASE("a run that has not ended is not deleted, nor is a line of the audit trail") {
  OpenLedger ledger;
  reach(ledger, RunStatus::kRunning);
  CHECK(refusal(ledger, "DELETE FROM action_runs") != "allowed");
  CHECK(refusal(ledger, "DELETE FROM action_run_events") != "allowed");
  CHECK(refusal(ledger, "UPDATE action_run_events SET detail = 'x'") != "allowed");
}

TEST_CASE("a run cannot be born in another state than queued") {
  OpenLedger ledger;
  reach(ledger, RunStatus::kQueued);
  CHECK_THAT(
      refusal(
          ledger,
          "INSERT INTO action_runs (run_id, action, status, attempt, boot_id, created_at, started_at, "
          "requested_by_email, requested_by_ui, spreadsheet_id, holds, tab, scope_type, scope_summary, "
          "request_hash, payload) VALUES ('r', 'a', 'running', 1, 'b', 't', 't', '', '', '', '[]', '', '', "
          "'', '', '')"),
      Catch::Matchers::Contains("starts as queued"));
}

TEST_CASE("a result that is no JSON is refused") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  CHECK_THROWS_AS(ledger->finish(run_id, 1, {RunStatus::kSuccess, "not json"}), StorageError);
  CHECK(ledger.status(run_id) == RunStatus::kRunning);
}

}  // namespace
}  // namespace roadmap
