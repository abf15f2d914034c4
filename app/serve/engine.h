#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/config/config.h"
#include "app/llm/llm_access.h"
#include "app/serve/run_log.h"
#include "app/serve/sheets_access.h"
#include "app/telemetry/log.h"
#include "app/telemetry/metrics.h"
#include "app/telemetry/observer.h"
#include "core/clock.h"
#include "core/ledger/ledger.h"
#include "core/run/action_request.h"
#include "core/run/run_control.h"
#include "core/run/settings.h"
#include "core/store/database.h"
#include "core/store/process_lock.h"
#include "core/store/store.h"
#include "core/worker/worker_pool.h"

namespace roadmap::app {

// Everything but HTTP: ledger, store, workers and Google Sheets, as one configuration says. Holds the
// ledger's process lock while it lives. Thread safety: constructor, start, drain and destructor from one
// thread; the rest from any.
class Engine {
 public:
  // Takes the lock, opens and migrates the database, queues again what another boot left running. Throws
  // Error: the ledger is in use, cannot be opened, or the credentials are not usable. Nothing runs yet.
  // `own_assistant`, which outlives the engine, stands in where the configuration names no language model.
  Engine(Config config, Log& log, const Clock& clock, Assistant* own_assistant = nullptr);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void start();
  // Takes no further runs, lets running ones go on for at most the configured time, puts the rest back to
  // queued; what is left of that time goes to the run log's last lines. Blocks.
  void drain();
  // Ends a drain under way at once. From another thread than drain().
  void hurry();

  // Records a run of the request, ordered by the spreadsheets that it works on.
  EnqueueResult enqueue(const ActionRequest& request, const std::string& idempotency_key);

  const Config& config() const { return config_; }
  const Settings& settings() const { return settings_; }
  const std::string& boot_id() const { return boot_id_; }
  Metrics& metrics() { return metrics_; }
  const Observer& observer() const { return observer_; }
  ProcessLock& lock() { return lock_; }
  Database& database() { return database_; }
  Ledger& ledger() { return ledger_; }
  Store& store() { return store_; }
  SheetsAccess& sheets() { return sheets_; }
  const WorkerPool& workers() const { return workers_; }

 private:
  RunResult execute(const ActionRun& run, const RunControl& control, RunReporter& reporter);
  void keep_house(const std::stop_token& stop);
  void prune_old_runs(const std::stop_token& stop);

  const Config config_;
  const Settings settings_;
  Log& log_;
  const Clock& clock_;
  const std::string boot_id_;
  Metrics metrics_;
  Observer observer_;
  ProcessLock lock_;
  Database database_;
  Store store_;
  Ledger ledger_;
  SheetsAccess sheets_;
  std::unique_ptr<RunLog> run_log_;       // none unless a tab is configured for it
  const std::shared_ptr<Assistant> llm_;  // none unless it is configured
  Assistant* const own_assistant_;
  WorkerPool workers_;

  std::mutex housekeeping_mutex_;
  std::condition_variable_any housekeeping_;
  std::jthread housekeeper_;
};

}  // namespace roadmap::app
