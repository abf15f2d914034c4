#include <catch2/catch.hpp>

#include "test/unit/ledger/open_ledger.h"

namespace roadmap {
namespace {

using test::OpenLedger;
using test::request_for;
using test::run_of;

std::vector<std::string> ids(const RunPage& page) {
  std::vector<std::string> found;
  for (const ActionRun& run : page.runs)
    found.push_back(run.run_id);
  return found;
}

TEST_CASE("pages show every run once, newest first, while new runs arrive") {
  OpenLedger ledger;
  std::vector<std::string> expected;
  for (int i = 0; i < 25; ++i)
    expected.insert(expected.begin(), ledger.enqueue(std::to_string(i)));
  std::vector<std::string> seen;
  std::string cursor;
  int pages = 0;
  do {
    const RunPage page = ledger->list({}, 10, cursor);
    CHECK(page.runs.size() <= 10);
    for (const std::string& id : ids(page))
      seen.push_back(id);
    cursor = page.next_cursor;
    ledger.enqueue("new-" + std::to_string(++pages));
  } while (!cursor.empty());
  CHECK(seen == expected);
  CHECK(pages == 3);
}

TEST_CASE("the last page has no cursor, also when it is full") {
  OpenLedger ledger;
  for (int i = 0; i < 4; ++i)
    ledger.enqueue(std::to_string(i));
  const RunPage first = ledger->list({}, 2, {});
  REQUIRE_FALSE(first.next_cursor.empty());
  CHECK(ledger->list({}, 2, first.next_cursor).next_cursor.empty());
  CHECK(ledger->list({}, 4, {}).next_cursor.empty());
}

TEST_CASE("each filter lets through what it names, all of them together") {
  OpenLedger ledger;
  const std::string plain = ledger.enqueue("A", "a");
  ActionRequest other = request_for("B", "pm.backlog_sync");
  other.requested_by.user_email = "other@example.com";
  ledger.clock().advance(std::chrono::hours(1));
  const std::string late = ledger->enqueue(run_of(other, "b")).run_id;
  ledger->cancel(late);
  using Ids = std::vector<std::string>;
  const auto only = [&](auto set) {
    RunFilter filter;
    set(filter);
    return ids(ledger->list(filter, 10, {}));
  };
  CHECK(only([](RunFilter& f) { f.action = "pm.backlog_sync"; }) == Ids{late});
  CHECK(only([](RunFilter& f) { f.status = RunStatus::kQueued; }) == Ids{plain});
  CHECK(only([](RunFilter& f) { f.user = "other@example.com"; }) == Ids{late});
  CHECK(only([](RunFilter& f) { f.user = "OTHER@ex"; }) == Ids{late});
  CHECK(only([](RunFilter& f) { f.user = "%"; }).empty());
  CHECK(only([](RunFilter& f) { f.spreadsheet_id = "a"; }) == Ids{plain});
  CHECK(only([&](RunFilter& f) { f.since = ledger.clock().now(); }) == Ids{late});
  CHECK(only([](RunFilter& f) {
          f.spreadsheet_id = "a";
          f.status = RunStatus::kCancelled;
        }).empty());
}

TEST_CASE("lists carry each run's summary, not its rows or its request") {
  OpenLedger ledger;
  const std::string run_id = ledger.enqueue("A");
  REQUIRE(ledger->claim());
  REQUIRE(
      ledger->finish(run_id, 1, {RunStatus::kSuccess, R"({"raw":{"rows":[1,2,3]},"summary":{"total":3}})"}));
  const RunPage page = ledger->list({}, 10, {});
  REQUIRE(page.runs.size() == 1);
  CHECK(page.runs[0].result == R"({"summary":{"total":3}})");
  CHECK(page.runs[0].payload.empty());
  CHECK(ledger->find(run_id)->result == R"({"raw":{"rows":[1,2,3]},"summary":{"total":3}})");
}

TEST_CASE("runs are counted by status, those that the filter lets through") {
  OpenLedger ledger;
  CHECK(ledger->count({}).empty());
  const std::string first = ledger.enqueue("A", "a");
  ledger.enqueue("B", "b");
  ledger.enqueue("C", "b");
  ledger->cancel(first);
  CHECK(ledger->count({}) == RunCounts{{RunStatus::kQueued, 2}, {RunStatus::kCancelled, 1}});
  RunFilter filter;
  filter.spreadsheet_id = "b";
  CHECK(ledger->count(filter) == RunCounts{{RunStatus::kQueued, 2}});
  filter.status = RunStatus::kFailed;
  CHECK(ledger->count(filter).empty());
}

TEST_CASE("runs are counted by the hour or the minute in which they were asked for") {
  OpenLedger ledger;  // its clock stands within a minute, away from both ends
  CHECK(ledger->count_over_time({}, RunPeriod::kHour).empty());
  const UtcTime begin = ledger.clock().now();
  const std::string first = ledger.enqueue("A", "a");
  ledger.enqueue("B", "b");
  ledger->cancel(first);
  ledger.clock().advance(std::chrono::hours(2));
  ledger.enqueue("C", "b");
  const UtcTime hour = std::chrono::floor<std::chrono::hours>(begin);
  const UtcTime minute = std::chrono::floor<std::chrono::minutes>(begin);
  const RunCounts early = {{RunStatus::kQueued, 1}, {RunStatus::kCancelled, 1}};
  const RunCounts late = {{RunStatus::kQueued, 1}};
  using Counts = std::map<UtcTime, RunCounts>;
  CHECK(ledger->count_over_time({}, RunPeriod::kHour) ==
        Counts{{hour, early}, {hour + std::chrono::hours(2), late}});
  CHECK(ledger->count_over_time({}, RunPeriod::kMinute) ==
        Counts{{minute, early}, {minute + std::chrono::hours(2), late}});
  RunFilter filter;
  filter.spreadsheet_id = "a";
  CHECK(ledger->count_over_time(filter, RunPeriod::kHour) == Counts{{hour, {{RunStatus::kCancelled, 1}}}});
}

TEST_CASE("a cursor that no ledger made is refused") {
  OpenLedger ledger;
  for (const char* cursor :
       {"x", "before-", "before-0", "before--1", "before-1x", "before-99999999999999999999"}) {
    CAPTURE(cursor);
    CHECK_THROWS_AS(ledger->list({}, 10, cursor), std::invalid_argument);
  }
}

}  // namespace
}  // namespace roadmap
