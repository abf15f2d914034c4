#include "core/ledger/ledger.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "core/errors.h"
#include "core/ledger/run_rows.h"
#include "core/store/database.h"

namespace roadmap {
namespace {

// How many of the oldest runs one prune looks at, and how many it deletes.
constexpr int kPruneScan = 2000;
constexpr int kPruneBatch = 500;

constexpr std::string_view kCursorPrefix = "before-";

std::int64_t seq_of_cursor(const std::string& cursor) {
  if (cursor.empty()) return 0;
  std::int64_t seq = 0;
  const std::string_view text = cursor;
  if (text.substr(0, kCursorPrefix.size()) == kCursorPrefix) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + kCursorPrefix.size(), end, seq);
    if (error == std::errc{} && stop == end && seq > 0) return seq;
  }
  throw std::invalid_argument("'" + cursor + "' is no cursor of this list");
}

// Further than this between two looks, or back at all, a clock has jumped: a wrong one must not make old what
// is not.
constexpr std::chrono::hours kMostBetweenLooks{24};
// For so long after a jump it is not believed, so that somebody can put it right.
constexpr std::chrono::hours kDoubt{24 * 7};
// Clocks are set back by so much when they are adjusted.
constexpr std::chrono::minutes kAdjustment{10};

enum class ClockLook : std::uint8_t { kTrusted, kJumped, kDoubted };

constexpr const char* kLastLook = "clock_last_look";
constexpr const char* kDoubtedUntil = "clock_doubted_until";

std::optional<UtcTime> stored_moment(SqlConnection& database, const char* name) {
  return database.prepare("SELECT value FROM counters WHERE name = ?")
      .bind(1, name)
      .first([](const SqlStatement& row) { return UtcTime(std::chrono::milliseconds(row.integer(0))); });
}

void store_moment(SqlConnection& database, const char* name, UtcTime moment) {
  database
      .prepare(
          "INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
          "excluded.value")
      .bind_all(name, std::int64_t{moment.time_since_epoch().count()})
      .run();
}

// Looks at the wall clock and remembers the look, in the table `counters`, so that a clock that jumped while
// the service was down is noticed. The first look ever begins in doubt. Inside a write.
ClockLook look_at_clock(SqlConnection& database, UtcTime now) {
  const auto last = stored_moment(database, kLastLook);
  store_moment(database, kLastLook, now);
  if (!last || now - *last > kMostBetweenLooks || *last - now > kAdjustment) {
    store_moment(database, kDoubtedUntil, now + kDoubt);
    return last ? ClockLook::kJumped : ClockLook::kDoubted;
  }
  const auto doubted_until = stored_moment(database, kDoubtedUntil);
  return doubted_until && now < *doubted_until ? ClockLook::kDoubted : ClockLook::kTrusted;
}

}  // namespace

Ledger::Ledger(Database& database, const Clock& clock, LedgerOptions options, std::string boot_id)
    : database_(database), clock_(clock), options_(std::move(options)), boot_id_(std::move(boot_id)) {
  if (boot_id_.empty()) throw std::logic_error("a ledger needs a boot id");
  database_.read([&](SqlConnection& reader) {
    for (OpenRun& run : read_open_runs(reader))
      open_.add(std::move(run));
  });
}

std::optional<ActionRun> Ledger::find(const std::string& run_id) const {
  return database_.ask([&](SqlConnection& reader) { return find_run(reader, run_id); });
}

std::vector<RunEvent> Ledger::events(const std::string& run_id) const {
  return database_.ask([&](SqlConnection& reader) { return read_events(reader, run_id); });
}

RunCounts Ledger::count(const RunFilter& filter) const {
  return database_.ask([&](SqlConnection& reader) { return count_runs(reader, filter, kMaxRunsCounted); });
}

std::map<UtcTime, RunCounts> Ledger::count_over_time(const RunFilter& filter, RunPeriod period) const {
  return database_.ask(
      [&](SqlConnection& reader) { return count_runs_over_time(reader, filter, period, kMaxRunsCounted); });
}

RunPage Ledger::list(const RunFilter& filter, int limit, const std::string& cursor) const {
  const std::int64_t before = seq_of_cursor(cursor);
  const int size = std::clamp(limit, 1, kMaxRunPage);
  // One more than asked for tells whether there is a next page.
  RunsSeen seen = database_.ask(
      [&](SqlConnection& reader) { return list_runs(reader, filter, before, kMaxRunsLookedAt, size + 1); });
  if (seen.runs.size() > static_cast<std::size_t>(size)) {
    seen.runs.pop_back();
    seen.next_seq = seen.runs.back().seq;
  }
  RunPage page{std::move(seen.runs), {}};
  if (seen.next_seq > 0) page.next_cursor = std::string(kCursorPrefix) + std::to_string(seen.next_seq);
  return page;
}

CancelResult Ledger::cancel(const std::string& run_id) {
  CancelResult result = CancelResult::kUnknownRun;
  const auto work = [&](SqlConnection& database) {
    const std::optional<RunStatus> status = find_status(database, run_id);
    if (!status) {
      result = CancelResult::kUnknownRun;
    } else if (*status == RunStatus::kQueued) {
      cancel_queued_run(database, run_id, now());
      result = CancelResult::kCancelled;
    } else if (*status == RunStatus::kRunning) {
      note_cancel_request(database, run_id, now());
      result = CancelResult::kStopping;
    } else {
      result = CancelResult::kAlreadyEnded;
    }
  };
  const auto committed = [&] {
    if (result == CancelResult::kCancelled) open_.ended(run_id);
    if (result == CancelResult::kStopping) open_.cancel_requested(run_id);
  };
  database_.write(work, committed);
  if (result == CancelResult::kCancelled) {
    listeners_.notify(run_id);
    tell_ended(run_id);
  }
  if (result == CancelResult::kStopping) cancel_listeners_.notify(run_id);
  return result;
}

std::optional<ActionRun> Ledger::claim() {
  std::optional<ActionRun> run = start_next();
  if (run) listeners_.notify(run->run_id);
  return run;
}

std::optional<ActionRun> Ledger::start_next() {
  const std::lock_guard one_at_a_time(claiming_);
  const std::optional<OpenRuns::Candidate> next = open_.next();
  std::optional<ActionRun> run;
  if (!next) return run;
  database_.write([&](SqlConnection& database) { run = start_run(database, next->seq, boot_id_, now()); },
                  [&] {
                    // Not queued any more: it was cancelled meanwhile.
                    run ? open_.started(next->run_id) : open_.ended(next->run_id);
                  });
  return run;
}

bool Ledger::change_running(const std::string& run_id, const std::function<bool(SqlConnection&)>& change,
                            const std::function<void()>& mirror) {
  bool changed = false;
  database_.write([&](SqlConnection& database) { changed = change(database); },
                  [&] {
                    if (changed) mirror();
                  });
  if (changed) listeners_.notify(run_id);
  return changed;
}

void Ledger::set_progress(const std::string& run_id, int attempt, const RunProgress& progress) {
  change_running(
      run_id,
      [&](SqlConnection& database) {
        return put_progress(database, {run_id, attempt, boot_id_}, progress,
                            open_.is_new_step(run_id, progress.step), now());
      },
      [&] { open_.stepped(run_id, progress.step); });
}

bool Ledger::finish(const std::string& run_id, int attempt, const RunEnd& end) {
  if (!is_final(end.status)) throw std::logic_error("a run ends in a final status");
  const bool ended = change_running(
      run_id,
      [&](SqlConnection& database) {
        return end_run(database, {run_id, attempt, boot_id_}, end, now());
      },
      [&] { open_.ended(run_id); });
  if (ended) tell_ended(run_id);
  return ended;
}

void Ledger::forget_cancel(const std::string& run_id, int attempt) {
  change_running(
      run_id,
      [&](SqlConnection& database) {
        return forget_cancel_request(database, {run_id, attempt, boot_id_}, now());
      },
      [&] { open_.cancel_forgotten(run_id); });
}

std::optional<RunStatus> Ledger::put_back(const std::string& run_id, int attempt, bool committed,
                                          const std::string& why) {
  RunStatus status = RunStatus::kQueued;
  const bool changed = change_running(
      run_id,
      [&](SqlConnection& database) {
        const RunningAttempt who{run_id, attempt, boot_id_};
        const bool ends = !committed && is_cancel_noted(database, run_id);
        status = ends ? RunStatus::kCancelled : RunStatus::kQueued;
        if (status == RunStatus::kCancelled) return end_run(database, who, {status}, now());
        return requeue_run(database, who, Requeue::kDrained, why, now());
      },
      [&] { status == RunStatus::kQueued ? open_.queued_again(run_id) : open_.ended(run_id); });
  if (!changed) return std::nullopt;
  if (status == RunStatus::kCancelled) tell_ended(run_id);
  return status;
}

Ledger::Subscription Ledger::on_cancel(const std::string& run_id, const std::function<void()>& stop) {
  Subscription handle = cancel_listeners_.add(run_id, stop);
  if (open_.is_cancel_requested(run_id)) stop();
  return handle;
}

int Ledger::recover() {
  std::vector<CrashedRun> crashed;
  std::vector<bool> queued;
  const auto requeue_or_end = [&](SqlConnection& database, const CrashedRun& run) {
    if (run.cancel_requested) {
      end_run(database, run.who, {RunStatus::kCancelled, std::nullopt, std::nullopt}, now());
      return false;
    }
    const int crashes = run.crashes + 1;
    if (crashes < options_.max_crashes) {
      requeue_run(database, run.who, Requeue::kCrashed,
                  "The service stopped while this ran; it starts again.", now());
      return true;
    }
    const RunError error{"crashed",
                         "The service stopped unexpectedly each time this ran. Tell the operator before you "
                         "run it again.",
                         std::to_string(crashes) + " times"};
    end_run(database, run.who, {RunStatus::kFailed, std::nullopt, error}, now());
    return false;
  };
  database_.write(
      [&](SqlConnection& database) {
        crashed = read_crashed_runs(database, boot_id_);
        for (const CrashedRun& run : crashed)
          queued.push_back(requeue_or_end(database, run));
      },
      [&] {
        for (std::size_t i = 0; i < crashed.size(); ++i) {
          const std::string& run_id = crashed[i].who.run_id;
          queued[i] ? open_.queued_again(run_id) : open_.ended(run_id);
        }
      });
  for (std::size_t i = 0; i < crashed.size(); ++i) {
    listeners_.notify(crashed[i].who.run_id);
    if (!queued[i]) tell_ended(crashed[i].who.run_id);
  }
  return static_cast<int>(crashed.size());
}

Pruned Ledger::prune(std::chrono::hours keep) {
  Pruned pruned;
  const UtcTime now = clock_.now();
  database_.write([&](SqlConnection& database) {
    const ClockLook look = look_at_clock(database, now);
    pruned = {0, look == ClockLook::kJumped};
    if (look != ClockLook::kTrusted) return;
    pruned.runs = delete_ended_runs(database, to_iso8601(now - keep), kPruneScan, kPruneBatch);
  });
  pruned_ += static_cast<std::uint64_t>(pruned.runs);
  return pruned;
}

}  // namespace roadmap
