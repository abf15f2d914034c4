// How many runs a second the ledger acknowledges, against what the disk allows: one row, one commit, one
// fsync at a time, measured in the same process on the same file system.
#include <atomic>
#include <chrono>
#include <cstdio>
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

constexpr std::chrono::seconds kTime{3};

double per_second(int count, steady_clock::time_point since) {
  return count / std::chrono::duration<double>(steady_clock::now() - since).count();
}

double single_commits(const std::filesystem::path& path) {
  SqlConnection connection(path.string(), SqlAccess::kCreate, std::chrono::seconds(5));
  connection.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY)");
  const auto start = steady_clock::now();
  int count = 0;
  for (; steady_clock::now() - start < kTime; ++count)
    connection.exec("INSERT INTO rows DEFAULT VALUES");
  return per_second(count, start);
}

double enqueues(const std::filesystem::path& path, int threads, int& commits) {
  DatabaseOptions options;
  options.path = path;
  options.on_commit = [&](std::chrono::microseconds) { ++commits; };
  Database database(options);
  const SystemClock clock;
  LedgerOptions limits;
  limits.max_queued = 10'000'000;
  Ledger ledger(database, clock, limits, "bench");
  std::atomic<int> count{0};
  const auto start = steady_clock::now();
  std::vector<std::thread> requesters;
  for (int t = 0; t < threads; ++t) {
    requesters.emplace_back([&, t] {
      for (int i = 0; steady_clock::now() - start < kTime; ++i) {
        ActionRequest request;
        request.action = "pm.save_selected";
        request.scope.type = ScopeType::kSelection;
        request.scope.initiative_keys = {std::to_string(t) + "-" + std::to_string(i)};
        request.sheet_context = SheetContext{"book", "Backlog"};
        ledger.enqueue(run_of_request(request, Settings{}, {}));
        ++count;
      }
    });
  }
  for (std::thread& requester : requesters)
    requester.join();
  return per_second(count, start);
}

}  // namespace

int main() {
  const test::TemporaryFolder folder;
  const double single = single_commits(folder / "single.db");
  std::printf("one row, one fsync at a time: %9.0f /s\n", single);
  for (const int threads : {1, 8, 64}) {
    int commits = 0;
    const double rate = enqueues(folder / (std::to_string(threads) + ".db"), threads, commits);
    std::printf("enqueue, %2d threads:          %9.0f /s  %5.2f x  (%d commits)\n", threads, rate,
                rate / single, commits);
  }
}
