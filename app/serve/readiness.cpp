#include "app/serve/readiness.h"

#include <fmt/format.h>

#include <filesystem>

namespace roadmap::app {

std::vector<ReadinessCheck> Readiness::checks() {
  std::unique_lock checking(checking_, std::try_to_lock);
  if (!checking.owns_lock()) {
    // Somebody is at it, perhaps for seconds: what was found before will do.
    if (auto before = kept(); !before.empty()) return before;
    checking.lock();
  }
  if (!is_fresh()) {
    std::vector<ReadinessCheck> found = {{"ledger", ledger_problem()},
                                         {"worker", engine_.workers().problem()},
                                         {"credentials", credentials_problem()}};
    const std::lock_guard lock(mutex_);
    kept_ = std::move(found);
    kept_at_ = clock_.steady_now();
  }
  return kept();
}

std::vector<ReadinessCheck> Readiness::kept() const {
  const std::lock_guard lock(mutex_);
  return kept_;
}

bool Readiness::is_fresh() const {
  const std::lock_guard lock(mutex_);
  return !kept_.empty() && clock_.steady_now() - kept_at_ < kKeptFor;
}

std::string Readiness::ledger_problem() {
  try {
    engine_.database().try_to_write();
    if (const auto trouble = engine_.database().trouble_within(kTroubleShown))
      return "The database failed within the last minute: " + *trouble;
    return disk_problem();
  } catch (const Error& error) {
    return error.what();
  }
}

// A log that was cut keeps its room: a small write still succeeds when nothing else does.
std::string Readiness::disk_problem() const {
  std::error_code unknown;
  const auto space =
      std::filesystem::space(std::filesystem::absolute(engine_.config().ledger.path).parent_path(), unknown);
  if (unknown || space.available >= kLeastFreeBytes) return "";
  return fmt::format("The disk that holds the database is full: {} KiB are free. Free some space.",
                     space.available / 1024);
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
