#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/actions/action_request_json.h"
#include "core/actions/run_of_request.h"
#include "core/ledger/ledger.h"
#include "core/store/database.h"
#include "test/fakes/temporary_folder.h"

namespace roadmap::test {

// Wall time that moves when told to, from any thread; steady time is real, as waits are.
class SettableClock : public Clock {
 public:
  UtcTime now() const override { return UtcTime(std::chrono::milliseconds(millis_.load())); }
  std::chrono::steady_clock::time_point steady_now() const override {
    return std::chrono::steady_clock::now();
  }
  void advance(std::chrono::milliseconds by) { millis_ += by.count(); }

 private:
  std::atomic<std::int64_t> millis_{from_iso8601("2026-01-02T03:04:05Z").time_since_epoch().count()};
};

inline ActionRequest request_for(const std::string& key, const std::string& action = "pm.save_selected") {
  ActionRequest request;
  request.action = action;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = {key};
  request.sheet_context = SheetContext{"book", "Backlog"};
  request.requested_by = {"apps_script", "pm@example.com"};
  return request;
}

// The request as a run that holds these spreadsheets.
inline NewRun run_of(const ActionRequest& request, const std::string& spreadsheet_id,
                     const std::string& idempotency_key = {}, std::vector<std::string> also_holds = {}) {
  NewRun run = run_of_request(request, Settings{}, idempotency_key);
  run.held = std::move(also_holds);
  if (!spreadsheet_id.empty()) run.held.insert(run.held.begin(), spreadsheet_id);
  return run;
}

// A ledger on a file; restart() is what a killed process leaves to the next one.
class OpenLedger {
 public:
  explicit OpenLedger(LedgerOptions options = {}) : options_(options) { open(); }

  void restart() {
    ledger_.reset();
    database_.reset();
    ++boot_;
    open();
  }

  Ledger& operator*() { return *ledger_; }
  Ledger* operator->() { return ledger_.get(); }
  Database& database() { return *database_; }
  SettableClock& clock() { return clock_; }

  std::string enqueue(const std::string& key, const std::string& spreadsheet_id = "book") {
    return ledger_->enqueue(run_of(request_for(key), spreadsheet_id)).run_id;
  }
  RunStatus status(const std::string& run_id) { return ledger_->find(run_id).value().status; }

 private:
  void open() {
    DatabaseOptions options;
    options.path = folder_ / "roadmap.db";
    database_ = std::make_unique<Database>(std::move(options));
    ledger_ = std::make_unique<Ledger>(*database_, clock_, options_, "boot-" + std::to_string(boot_));
  }

  TemporaryFolder folder_;
  SettableClock clock_;
  LedgerOptions options_;
  int boot_ = 1;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace roadmap::test
