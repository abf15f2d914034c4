#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/action_run.h"
#include "core/ledger/ledger.h"
#include "core/ledger/open_runs.h"
#include "core/store/sql.h"

namespace roadmap {

// The tables `action_runs` and `action_run_events`. Each change of state is guarded by the state it starts
// from and adds its line to the audit trail.

// What an insert needs beside what was asked for.
struct RunRecord {
  const NewRun& asked;  // outlives this
  std::string request_hash;
  std::int64_t idempotency_use = 0;  // 0: the run has no key
  std::string run_id{};
  UtcTime created_at{};
};
std::int64_t insert_run(SqlConnection& database, const RunRecord& added);  // its seq

// The newest run that was asked for with this Idempotency-Key.
struct KeyUse {
  std::string run_id;
  std::string request_hash;
  RunStatus status = RunStatus::kQueued;
  std::string created_at;  // ISO 8601
  std::int64_t use = 0;
};
std::optional<KeyUse> find_key_use(SqlConnection& database, const std::string& idempotency_key);

std::optional<ActionRun> find_run(SqlConnection& database, const std::string& run_id);
std::optional<RunStatus> find_status(SqlConnection& database, const std::string& run_id);
std::vector<RunEvent> read_events(SqlConnection& database, const std::string& run_id);
struct RunsSeen {
  std::vector<ActionRun> runs;
  // Older runs than this were not looked at; 0: there are none, or `limit` were found.
  std::int64_t next_seq = 0;
};
// Newest first, before `before_seq` where that is not 0: at most `limit` among the `looked_at` newest of
// those.
RunsSeen list_runs(SqlConnection& database, const RunFilter& filter, std::int64_t before_seq, int looked_at,
                   int limit);
// Of the newest `newest` runs.
RunCounts count_runs(SqlConnection& database, const RunFilter& filter, int newest);
std::map<UtcTime, RunCounts> count_runs_over_time(SqlConnection& database, const RunFilter& filter,
                                                  RunPeriod period, int newest);
std::vector<OpenRun> read_open_runs(SqlConnection& database);

// queued → running, as the next attempt.
std::optional<ActionRun> start_run(SqlConnection& database, std::int64_t seq, const std::string& boot_id,
                                   const std::string& now);

// Who may change a running run: the attempt of this boot that runs it.
struct RunningAttempt {
  std::string run_id;
  int attempt = 0;
  std::string boot_id;
};
// running → final; false when that attempt does not run.
bool end_run(SqlConnection& database, const RunningAttempt& who, const RunEnd& end, const std::string& now);
enum class Requeue : std::uint8_t { kDrained, kCrashed };
// running → queued.
bool requeue_run(SqlConnection& database, const RunningAttempt& who, Requeue reason, const std::string& why,
                 const std::string& now);
bool put_progress(SqlConnection& database, const RunningAttempt& who, const RunProgress& progress,
                  bool tell_audit_trail, const std::string& now);
// queued → cancelled.
bool cancel_queued_run(SqlConnection& database, const std::string& run_id, const std::string& now);
// Notes on a running run that it should stop: a crash before it does must not start it again.
void note_cancel_request(SqlConnection& database, const std::string& run_id, const std::string& now);
// Takes such a note back: the run has committed. False where there was none, or that attempt does not run.
bool forget_cancel_request(SqlConnection& database, const RunningAttempt& who, const std::string& now);
bool is_cancel_noted(SqlConnection& database, const std::string& run_id);

// A run that was running when its process ended.
struct CrashedRun {
  RunningAttempt who;
  bool cancel_requested = false;
  int crashes = 0;  // before this one
};
std::vector<CrashedRun> read_crashed_runs(SqlConnection& database, const std::string& this_boot);

// Deletes those of the oldest `scanned` runs that ended before `before`, at most `limit`.
int delete_ended_runs(SqlConnection& database, const std::string& before, int scanned, int limit);

}  // namespace roadmap
