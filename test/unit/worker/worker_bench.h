#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/worker/worker_pool.h"
#include "test/unit/ledger/open_ledger.h"

namespace roadmap::test {

// How long a test waits for what must come; only a broken test or program ever waits this long.
inline constexpr std::chrono::seconds kPatience{60};

class RecordingObserver : public RunObserver {
 public:
  void run_started(std::string_view run_id, std::string_view, int attempt) override {
    add("started " + std::string(run_id) + " " + std::to_string(attempt));
  }
  void step(std::string_view run_id, std::string_view, std::string_view step,
            std::chrono::milliseconds) override {
    add("step " + std::string(run_id) + " " + std::string(step));
  }
  void note(std::string_view run_id, std::string_view, std::string_view message) override {
    add("note " + std::string(run_id) + " " + std::string(message));
  }
  void run_finished(std::string_view run_id, std::string_view, std::string_view status,
                    std::chrono::milliseconds, std::string_view error) override {
    add("finished " + std::string(run_id) + " " + std::string(status) + " " + std::string(error));
  }

  // Waits for a line that holds this text.
  bool wait_for(const std::string& text) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return find(text); });
  }
  bool has(const std::string& text) {
    const std::lock_guard lock(mutex_);
    return find(text);
  }

 private:
  void add(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
    changed_.notify_all();
  }
  bool find(const std::string& text) const {
    for (const std::string& line : lines_) {
      if (line.find(text) != std::string::npos) return true;
    }
    return false;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

// Opened once; who waits goes on from then.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

// Blocks as a call to Google does: until the run is told to stop. Then throws as the gateway does.
inline void wait_for_stop(const RunControl& control) {
  Gate stopped;
  const std::stop_callback wake(control.stop, [&] { stopped.open(); });
  stopped.wait();
  control.check(std::chrono::steady_clock::now());
}

// A pool on a real ledger whose jobs are what the test says.
class WorkerBench {
 public:
  explicit WorkerBench(WorkerPool::Execute execute, WorkerOptions options = {})
      : pool_(std::make_unique<WorkerPool>(*ledger_, ledger_.clock(), observer_, options,
                                           std::move(execute))) {}

  std::string enqueue(const std::string& key, const std::string& spreadsheet_id = "book") {
    return ledger_.enqueue(key, spreadsheet_id);
  }
  // The run once it has ended.
  ActionRun ended(const std::string& run_id) {
    std::mutex mutex;
    std::condition_variable moved;
    // Before the lock in order of construction: destroying it waits for a call that takes the lock.
    const auto handle = ledger_->subscribe(run_id, [&] {
      const std::lock_guard lock(mutex);
      moved.notify_all();
    });
    std::unique_lock lock(mutex);
    moved.wait_for(lock, kPatience, [&] { return ledger_->version(run_id) == 0; });
    return ledger_->find(run_id).value();
  }

  OpenLedger& ledger() { return ledger_; }
  RecordingObserver& observer() { return observer_; }
  WorkerPool& pool() { return *pool_; }

 private:
  OpenLedger ledger_;
  RecordingObserver observer_;
  std::unique_ptr<WorkerPool> pool_;
};

}  // namespace roadmap::test
