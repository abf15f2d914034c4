#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/ledger/action_run.h"
#include "core/ledger/open_runs.h"
#include "core/ledger/run_listeners.h"

namespace roadmap {

class Database;
class SqlConnection;
struct RunRecord;

struct LedgerOptions {
  int max_queued = 1000;
  int max_crashes = 3;  // of the process while it ran one and the same run: then that is given up
  std::chrono::hours idempotency_window{24};
  // Called after a run's final state is on disk, once a run, on the thread that ended it and holding no lock:
  // finished, failed, cancelled while it was queued, given up by recover(). Must not throw or block.
  std::function<void(const std::string& run_id)> on_ended = {};
};

struct EnqueueResult {
  enum class Kind : std::uint8_t {
    kAccepted,
    kDeduplicated,  // an equal request is queued, or this Idempotency-Key was seen with this body
    kKeyConflict,   // this Idempotency-Key was seen with another body
    kQueueFull,
    kDraining,
  };
  Kind kind = Kind::kAccepted;
  std::string run_id;  // with kAccepted, kDeduplicated and kKeyConflict
  RunStatus status = RunStatus::kQueued;
};

struct RunFilter {
  std::optional<std::string> action;
  std::optional<RunStatus> status;
  std::optional<std::string> user;  // part of the e-mail address, ignoring case (ASCII)
  std::optional<std::string> spreadsheet_id;
  std::optional<UtcTime> since;  // created then or later
};

struct RunPage {
  std::vector<ActionRun> runs;  // newest first; without payload, and of each result only {"summary": …}
  std::string next_cursor;      // opaque; empty: no more. A page may be short, even empty, and have one
};

enum class CancelResult : std::uint8_t {
  kUnknownRun,
  kCancelled,  // it was queued
  kStopping,   // it is running and was told to stop; a run that has committed finishes all the same
  kAlreadyEnded,
};

struct Pruned {
  int runs = 0;               // deleted
  bool clock_jumped = false;  // since the last call
};

inline constexpr int kMaxRunPage = 200;
// How many runs one page of a filtered list looks at; a cursor leads on.
inline constexpr int kMaxRunsLookedAt = 20000;
// How many of the newest runs are looked at when runs are counted.
inline constexpr int kMaxRunsCounted = 20000;

using RunCounts = std::map<RunStatus, int>;

// How runs are counted over time: by the UTC hour or minute in which they were asked for.
enum class RunPeriod : std::uint8_t { kHour, kMinute };

// The durable record of every run, and the queue that workers take from. State changes are legal ones only,
// which the database enforces too. Functions throw StorageError when the database fails; nothing was changed
// then. Thread-safe.
class Ledger {
 public:
  // `boot_id` is this process's own, not empty. The database and the clock outlive the ledger, and no other
  // ledger uses the database meanwhile.
  Ledger(Database& database, const Clock& clock, LedgerOptions options, std::string boot_id);

  // --- for requesters
  // Records a run. When this returns with kAccepted the run is on disk. Blocks for one commit, which
  // concurrent enqueues share. While the run runs, no other run that holds one of its spreadsheets does, and
  // runs that share a spreadsheet start in order; a run that holds none waits for nobody.
  EnqueueResult enqueue(const NewRun& asked);
  std::optional<ActionRun> find(const std::string& run_id) const;
  std::vector<RunEvent> events(const std::string& run_id) const;
  // At most `limit` (1 to kMaxRunPage). Throws std::invalid_argument for a cursor that no ledger made.
  RunPage list(const RunFilter& filter, int limit, const std::string& cursor) const;
  // How many of the newest kMaxRunsCounted runs fit the filter, in each status; those without any are
  // missing.
  RunCounts count(const RunFilter& filter) const;
  // The same, by the beginning of the period; periods without a run are missing.
  std::map<UtcTime, RunCounts> count_over_time(const RunFilter& filter, RunPeriod period) const;
  CancelResult cancel(const std::string& run_id);
  int queued_count() const { return open_.queued_count(); }
  int running_count() const { return open_.running_count(); }

  // A number that grows with each state or step change of the run; 0 once it has ended, and for unknown ones.
  // Cheap, in memory. It changes after the change is durable: who reads the version first, then the run, and
  // waits for another version, misses nothing.
  std::uint64_t version(const std::string& run_id) const { return open_.version(run_id); }
  // A number that grows with each change of any run: while it stays, lists and counts stay. Of this process.
  std::uint64_t changes() const { return open_.changes() + pruned_; }
  // Calls `changed` (from another thread, briefly, holding no lock of the ledger) after each change of that
  // run until the handle is destroyed, which waits for a call under way: do not destroy it inside `changed`
  // or while holding a lock that `changed` takes.
  using Subscription = std::shared_ptr<void>;
  [[nodiscard]] Subscription subscribe(const std::string& run_id, std::function<void()> changed) {
    return listeners_.add(run_id, std::move(changed));
  }

  // --- for workers
  // The oldest queued run that no running and no older queued one shares a spreadsheet with, now marked
  // running with this boot; nullopt when there is none. One UPDATE … RETURNING.
  std::optional<ActionRun> claim();
  // Blocks until a claim may succeed or stop_waiting() was called, also before.
  void wait_for_work() { open_.wait_for_next(); }
  // Wakes who waits; from now on there is nothing to claim, so that what a drain puts back stays queued.
  void stop_waiting() { open_.stop(); }
  void set_progress(const std::string& run_id, int attempt, const RunProgress& progress);
  // False when the run is not running with that attempt any more: nothing was changed. The end's status is a
  // final one, else std::logic_error is thrown.
  bool finish(const std::string& run_id, int attempt, const RunEnd& end);
  // The run has committed: whoever asked to cancel it came too late, before or after this call. A crash from
  // now on starts it again.
  void forget_cancel(const std::string& run_id, int attempt);
  // Puts a running run back to the queue (drain), or ends it where it was to be cancelled and has not
  // committed. Returns which; nullopt as finish() returns false.
  std::optional<RunStatus> put_back(const std::string& run_id, int attempt, bool committed,
                                    const std::string& why);
  // Calls `stop` when cancel() hits that running run, at once when it has already; until the handle is
  // destroyed, as with subscribe(). May call it more than once.
  [[nodiscard]] Subscription on_cancel(const std::string& run_id, const std::function<void()>& stop);

  // --- for the process
  // At start: queues again every run left running by another boot, ends those that crashed too often as
  // failed and those that were to be cancelled as cancelled. Returns how many.
  int recover();
  // From now on enqueue answers kDraining.
  void begin_drain() { draining_ = true; }
  // Deletes runs that ended more than `keep` ago, with their events. Bounded work per call (the oldest runs
  // first): call until it deletes none. A clock that jumped is not believed: nothing is deleted then.
  Pruned prune(std::chrono::hours keep);

 private:
  // The answer to a request that needs no run of its own; runs inside the transaction.
  std::optional<EnqueueResult> answer_by_key(SqlConnection& database, RunRecord& wanted) const;
  std::optional<EnqueueResult> answer_by_equal(SqlConnection& database, const RunRecord& wanted) const;
  EnqueueResult record(SqlConnection& database, RunRecord& wanted, std::int64_t& seq);
  // Commits a change of a running run, lets `open_` mirror it, and tells who listens; nothing of that, and
  // false, where `change` changed nothing.
  bool change_running(const std::string& run_id, const std::function<bool(SqlConnection&)>& change,
                      const std::function<void()>& mirror);
  std::optional<ActionRun> start_next();
  std::string now() const { return to_iso8601(clock_.now()); }
  void tell_ended(const std::string& run_id) const {
    if (options_.on_ended) options_.on_ended(run_id);
  }

  // The table is the truth; `open_` mirrors its open runs, told of each change in the order of the commits.
  Database& database_;
  const Clock& clock_;
  const LedgerOptions options_;
  const std::string boot_id_;
  OpenRuns open_;
  RunListeners listeners_;
  RunListeners cancel_listeners_;
  std::mutex claiming_;  // one claim at a time: two would choose the same run
  std::atomic<bool> draining_{false};
  std::atomic<std::uint64_t> pruned_{0};
};

// A new id from the wall clock and 32 random bits: "run_20260102T030405Z_a1b2c3d4".
std::string make_run_id(UtcTime now);

}  // namespace roadmap
