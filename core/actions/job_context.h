#pragma once

#include <string>

#include "core/actions/action_request.h"
#include "core/clock.h"
#include "core/run_control.h"
#include "core/settings.h"
#include "core/sheets_gateway.h"
#include "core/store/store.h"
#include "core/worker/worker_pool.h"

namespace roadmap {

// What a handler works with: one run's request and the product's services. Lives on the run's thread.
class JobContext {
 public:
  const ActionRequest& request;
  const Settings& settings;
  SheetsGateway& sheets;
  Store& store;
  const Clock& clock;
  const RunControl& control;
  RunReporter& reporter;
  int steps_total = 1;
  int steps_done = 0;

  // Says where the job is; throws RunStopped when it must stop here.
  void step(std::string name, std::string label);
};

}  // namespace roadmap
