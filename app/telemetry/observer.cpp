#include "app/telemetry/observer.h"

#include <fmt/format.h>

#include <utility>

namespace roadmap::app {
namespace {

LogValue milliseconds(std::chrono::milliseconds duration) { return duration.count(); }

}  // namespace

void Observer::run_started(std::string_view run_id, std::string_view action, int attempt) {
  const LogRunScope scope{std::string(run_id), std::string(action)};
  log_.info("run started", {{"attempt", attempt}});
}

void Observer::step(std::string_view run_id, std::string_view action, std::string_view step,
                    std::chrono::milliseconds previous_step_took) {
  std::string previous;
  {
    const std::lock_guard lock(mutex_);
    Step& current = step_of_run_[std::string(run_id)];
    previous = std::exchange(current.name, std::string(step));
    current.begun = clock_.steady_now();
  }
  if (!previous.empty()) metrics_.step_ended(action, previous, previous_step_took);
  const LogRunScope scope{std::string(run_id), std::string(action)};
  log_.debug("step", {{"step", step}, {"previous_ms", milliseconds(previous_step_took)}});
}

void Observer::note(std::string_view run_id, std::string_view action, std::string_view message) {
  const LogRunScope scope{std::string(run_id), std::string(action)};
  log_.info(message);
}

void Observer::run_finished(std::string_view run_id, std::string_view action, std::string_view status,
                            std::chrono::milliseconds took, std::string_view error) {
  Step last;
  {
    const std::lock_guard lock(mutex_);
    const auto found = step_of_run_.find(run_id);
    if (found != step_of_run_.end()) {
      last = std::move(found->second);
      step_of_run_.erase(found);
    }
  }
  if (!last.name.empty()) {
    metrics_.step_ended(
        action, last.name,
        std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady_now() - last.begun));
  }
  metrics_.run_ended(action, status, took);
  const LogRunScope scope{std::string(run_id), std::string(action)};
  if (status == "failed") {
    log_.error("run finished", {{"status", status}, {"ms", milliseconds(took)}, {"error", error}});
  } else {
    log_.info("run finished", {{"status", status}, {"ms", milliseconds(took)}});
  }
}

void Observer::call_finished(const sheets::CallReport& report) {
  const std::string status =
      report.http_status != 0 ? fmt::format("{}", report.http_status) : std::string(report.failure);
  metrics_.sheets_call(report.method, status, report.took, report.limiter_wait);
  if (report.failure.empty()) {
    log_.debug(
        "call to Google",
        {{"method", report.method}, {"status", report.http_status}, {"ms", milliseconds(report.took)}});
    return;
  }
  log_.warn("call to Google failed", {{"method", report.method},
                                      {"spreadsheet_id", report.spreadsheet_id},
                                      {"status", report.http_status},
                                      {"failure", report.failure},
                                      {"try", report.attempt},
                                      {"ms", milliseconds(report.took)}});
  // Google's words may quote a cell.
  log_.debug("what Google said", {{"words", report.message}});
}

void Observer::token_refreshed(sheets::TokenRefresh outcome, std::chrono::milliseconds took) {
  const bool issued = outcome == sheets::TokenRefresh::kIssued;
  {
    const std::lock_guard lock(mutex_);
    token_fetch_ = TokenFetch{clock_.now(), issued};
  }
  metrics_.token_refresh(issued ? "issued" : "failed", took);
  if (issued) {
    log_.debug("access token fetched", {{"ms", milliseconds(took)}});
  } else {
    log_.warn("no access token could be fetched", {{"ms", milliseconds(took)}});
  }
}

std::optional<Observer::TokenFetch> Observer::last_token_fetch() const {
  const std::lock_guard lock(mutex_);
  return token_fetch_;
}

}  // namespace roadmap::app
