#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/http/gate.h"
#include "app/http/route.h"
#include "app/http/run_json.h"
#include "app/telemetry/metrics.h"
#include "app/telemetry/observer.h"
#include "core/clock.h"
#include "core/ledger/ledger.h"
#include "core/run/action_request.h"
#include "core/run/settings.h"
#include "core/store/store.h"

namespace roadmap::app {

// One thing that must work for the service to be of use.
struct ReadinessCheck {
  std::string name;     // "ledger"
  std::string problem;  // empty: fine
};

// What GET /status tells beside the settings.
struct ServiceStatus {
  Metrics::Levels levels;
  UtcTime started_at{};
  std::string account;  // whom people share their sheets with
  std::optional<Observer::TokenFetch> token;
  bool has_workspace = false;  // serves the page /workspace
};

using SheetIdOf =
    std::function<std::optional<std::int64_t>(const std::string& spreadsheet_id, const std::string& tab)>;

// The handlers of the HTTP API. Thread-safe: called from many connections at once. post_run and cancel_run
// block for a commit, get_run with `wait` for the run; the others for no longer than a read of the database.
class Api {
 public:
  // What the handlers work with; everything outlives the Api.
  struct Parts {
    Ledger& ledger;
    const Store& store;
    const Settings& settings;
    Metrics& metrics;
    Gate& gate;
    std::string boot_id;   // tells versions of runs of different processes apart
    int max_waiting = 64;  // requests that may wait for a run at the same time
    // Records a run of the request; an empty key is none. Throws StorageError.
    std::function<EnqueueResult(const ActionRequest& request, const std::string& idempotency_key)> enqueue;
    std::function<std::vector<ReadinessCheck>()> readiness;
    std::function<Metrics::Levels()> levels;
    std::function<ServiceStatus()> status;
    // Google's id of a tab, for links; nullopt until a run has looked at the spreadsheet. Never blocks.
    SheetIdOf sheet_id = {};
  };

  explicit Api(Parts parts) : parts_(std::move(parts)), failure_reasons_(parts_.ledger) {}

  using Handler = net::HttpResponse(const Exchange& exchange);

  // api_runs.cpp
  Handler post_run, get_run, cancel_run, list_runs, count_runs, get_record;

  // api_catalogue.cpp
  Handler list_actions, list_fields, get_openapi;

  // api_initiatives.cpp
  Handler list_initiatives, get_initiative;

  // api_session.cpp
  Handler get_session, log_in, log_out;

  // api_status.cpp
  Handler get_status, get_health, get_readiness, get_metrics;

 private:
  // Blocks until the run changes, the client leaves, the server stops or the time is over.
  void wait_for_change(const std::string& run_id, std::uint64_t seen, std::chrono::milliseconds wait,
                       const net::ClientConnection& connection);
  std::string entity_tag(const std::string& run_id) const;
  // Of all lists and counts of runs: they stay while no run changes.
  std::string runs_tag() const;

  Parts parts_;
  FailureReasons failure_reasons_;
  std::atomic<int> waiting_{0};
};

}  // namespace roadmap::app
