#pragma once

#include <string>
#include <vector>

#include "core/ledger/action_run.h"

namespace roadmap::app {

// A run as GET /actions/run/{run_id} answers it.
std::string run_json(const ActionRun& run);

// A run as lists show it: with the summary of its result, without the rows.
std::string listed_run_json(const ActionRun& run);

// What the ledger holds of a run beside it: the exact request, and its events.
std::string run_record_json(const ActionRun& run, const std::vector<RunEvent>& events);

}  // namespace roadmap::app
