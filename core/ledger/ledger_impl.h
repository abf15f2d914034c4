#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/ledger/open_runs.h"
#include "core/ledger/run_listeners.h"
#include "core/ledger/run_rows.h"

namespace roadmap {

// How often a run id is drawn again when it is taken.
inline constexpr int kMaxRunIdDraws = 3;
// How many of the oldest runs one prune looks at, and how many it deletes.
inline constexpr int kPruneScan = 2000;
inline constexpr int kPruneBatch = 500;

// The table is the truth; `open_` mirrors its open runs, told of each change in the order of the commits.
class Ledger::Impl {
 public:
  Impl(Database& database, const Clock& clock, LedgerOptions options, std::string boot_id);

  EnqueueResult enqueue(const NewRun& asked);
  std::optional<ActionRun> find(const std::string& run_id) const;
  std::vector<RunEvent> events(const std::string& run_id) const;
  RunPage list(const RunFilter& filter, int limit, const std::string& cursor) const;
  RunCounts count(const RunFilter& filter) const;
  std::map<UtcTime, RunCounts> count_over_time(const RunFilter& filter, RunPeriod period) const;
  CancelResult cancel(const std::string& run_id);

  std::optional<ActionRun> claim();
  void set_progress(const std::string& run_id, int attempt, const RunProgress& progress);
  bool finish(const std::string& run_id, int attempt, const RunEnd& end);
  bool put_back(const std::string& run_id, int attempt, const std::string& why);
  Subscription on_cancel(const std::string& run_id, const std::function<void()>& stop);

  int recover();
  int prune(std::chrono::hours keep);

  void begin_drain() { draining_ = true; }
  OpenRuns& open() { return open_; }
  RunListeners& listeners() { return listeners_; }

 private:
  // The answer to a request that needs no run of its own; runs inside the transaction.
  std::optional<EnqueueResult> answer_by_key(SqlConnection& database, RunRecord& wanted) const;
  std::optional<EnqueueResult> answer_by_equal(SqlConnection& database, const RunRecord& wanted) const;
  EnqueueResult record(SqlConnection& database, RunRecord& wanted, std::int64_t& seq);
  std::string now() const { return to_iso8601(clock_.now()); }
  void tell_ended(const std::string& run_id) const {
    if (options_.on_ended) options_.on_ended(run_id);
  }

  Database& database_;
  const Clock& clock_;
  LedgerOptions options_;
  std::string boot_id_;
  OpenRuns open_;
  RunListeners listeners_;
  RunListeners cancel_listeners_;
  std::mutex claiming_;  // one claim at a time: two would choose the same run
  std::atomic<bool> draining_{false};
};

}  // namespace roadmap
