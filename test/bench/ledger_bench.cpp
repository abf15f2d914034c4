// How many runs a second the ledger acknowledges, against what the disk allows: one row, one commit, one
// fsync at a time, measured in the same process on the same file system, in blocks that take turns; the
// median of their ratios is told, and the processor time of one request. Idle workers wait meanwhile. Then
// what it costs to take a run from the queue and to end it, when 100 wait and when 10,000 do.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/actions/run_of_request.h"
#include "core/ledger/ledger.h"
#include "core/store/database.h"
#include "core/store/sql.h"
#include "test/fakes/temporary_folder.h"

namespace {

using namespace roadmap;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBlock{700};
constexpr int kBlocks = 7;
constexpr int kWorkers = 4;
constexpr int kFewQueued = 100;
constexpr int kManyQueued = 10'000;
constexpr int kDrains = 3;
constexpr int kSpreadsheets = 8;

double per_second(int count, steady_clock::time_point since) {
  return count / std::chrono::duration<double>(steady_clock::now() - since).count();
}

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double single_commits(SqlConnection& connection) {
  const auto start = steady_clock::now();
  int count = 0;
  for (; steady_clock::now() - start < kBlock; ++count)
    connection.exec("INSERT INTO rows DEFAULT VALUES");
  return per_second(count, start);
}

DatabaseOptions options_of(const std::filesystem::path& path) {
  DatabaseOptions options;
  options.path = path;
  return options;
}

LedgerOptions limits() {
  LedgerOptions limits;
  limits.max_queued = 10'000'000;
  return limits;
}

NewRun run_of(int thread, int number) {
  ActionRequest request;
  request.action = "pm.save_selected";
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {std::to_string(thread) + "-" + std::to_string(number)};
  request.sheet_context = SheetContext{"book", "Backlog"};
  return run_of_request(request, Settings{}, {});
}

// Ledger with a run that holds the spreadsheet of all others, so that workers wait and nothing is claimed.
class BusyLedger {
 public:
  explicit BusyLedger(const std::filesystem::path& path)
      : database_(options_of(path)), ledger_(database_, clock_, limits(), "bench") {
    ledger_.enqueue(run_of(-1, 0));
    ledger_.claim();
    for (int i = 0; i < kWorkers; ++i)
      workers_.emplace_back([this] { ledger_.wait_for_work(); });
  }
  ~BusyLedger() {
    ledger_.stop_waiting();
    for (std::thread& worker : workers_)
      worker.join();
  }
  BusyLedger(const BusyLedger&) = delete;
  BusyLedger& operator=(const BusyLedger&) = delete;

  // Runs a second of one block, and the processor time of each.
  double enqueue_block(int threads, double& processor_each) {
    std::atomic<int> count{0};
    const double processor_before = processor_seconds();
    const auto start = steady_clock::now();
    std::vector<std::thread> requesters;
    for (int t = 0; t < threads; ++t) {
      requesters.emplace_back([&, t] {
        while (steady_clock::now() - start < kBlock) {
          ledger_.enqueue(run_of(t, next_++));
          ++count;
        }
      });
    }
    for (std::thread& requester : requesters)
      requester.join();
    const double rate = per_second(count, start);
    processor_each = (processor_seconds() - processor_before) / std::max(1, count.load());
    return rate;
  }

 private:
  const SystemClock clock_;
  Database database_;
  Ledger ledger_;
  std::atomic<int> next_{0};
  std::vector<std::thread> workers_;
};

// Enqueues that many runs on a few spreadsheets, ends them one after the other, and tells the processor time
// of one claim and one finish.
double drain(const std::filesystem::path& path, int count) {
  const SystemClock clock;
  Database database(options_of(path));
  Ledger ledger(database, clock, limits(), "bench");
  std::atomic<int> next{0};
  std::vector<std::thread> requesters;
  for (int t = 0; t < 64; ++t) {
    requesters.emplace_back([&] {
      for (int number = next++; number < count; number = next++) {
        NewRun run = run_of(0, number);
        run.held = {"book-" + std::to_string(number % kSpreadsheets)};
        ledger.enqueue(run);
      }
    });
  }
  for (std::thread& requester : requesters)
    requester.join();
  const double before = processor_seconds();
  int ended = 0;
  while (const auto run = ledger.claim()) {
    ledger.finish(run->run_id, run->attempt, {RunStatus::kSuccess, "{}"});
    ++ended;
  }
  if (ended != count) throw std::logic_error("not all runs were drained");
  return (processor_seconds() - before) / count;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  const test::TemporaryFolder folder;
  SqlConnection single((folder / "single.db").string(), SqlAccess::kReadWrite, std::chrono::seconds(5));
  single.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY)");
  for (const int threads : {1, 8, 64}) {
    BusyLedger ledger(folder / (std::to_string(threads) + ".db"));
    std::vector<double> singles;
    std::vector<double> rates;
    std::vector<double> ratios;
    std::vector<double> processor;
    for (int block = 0; block < kBlocks; ++block) {
      singles.push_back(single_commits(single));
      processor.emplace_back();
      rates.push_back(ledger.enqueue_block(threads, processor.back()));
      ratios.push_back(rates.back() / singles.back());
    }
    std::printf(
        "%2d threads: insert and fsync %8.0f /s, enqueue %8.0f /s, ratio %5.2f, processor %4.0f us each\n",
        threads, median(singles), median(rates), median(ratios), 1e6 * median(processor));
  }
  std::vector<double> few;
  std::vector<double> many;
  for (int turn = 0; turn < kDrains; ++turn) {
    const std::string name = "drain-" + std::to_string(turn);
    few.push_back(drain(folder / (name + "-few.db"), kFewQueued));
    many.push_back(drain(folder / (name + "-many.db"), kManyQueued));
  }
  std::printf("draining %d runs %4.0f us of processor each, draining %d %4.0f us each, ratio %5.2f\n",
              kFewQueued, 1e6 * median(few), kManyQueued, 1e6 * median(many), median(many) / median(few));
}
