#pragma once

#include <string>
#include <vector>

#include "core/ledger/action_run.h"

namespace roadmap::app {

// A run as GET /actions/run/{run_id} answers it.
std::string run_json(const ActionRun& run);

// A run as lists show it: with the summary of its result, without the rows.
std::string listed_run_json(const ActionRun& run);

}  // namespace roadmap::app
