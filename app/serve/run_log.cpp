#include "app/serve/run_log.h"

#include <algorithm>
#include <utility>

#include "core/errors.h"
#include "core/run_log/run_log_line.h"

namespace roadmap::app {
namespace {

// One row of a call is kept for the header.
constexpr std::size_t kMaxBatch = sheets::kMaxAppendedRows - 1;

}  // namespace

RunLog::RunLog(TabLayout place, sheets::GoogleSheets& sheets, const Ledger& ledger, const Clock& clock,
               Log& log, RunLogOptions options)
    : place_(std::move(place)),
      sheets_(sheets),
      ledger_(ledger),
      clock_(clock),
      log_(log),
      options_(options),
      thread_([this] { work(); }) {}

RunLog::~RunLog() { drain(std::chrono::milliseconds{0}); }

void RunLog::run_ended(const std::string& run_id) {
  {
    const std::lock_guard lock(mutex_);
    if (!draining_ && waiting_.size() < options_.max_waiting) {
      waiting_.push_back({run_id, {}});
      changed_.notify_all();
      return;
    }
  }
  leave_out({{run_id, {}}}, "too many runs wait for their line, or the service is stopping", "");
}

void RunLog::drain(std::chrono::milliseconds at_most) {
  if (!thread_.joinable()) return;
  {
    std::unique_lock lock(mutex_);
    draining_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, at_most, [&] { return ended_ || stop_.stop_requested(); });
  }
  stop_.request_stop();
  thread_.join();
}

void RunLog::hurry() {
  stop_.request_stop();
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

void RunLog::work() {
  for (Batch batch; next_batch(batch); batch.clear())
    write(batch);
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

// Blocks for runs that ended. False once a drain has nothing left.
bool RunLog::next_batch(Batch& batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return draining_ || !waiting_.empty(); });
  if (waiting_.empty()) return false;
  changed_.wait_for(lock, options_.gather, [&] { return draining_ || waiting_.size() >= kMaxBatch; });
  const std::size_t count = std::min(waiting_.size(), kMaxBatch);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return true;
}

void RunLog::write(Batch& batch) {
  try {
    std::vector<CellRow> lines;
    for (EndedRun& ended : batch) {
      if (CellRow line = line_of(ended); !line.empty()) lines.push_back(std::move(line));
    }
    append(std::move(lines), batch);
  } catch (const Error& error) {
    leave_out(batch, error.what(), error.detail());
  } catch (const std::exception& error) {
    leave_out(batch, error.what(), "");
  }
}

void RunLog::append(std::vector<CellRow> lines, const Batch& batch) {
  RunControl control;
  control.stop = stop_.get_token();
  control.why_stopped = [] { return StopReason::kDraining; };
  control.deadline = clock_.steady_now() + options_.batch_timeout;
  control.check(clock_.steady_now());
  const bool with_header = needs_header(control);
  if (with_header) lines.insert(lines.begin(), run_log_header());
  const WriteReport report =
      sheets_.append_rows(place_.spreadsheet_id, place_.tab, place_.header_row, lines, control);
  if (report.state == WriteState::kApplied) {
    header_stands_ = true;
  } else {
    // Sending it again might write every line twice.
    leave_out(batch, "the answer of Google was lost: the line may be there or not", report.lost_reason);
  }
}

bool RunLog::needs_header(const RunControl& control) {
  if (header_stands_) return false;
  const Picture picture = sheets_.look(place_.spreadsheet_id, {{place_.tab, place_.header_row, {}}}, control);
  const TabPicture& tab = picture.tabs.front();
  if (!tab.there) throw Error("tab_unusable", "no tab '" + place_.tab + "'");
  return std::all_of(tab.header.begin(), tab.header.end(), is_blank);
}

// Empty for a run that was pruned meanwhile.
CellRow RunLog::line_of(EndedRun& ended) const {
  const std::optional<ActionRun> run = ledger_.find(ended.run_id);
  if (!run) return {};
  ended.action = run->action;
  return run_log_line(*run);
}

void RunLog::leave_out(const Batch& batch, const std::string& why, const std::string& detail) {
  for (const EndedRun& ended : batch) {
    const LogRunScope scope(ended.run_id, ended.action);
    log_.error("no line in the run log", {{"tab", place_.tab}, {"error", why}, {"detail", detail}});
  }
}

}  // namespace roadmap::app
