#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "app/http/api.h"
#include "app/serve/engine.h"

namespace roadmap::app {

// Whether an engine can do its work. Thread-safe. Anybody may ask, so that the outcome is kept for a moment:
// questions do not multiply requests for tokens or writes.
class Readiness {
 public:
  Readiness(Engine& engine, const Clock& clock) : engine_(engine), clock_(clock) {}

  // Blocks for a commit and, when there is no token, for its request (a few seconds at most).
  std::vector<ReadinessCheck> checks();

  static constexpr std::chrono::seconds kKeptFor{5};
  static constexpr std::chrono::seconds kTokenTimeout{5};
  static constexpr std::chrono::seconds kTroubleShown{60};
  // What the write-ahead log takes between two checkpoints.
  static constexpr std::uintmax_t kLeastFreeBytes = 4u << 20;

 private:
  std::vector<ReadinessCheck> kept() const;
  bool is_fresh() const;
  std::string ledger_problem();
  std::string disk_problem() const;
  std::string credentials_problem();

  Engine& engine_;
  const Clock& clock_;
  std::mutex checking_;       // one thread looks at a time
  mutable std::mutex mutex_;  // guards what follows; never held while looking
  std::vector<ReadinessCheck> kept_;
  std::chrono::steady_clock::time_point kept_at_{};
};

}  // namespace roadmap::app
