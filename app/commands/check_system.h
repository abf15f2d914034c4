#pragma once

#include "app/commands/check_report.h"
#include "app/config/config.h"

namespace roadmap::app {

// Whether there is a secret and whether it is strong enough for the address.
void check_secret(const Config& config, CheckReport& report);

// Whether the ledger's folder takes files and has room, and whether the ledger itself can be read. Changes
// nothing.
void check_ledger(const Config& config, CheckReport& report);

// Whether the assistant is configured, and with what. Calls nobody.
void check_assistant(const Config& config, const Environment& environment, CheckReport& report);

}  // namespace roadmap::app
