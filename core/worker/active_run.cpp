#include "core/worker/active_run.h"

#include <exception>
#include <utility>

namespace roadmap {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

RunEnd failed(std::string code, std::string message, std::string detail) {
  return {RunStatus::kFailed, {}, RunError{std::move(code), std::move(message), std::move(detail)}};
}

RunEnd end_of_stopped(const RunStopped& stopped) {
  switch (stopped.reason()) {
    case StopReason::kCancelled:
      return {RunStatus::kCancelled};
    case StopReason::kDraining:
      return {RunStatus::kQueued};
    case StopReason::kDeadline:
      break;
  }
  return failed(stopped.code(), stopped.what(), stopped.detail());
}

RunEnd end_of_bug(ActiveRun& active, const std::string& what) {
  active.note("internal error: " + what);
  return failed("internal",
                "This is a bug in roadmapd, not in your sheet. Give the operator the run id " +
                    active.run().run_id + ": the log says more.",
                what);
}

}  // namespace

ActiveRun::ActiveRun(Ledger& ledger, const Clock& clock, RunObserver& observer, const ActionRun& run,
                     std::chrono::seconds timeout)
    : ledger_(ledger),
      clock_(clock),
      observer_(observer),
      run_(run),
      started_(clock.steady_now()),
      step_started_(started_) {
  control_.stop = stop_.get_token();
  control_.deadline = started_ + timeout;
  control_.why_stopped = [this] {
    const std::lock_guard lock(mutex_);
    return reason_.value_or(StopReason::kDeadline);
  };
  control_.on_wait = [this](std::string_view label) { show_wait(label); };
}

milliseconds ActiveRun::elapsed() const {
  return duration_cast<milliseconds>(clock_.steady_now() - started_);
}

void ActiveRun::cancel() { stop_because(StopReason::kCancelled); }

void ActiveRun::stop_for_drain() { stop_because(StopReason::kDraining); }

void ActiveRun::stop_because(StopReason reason) {
  std::unique_lock lock(mutex_);
  if (reason_ || (reason == StopReason::kCancelled && committed_)) return;
  reason_ = reason;
  std::stop_source stop = stop_;
  lock.unlock();
  // Unlocked: this runs what the job has attached to the token.
  stop.request_stop();
}

void ActiveRun::step(const RunProgress& progress) {
  const auto now = clock_.steady_now();
  observer_.step(run_.run_id, run_.action, progress.step, duration_cast<milliseconds>(now - step_started_));
  step_started_ = now;
  progress_ = progress;
  ledger_.set_progress(run_.run_id, run_.attempt, progress_);
}

void ActiveRun::note(std::string_view message) { observer_.note(run_.run_id, run_.action, message); }

void ActiveRun::committed() {
  const std::lock_guard lock(mutex_);
  committed_ = true;
  if (reason_ != StopReason::kCancelled) return;
  // The cancel came too late to be noticed before the commit. A token cannot be taken back: the job goes on
  // under a fresh one.
  reason_.reset();
  stop_ = std::stop_source();
  control_.stop = stop_.get_token();
}

void ActiveRun::show_wait(std::string_view label) {
  RunProgress shown = progress_;
  if (!label.empty()) shown.label = label;
  ledger_.set_progress(run_.run_id, run_.attempt, shown);
}

RunEnd execute_job(const WorkerPool::Execute& execute, ActiveRun& active) noexcept {
  try {
    return {RunStatus::kSuccess, to_json(execute(active.run(), active.control(), active))};
  } catch (const RunStopped& stopped) {
    return end_of_stopped(stopped);
  } catch (const Error& error) {
    return failed(error.code(), error.what(), error.detail());
  } catch (const std::exception& error) {
    return end_of_bug(active, error.what());
  } catch (...) {
    return end_of_bug(active, "an exception of an unknown type");
  }
}

bool record_end(Ledger& ledger, const ActionRun& run, const RunEnd& end) {
  if (end.status != RunStatus::kQueued) return ledger.finish(run.run_id, run.attempt, end);
  return ledger.put_back(run.run_id, run.attempt,
                         "The service was shut down while this ran; it starts again.");
}

}  // namespace roadmap
