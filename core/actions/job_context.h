#pragma once

#include <string>

#include "core/clock.h"
#include "core/llm/assistant.h"
#include "core/run/action_request.h"
#include "core/run/run_control.h"
#include "core/run/run_progress.h"
#include "core/run/settings.h"
#include "core/run/sheets_gateway.h"
#include "core/store/store.h"

namespace roadmap {

// What a handler works with: one run's request and the product's services, all owned by the caller and
// outliving the job. Used on the run's own thread only.
class JobContext {
 public:
  JobContext(const ActionRequest& job_request, const Settings& job_settings, SheetsGateway& gateway,
             Store& job_store, const Clock& job_clock, const RunControl& run_control,
             RunReporter& run_reporter, Assistant* language_model = nullptr)
      : request(job_request),
        settings(job_settings),
        sheets(gateway),
        store(job_store),
        clock(job_clock),
        control(run_control),
        reporter(run_reporter),
        assistant(language_model) {}

  const ActionRequest& request;
  const Settings& settings;
  SheetsGateway& sheets;
  Store& store;
  const Clock& clock;
  const RunControl& control;
  RunReporter& reporter;
  Assistant* const assistant;  // nullptr: none is configured

  // How many steps the progress bar has; set by the handler before its first step.
  void expect_steps(int total) { steps_total_ = total; }
  // Says where the job is now. Throws RunStopped when it must stop here.
  void step(std::string name, std::string label);
  bool dry_run() const { return request.options.dry_run; }

 private:
  int steps_total_ = 1;
  int steps_begun_ = 0;
};

}  // namespace roadmap
