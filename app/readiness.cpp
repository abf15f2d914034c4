#include "app/readiness.h"

namespace roadmap::app {

std::vector<ReadinessCheck> Readiness::checks() {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.steady_now();
  if (kept_.empty() || now - kept_at_ >= kKeptFor) {
    kept_ = {
        {"ledger", ledger_problem()}, {"worker", worker_problem()}, {"credentials", credentials_problem()}};
    kept_at_ = clock_.steady_now();
  }
  return kept_;
}

std::string Readiness::ledger_problem() {
  try {
    engine_.database().write([](SqlConnection&) {});  // BEGIN IMMEDIATE and COMMIT: the file takes writes
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

std::string Readiness::worker_problem() const {
  return engine_.workers().alive() ? "" : "The worker threads are not running; restart the service.";
}

std::string Readiness::credentials_problem() {
  try {
    RunControl control;
    control.deadline = clock_.steady_now() + kTokenTimeout;
    engine_.sheets().tokens().token(control);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace roadmap::app
