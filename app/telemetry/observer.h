#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "app/telemetry/log.h"
#include "app/telemetry/metrics.h"
#include "core/clock.h"
#include "core/run/run_control.h"
#include "sheets_client/call_observer.h"

namespace roadmap::app {

// Tells the log and the metrics what runs and calls to Google do. Thread-safe.
class Observer : public RunObserver, public sheets::CallObserver {
 public:
  // All outlive the observer.
  Observer(Log& log, Metrics& metrics, const Clock& clock) : log_(log), metrics_(metrics), clock_(clock) {}

  void run_started(std::string_view run_id, std::string_view action, int attempt) override;
  void step(std::string_view run_id, std::string_view action, std::string_view step,
            std::chrono::milliseconds previous_step_took) override;
  void note(std::string_view run_id, std::string_view action, std::string_view message) override;
  void run_finished(std::string_view run_id, std::string_view action, std::string_view status,
                    std::chrono::milliseconds took, std::string_view error) override;

  void call_finished(const sheets::CallReport& report) override;
  void token_refreshed(sheets::TokenRefresh outcome, std::chrono::milliseconds took) override;

  struct TokenFetch {
    UtcTime at{};
    bool issued = false;
  };
  // nullopt: none was fetched yet.
  std::optional<TokenFetch> last_token_fetch() const;

 private:
  struct Step {
    std::string name;
    std::chrono::steady_clock::time_point begun;
  };

  Log& log_;
  Metrics& metrics_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Step, std::less<>> step_of_run_;  // of the runs under way
  std::optional<TokenFetch> token_fetch_;
};

}  // namespace roadmap::app
