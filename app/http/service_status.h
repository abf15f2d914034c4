#pragma once

#include <optional>
#include <string>

#include "app/telemetry/metrics.h"
#include "app/telemetry/observer.h"
#include "core/clock.h"

namespace roadmap::app {

// What GET /status tells beside the settings.
struct ServiceStatus {
  Metrics::Levels levels;
  UtcTime started_at{};
  std::string account;  // whom people share their sheets with
  std::optional<Observer::TokenFetch> token;
  bool has_workspace = false;  // serves the page /workspace
};

}  // namespace roadmap::app
