// How SQLite means to carry out every statement of the ledger; those of the store stand in test/unit/store.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/ledger/run_rows.h"
#include "core/store/sql.h"
#include "test/unit/ledger/open_ledger.h"
#include "test/unit/store/query_plan.h"

namespace roadmap {
namespace {

using test::begins;
using test::OpenLedger;
using test::plan_of;
using test::request_for;
using test::run_of;

constexpr std::chrono::hours kDay{24};

RunFilter everything() {
  RunFilter filter;
  filter.action = "pm.save_selected";
  filter.user = "pm";
  filter.spreadsheet_id = "book";
  filter.since = from_iso8601("2026-01-01T00:00:00Z");
  return filter;
}

void list_and_count(Ledger& ledger) {
  RunFilter open;
  open.status = RunStatus::kQueued;
  for (const RunFilter& filter : {RunFilter{}, everything(), open}) {
    const RunPage page = ledger.list(filter, 1, "");
    ledger.list(filter, 1, page.next_cursor);
    ledger.count(filter);
    ledger.count_over_time(filter, RunPeriod::kHour);
    ledger.count_over_time(filter, RunPeriod::kMinute);
  }
}

// Every function of the ledger that uses the database, in every way that makes another statement.
void do_everything(Database& database, const Clock& clock) {
  Ledger ledger(database, clock, LedgerOptions{}, "boot");
  for (const char* key : {"1", "2", "3", "4", "5"})
    ledger.enqueue(run_of(request_for(key), key));
  ledger.enqueue(run_of(request_for("1"), "1"));
  const std::string keyed = ledger.enqueue(run_of(request_for("6"), "6", "key")).run_id;
  ledger.enqueue(run_of(request_for("6"), "6", "key"));
  ledger.cancel(keyed);
  const ActionRun first = ledger.claim().value();
  ledger.set_progress(first.run_id, first.attempt, {"read", "Reading", 0, 0});
  ledger.set_progress(first.run_id, first.attempt, {"read", "Reading on", 1, 2});
  ledger.cancel(first.run_id);
  ledger.finish(first.run_id, first.attempt, {RunStatus::kSuccess, "{}"});
  const ActionRun second = ledger.claim().value();
  ledger.put_back(second.run_id, second.attempt, false, "a drain");
  ledger.claim();
  ledger.find(first.run_id);
  ledger.events(first.run_id);
  list_and_count(ledger);
  Ledger next(database, clock, LedgerOptions{}, "next boot");
  next.recover();
  next.prune(kDay);
}

TEST_CASE("no statement of the ledger reads runs or events without an index or a bound") {
  DatabaseOptions options;
  options.path = ":memory:";  // one connection sees every statement
  Database database(std::move(options));
  const test::SettableClock clock;
  do_everything(database, clock);

  int looked_at = 0;
  database.write([&](SqlConnection& connection) {
    for (const std::string& statement : connection.statements_so_far()) {
      if (statement.find("action_run") == std::string::npos) continue;
      ++looked_at;
      const bool bounded = statement.find("ORDER BY seq DESC LIMIT") != std::string::npos ||
                           statement.find("ORDER BY seq LIMIT") != std::string::npos ||
                           begins(statement, "SELECT max(seq)") || begins(statement, "SELECT min(seq)");
      for (const std::string& line : plan_of(connection, statement)) {
        INFO(statement << "\n  " << line);
        // A walk along the rows from one end, as far as its LIMIT.
        const bool walk = bounded && (line == "SCAN action_runs" || begins(line, "SCAN (subquery") ||
                                      begins(line, "SEARCH action_runs"));
        const bool open_only = line == "SCAN action_runs USING INDEX action_runs_open";  // a partial index
        CHECK((walk || open_only || !begins(line, "SCAN action_run")));
        // What is sorted is open, and few: all others come in the order of their numbers.
        const bool sorts_rows = line == "USE TEMP B-TREE FOR ORDER BY";
        CHECK((!sorts_rows || statement.find("INDEXED BY action_runs_open") != std::string::npos));
      }
    }
  });
  CHECK(looked_at >= 25);  // so that the list of statements cannot dwindle unnoticed
}

TEST_CASE("a filtered list looks at a bounded number of runs and leads on from there") {
  OpenLedger ledger;
  const std::string rare = ledger.enqueue("rare", "rare book");
  ledger->cancel(rare);
  for (int i = 0; i < 30; ++i)
    ledger->cancel(ledger.enqueue(std::to_string(i)));
  RunFilter filter;
  filter.spreadsheet_id = "rare book";
  ledger.database().read([&](SqlConnection& reader) {
    constexpr int kLookedAt = 10;
    RunsSeen seen = list_runs(reader, filter, 0, kLookedAt, 5);
    int pages = 1;
    for (; seen.runs.empty() && seen.next_seq > 0; ++pages)
      seen = list_runs(reader, filter, seen.next_seq, kLookedAt, 5);
    REQUIRE(seen.runs.size() == 1);
    CHECK(seen.runs.front().run_id == rare);
    CHECK(pages == 4);
    CHECK(seen.next_seq == 0);
  });
}

TEST_CASE("open runs are listed wherever they stand") {
  OpenLedger ledger;
  const std::string waiting = ledger.enqueue("waiting", "a");
  for (int i = 0; i < 30; ++i)
    ledger->cancel(ledger.enqueue(std::to_string(i)));
  RunFilter filter;
  filter.status = RunStatus::kQueued;
  ledger.database().read([&](SqlConnection& reader) {
    const RunsSeen seen = list_runs(reader, filter, 0, 10, 5);
    REQUIRE(seen.runs.size() == 1);
    CHECK(seen.runs.front().run_id == waiting);
    CHECK(seen.next_seq == 0);
  });
}

TEST_CASE("whatever changes a run changes the number of changes") {
  OpenLedger ledger;
  std::uint64_t before = ledger->changes();
  const auto has_changed = [&] { return std::exchange(before, ledger->changes()) != before; };
  CHECK_FALSE(has_changed());
  const std::string run_id = ledger.enqueue("1");
  CHECK(has_changed());
  const ActionRun run = ledger->claim().value();
  CHECK(has_changed());
  ledger->set_progress(run.run_id, run.attempt, {"read", "Reading", 0, 0});
  CHECK(has_changed());
  ledger->put_back(run.run_id, run.attempt, false, "a drain");
  CHECK(has_changed());
  ledger->cancel(run_id);
  CHECK(has_changed());
  ledger->find(run_id);
  ledger->list({}, 5, "");
  CHECK_FALSE(has_changed());
}

}  // namespace
}  // namespace roadmap
