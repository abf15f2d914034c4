#pragma once

#include <string>
#include <vector>

#include "core/ledger/action_run.h"

namespace roadmap::app {

// A run's JSON (as GET /actions/run/{run_id} answers it) in words for a terminal, several lines.
std::string describe_run(const std::string& run_json);

// "queued", "running", "success", …; empty when the text is no run.
std::string status_of(const std::string& run_json);

// "[2/4] Writing the backlog": where a run under way stands; empty when it does not say.
std::string progress_of(const std::string& run_json);

// Whether a run in this status changes no more.
bool has_ended(const std::string& status);

// The audit trail, a line an event.
std::string describe_events(const std::vector<RunEvent>& events);

// A table of runs, newest first as given.
std::string describe_runs(const std::vector<ActionRun>& runs);

}  // namespace roadmap::app
