#pragma once

#include "app/service.h"
#include "app/stop_signals.h"

namespace roadmap::app {

// Blocks until a signal or a failure, then drains the service. A second signal ends the drain at once.
// Returns the exit code.
int serve_until_stopped(Service& service, StopSignals& signals);

}  // namespace roadmap::app
