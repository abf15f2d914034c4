#include "core/worker/worker_pool.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace roadmap {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

// How often a run's end is offered to a failing ledger, and from which try on without its result, which may
// be what the ledger cannot take. A run whose end is never recorded starts again with the service.
constexpr int kRecordTries = 30;
constexpr int kRecordTriesWithResult = 3;

// A run while a thread executes it: what the job asks (RunControl) and tells (RunReporter). The job's thread
// uses it; cancel() and stop_for_drain() come from any.
class ActiveRun : public RunReporter {
 public:
  ActiveRun(Ledger& ledger, const Clock& clock, RunObserver& observer, const ActionRun& run,
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

  const ActionRun& run() const { return run_; }
  // The same object for the whole run; its `stop` changes in committed().
  const RunControl& control() const { return control_; }
  milliseconds elapsed() const { return duration_cast<milliseconds>(clock_.steady_now() - started_); }

  // Once the run has committed it finishes: the ledger forgets that it was to be cancelled.
  void cancel() {
    std::unique_lock lock(mutex_);
    cancel_asked_ = true;
    const bool too_late = committed_;
    lock.unlock();
    too_late ? forget_cancel() : stop_because(StopReason::kCancelled);
  }
  void stop_for_drain() { stop_because(StopReason::kDraining); }

  bool has_committed() const {
    const std::lock_guard lock(mutex_);
    return committed_;
  }

  void step(const RunProgress& progress) override {
    const auto now = clock_.steady_now();
    observer_.step(run_.run_id, run_.action, progress.step, duration_cast<milliseconds>(now - step_started_));
    step_started_ = now;
    progress_ = progress;
    ledger_.set_progress(run_.run_id, run_.attempt, progress_);
  }

  void note(std::string_view message) override { observer_.note(run_.run_id, run_.action, message); }

  void committed() override {
    std::unique_lock lock(mutex_);
    committed_ = true;
    if (!cancel_asked_) return;
    if (reason_ == StopReason::kCancelled) {
      // The cancel came too late to be noticed before the commit. A token cannot be taken back: the job goes
      // on under a fresh one.
      reason_.reset();
      stop_ = std::stop_source();
      control_.stop = stop_.get_token();
    }
    lock.unlock();
    forget_cancel();
  }

 private:
  // A job that waits between its commit and its write must not end over words.
  void show_wait(std::string_view label) {
    RunProgress shown = progress_;
    if (!label.empty()) shown.label = label;
    try {
      ledger_.set_progress(run_.run_id, run_.attempt, shown);
    } catch (const StorageError& error) {
      note(std::string("that it waits cannot be shown: ") + error.what());
    }
  }

  void forget_cancel() {
    try {
      ledger_.forget_cancel(run_.run_id, run_.attempt);
    } catch (const StorageError& error) {
      note(std::string("a cancel that came too late stays noted: ") + error.what());
    }
  }

  void stop_because(StopReason reason) {
    std::unique_lock lock(mutex_);
    if (reason_ || (reason == StopReason::kCancelled && committed_)) return;
    reason_ = reason;
    std::stop_source stop = stop_;
    lock.unlock();
    // Unlocked: this runs what the job has attached to the token.
    stop.request_stop();
  }

  Ledger& ledger_;
  const Clock& clock_;
  RunObserver& observer_;
  const ActionRun run_;
  const std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point step_started_;
  RunControl control_;
  RunProgress progress_;

  mutable std::mutex mutex_;
  std::stop_source stop_;
  std::optional<StopReason> reason_;  // the first one counts
  bool cancel_asked_ = false;
  bool committed_ = false;
};

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

// Throws nothing: every exception becomes an end. kQueued: it stopped for a drain and is to be put back.
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

}  // namespace

class WorkerPool::Impl {
 public:
  Impl(Ledger& ledger, const Clock& clock, RunObserver& observer, WorkerOptions options, Execute execute)
      : ledger_(ledger),
        clock_(clock),
        observer_(observer),
        options_(options),
        execute_(std::move(execute)) {}

  void start() {
    const std::lock_guard lock(mutex_);
    for (int i = 0; i < options_.threads; ++i) {
      threads_.emplace_back([this] { work(); });
      ++live_;
    }
  }

  std::string problem() const {
    const std::lock_guard lock(mutex_);
    if (draining_) return "The service is shutting down.";
    if (live_ < options_.threads) return "The worker threads are not running; restart the service.";
    return trouble_.empty() ? "" : "No run can be taken from the ledger: " + trouble_;
  }

  void drain(std::chrono::seconds grace) {
    {
      const std::lock_guard lock(mutex_);
      draining_ = true;
    }
    ledger_.stop_waiting();
    std::vector<std::shared_ptr<ActiveRun>> late;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, grace, [&] { return live_ == 0 || hurry_; });
      grace_over_ = true;
      late = active_;
      changed_.notify_all();
    }
    for (const auto& run : late)
      run->stop_for_drain();
    for (std::thread& thread : threads_)
      thread.join();
    threads_.clear();
  }

  void hurry() {
    const std::lock_guard lock(mutex_);
    hurry_ = true;
    changed_.notify_all();
  }

 private:
  void work() {
    while (true) {
      ledger_.wait_for_work();
      if (is_draining()) break;
      try {
        const std::optional<ActionRun> run = ledger_.claim();
        show_trouble({});
        if (run) execute(*run);
      } catch (const std::exception& error) {
        show_trouble(error.what());
        observer_.note({}, {}, std::string("no run can be taken from the ledger: ") + error.what());
        pause();
      }
    }
    const std::lock_guard lock(mutex_);
    --live_;
    changed_.notify_all();
  }

  void show_trouble(std::string_view trouble) {
    const std::lock_guard lock(mutex_);
    trouble_ = trouble;
  }

  bool is_draining() const {
    const std::lock_guard lock(mutex_);
    return draining_;
  }

  void execute(const ActionRun& run) {
    const auto active = std::make_shared<ActiveRun>(ledger_, clock_, observer_, run, options_.run_timeout);
    enter(active);
    observer_.run_started(run.run_id, run.action, run.attempt);
    Ledger::Subscription cancels = ledger_.on_cancel(run.run_id, [active] { active->cancel(); });
    RunEnd end = execute_job(execute_, *active);
    cancels.reset();
    record(*active, end);
    observer_.run_finished(run.run_id, run.action, to_string(end.status), active->elapsed(),
                           end.error ? end.error->code : "");
    leave(active);
  }

  // False when the run was not this attempt's any more. One that is put back was to be cancelled, perhaps.
  bool record_end(const ActiveRun& active, RunEnd& end) {
    const ActionRun& run = active.run();
    if (end.status != RunStatus::kQueued) return ledger_.finish(run.run_id, run.attempt, end);
    const auto put_back = ledger_.put_back(run.run_id, run.attempt, active.has_committed(),
                                           "The service was shut down while this ran; it starts again.");
    if (put_back) end.status = *put_back;
    return put_back.has_value();
  }

  // Changes `end` when its result cannot be recorded.
  void record(ActiveRun& active, RunEnd& end) {
    for (int attempt = 1; attempt <= kRecordTries; ++attempt) {
      try {
        if (!record_end(active, end)) active.note("the ledger had ended this run already");
        return;
      } catch (const StorageError& error) {
        active.note(std::string("the end of the run cannot be recorded: ") + error.what());
        if (attempt == kRecordTriesWithResult && end.status == RunStatus::kSuccess) {
          end = failed("storage", "The run did its work, but its result could not be recorded. Run it again.",
                       error.detail());
        }
      }
      pause();
    }
    active.note("the end of the run was never recorded; it starts again with the service");
  }

  void pause() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, options_.storage_pause, [&] { return grace_over_; });
  }

  void enter(const std::shared_ptr<ActiveRun>& run) {
    const std::lock_guard lock(mutex_);
    active_.push_back(run);
    // A run claimed just when the grace ended.
    if (grace_over_) run->stop_for_drain();
  }

  void leave(const std::shared_ptr<ActiveRun>& run) {
    const std::lock_guard lock(mutex_);
    active_.erase(std::find(active_.begin(), active_.end(), run));
  }

  Ledger& ledger_;
  const Clock& clock_;
  RunObserver& observer_;
  const WorkerOptions options_;
  const Execute execute_;
  std::vector<std::thread> threads_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;  // live_, hurry_ or grace_over_
  std::vector<std::shared_ptr<ActiveRun>> active_;
  int live_ = 0;
  std::string trouble_;  // of the last claim
  bool draining_ = false;
  bool grace_over_ = false;
  bool hurry_ = false;
};

WorkerPool::WorkerPool(Ledger& ledger, const Clock& clock, RunObserver& observer, WorkerOptions options,
                       Execute execute)
    : impl_(std::make_unique<Impl>(ledger, clock, observer, options, std::move(execute))) {}

WorkerPool::~WorkerPool() { drain(std::chrono::seconds(0)); }

void WorkerPool::start() { impl_->start(); }

std::string WorkerPool::problem() const { return impl_->problem(); }

void WorkerPool::drain(std::chrono::seconds grace) { impl_->drain(grace); }

void WorkerPool::hurry() { impl_->hurry(); }

}  // namespace roadmap
