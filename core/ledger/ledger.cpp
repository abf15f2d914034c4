#include "core/ledger/ledger.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "core/errors.h"
#include "core/ledger/prune_clock.h"
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
  std::optional<ActionRun> run;
  database_.read([&](SqlConnection& reader) { run = find_run(reader, run_id); });
  return run;
}

std::vector<RunEvent> Ledger::events(const std::string& run_id) const {
  std::vector<RunEvent> events;
  database_.read([&](SqlConnection& reader) { events = read_events(reader, run_id); });
  return events;
}

RunCounts Ledger::count(const RunFilter& filter) const {
  RunCounts counts;
  database_.read([&](SqlConnection& reader) { counts = count_runs(reader, filter, kMaxRunsCounted); });
  return counts;
}

std::map<UtcTime, RunCounts> Ledger::count_over_time(const RunFilter& filter, RunPeriod period) const {
  std::map<UtcTime, RunCounts> counts;
  database_.read(
      [&](SqlConnection& reader) { counts = count_runs_over_time(reader, filter, period, kMaxRunsCounted); });
  return counts;
}

RunPage Ledger::list(const RunFilter& filter, int limit, const std::string& cursor) const {
  const std::int64_t before = seq_of_cursor(cursor);
  const int size = std::clamp(limit, 1, kMaxRunPage);
  RunsSeen seen;
  // One more than asked for tells whether there is a next page.
  database_.read(
      [&](SqlConnection& reader) { seen = list_runs(reader, filter, before, kMaxRunsLookedAt, size + 1); });
  RunPage page;
  if (seen.runs.size() > static_cast<std::size_t>(size)) {
    seen.runs.pop_back();
    seen.next_seq = seen.runs.back().seq;
  }
  if (seen.next_seq > 0) page.next_cursor = std::string(kCursorPrefix) + std::to_string(seen.next_seq);
  for (ListedRun& run : seen.runs)
    page.runs.push_back(std::move(run.run));
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
  const std::lock_guard one_at_a_time(claiming_);
  const std::optional<OpenRuns::Candidate> next = open_.next();
  if (!next) return std::nullopt;
  std::optional<ActionRun> run;
  database_.write([&](SqlConnection& database) { run = start_run(database, next->seq, boot_id_, now()); },
                  [&] {
                    // Not queued any more: it was cancelled meanwhile.
                    run ? open_.started(next->run_id) : open_.ended(next->run_id);
                  });
  if (run) listeners_.notify(run->run_id);
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

bool Ledger::put_back(const std::string& run_id, int attempt, const std::string& why) {
  return change_running(
      run_id,
      [&](SqlConnection& database) {
        return requeue_run(database, {run_id, attempt, boot_id_}, why, now());
      },
      [&] { open_.queued_again(run_id); });
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
    if (run.who.attempt < options_.max_attempts) {
      requeue_run(database, run.who, "The service stopped while this ran; it starts again.", now());
      return true;
    }
    const RunError error{"crashed",
                         "The service stopped unexpectedly each time this ran. Tell the operator before you "
                         "run it again.",
                         std::to_string(run.who.attempt) + " attempts"};
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
