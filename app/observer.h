#pragma once

#include <map>
#include <mutex>
#include <string>

#include "app/log.h"
#include "app/metrics.h"
#include "core/run_observer.h"
#include "sheets_client/call_observer.h"

namespace roadmap::app {

// Tells the log and the metrics what runs and calls to Google do. Thread-safe.
class Observer : public RunObserver, public sheets::CallObserver {
 public:
  Observer(Log& log, Metrics& metrics) : log_(log), metrics_(metrics) {}

  void run_started(std::string_view run_id, std::string_view action, int attempt) override;
  void step(std::string_view run_id, std::string_view action, std::string_view step,
            std::chrono::milliseconds previous_step_took) override;
  void note(std::string_view run_id, std::string_view action, std::string_view message) override;
  void run_finished(std::string_view run_id, std::string_view action, std::string_view status,
                    std::chrono::milliseconds took, std::string_view error) override;

  void call_finished(const sheets::CallReport& report) override;
  void token_refreshed(sheets::TokenRefresh outcome, std::chrono::milliseconds took) override;

 private:
  Log& log_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> step_of_run_;  // of the runs under way
};

}  // namespace roadmap::app
