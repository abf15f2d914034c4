#include "core/worker/worker_pool.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/worker/active_run.h"

namespace roadmap {
namespace {

// How often a run's end is offered to a failing ledger, and from which try on without its result, which may
// be what the ledger cannot take. A run whose end is never recorded starts again with the service.
constexpr int kRecordTries = 30;
constexpr int kRecordTriesWithResult = 3;

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

  // Changes `end` when its result cannot be recorded.
  void record(ActiveRun& active, RunEnd& end) {
    for (int attempt = 1; attempt <= kRecordTries; ++attempt) {
      try {
        if (!record_end(ledger_, active.run(), end)) active.note("the ledger had ended this run already");
        return;
      } catch (const StorageError& error) {
        active.note(std::string("the end of the run cannot be recorded: ") + error.what());
        if (attempt == kRecordTriesWithResult && end.status == RunStatus::kSuccess) {
          end = {
              RunStatus::kFailed,
              {},
              RunError{"storage", "The run did its work, but its result could not be recorded. Run it again.",
                       error.detail()}};
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
