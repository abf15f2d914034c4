#pragma once

#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>

#include "core/worker/worker_pool.h"

namespace roadmap {

// A run while a thread executes it: what the job asks (RunControl) and tells (RunReporter). The job's thread
// uses it; cancel() and stop_for_drain() come from any.
class ActiveRun : public RunReporter {
 public:
  ActiveRun(Ledger& ledger, const Clock& clock, RunObserver& observer, const ActionRun& run,
            std::chrono::seconds timeout);

  const ActionRun& run() const { return run_; }
  // The same object for the whole run; its `stop` changes in committed().
  const RunControl& control() const { return control_; }
  std::chrono::milliseconds elapsed() const;

  void cancel();  // nothing happens once the run has committed
  void stop_for_drain();

  void step(const RunProgress& progress) override;
  void note(std::string_view message) override;
  void committed() override;

 private:
  void show_wait(std::string_view label);
  void stop_because(StopReason reason);

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
  bool committed_ = false;
};

// Executes the job. Throws nothing: every exception becomes an end. kQueued: it stopped for a drain and is to
// be put back.
RunEnd execute_job(const WorkerPool::Execute& execute, ActiveRun& active) noexcept;

// Records the end in the ledger. False when the run was not this attempt's any more. Throws StorageError.
bool record_end(Ledger& ledger, const ActionRun& run, const RunEnd& end);

}  // namespace roadmap
