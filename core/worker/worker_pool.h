#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/ledger/ledger.h"
#include "core/run/run_control.h"
#include "core/run/run_result.h"

namespace roadmap {

struct WorkerOptions {
  int threads = 4;
  std::chrono::seconds run_timeout{300};
  // Between two tries to use a ledger that failed.
  std::chrono::milliseconds storage_pause{1000};
};

// Takes runs from the ledger and executes them on a fixed number of threads. An exception ends its run as
// failed, never the thread. Thread safety: start, drain and the destructor from one thread; problem and hurry
// from any.
class WorkerPool {
 public:
  // Runs one job on a worker thread: returns the result, or throws Error / RunStopped.
  using Execute =
      std::function<RunResult(const ActionRun& run, const RunControl& control, RunReporter& reporter)>;

  // All references outlive the pool.
  WorkerPool(Ledger& ledger, const Clock& clock, RunObserver& observer, WorkerOptions options,
             Execute execute);
  ~WorkerPool();  // drain(0)

  void start();  // once
  // What keeps runs from being taken: threads that do not run, a ledger that could not be used; "" when all
  // is well (readiness).
  std::string problem() const;
  // Takes no further runs, waits up to `grace` for running ones, then stops them (RunStopped, kDraining) and
  // puts them back to queued. Blocks until all threads ended. The ledger gives out no run afterwards.
  void drain(std::chrono::seconds grace);
  // Ends the grace of a drain under way, or of the next one, at once. Not for signal handlers; call from a
  // normal thread.
  void hurry();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace roadmap
