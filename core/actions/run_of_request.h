#pragma once

#include <string>

#include "core/ledger/action_run.h"
#include "core/run/action_request.h"
#include "core/run/settings.h"

namespace roadmap {

// The run of a request as the ledger records it, with the spreadsheets that it will hold. An empty
// `idempotency_key` is none.
NewRun run_of_request(const ActionRequest& request, const Settings& settings, std::string idempotency_key);

// "12 initiatives", "all", "status == new, dry run": for lists of runs.
std::string scope_summary(const ActionRequest& request);

}  // namespace roadmap
