#pragma once

#include "app/process/stop_signals.h"
#include "app/serve/service.h"

namespace roadmap::app {

// Blocks until a signal or a failure, then drains the service. A second signal ends the drain at once.
// Returns the exit code.
int serve_until_stopped(Service& service, StopSignals& signals);

}  // namespace roadmap::app
