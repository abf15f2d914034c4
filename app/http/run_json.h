#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/http/failure_reasons.h"
#include "core/ledger/action_run.h"

namespace roadmap::app {

// A run as GET /actions/run/{run_id} answers it.
std::string run_json(const ActionRun& run);

// A run as lists show it: with the summary of its result, without the rows. `failures` nullopt: not read yet.
std::string listed_run_json(const ActionRun& run, const std::optional<std::vector<FailureReason>>& failures);

// What the ledger holds of a run beside it: the exact request, and its events.
std::string run_record_json(const ActionRun& run, const std::vector<RunEvent>& events);

}  // namespace roadmap::app
