#pragma once

#include "app/commands/check_report.h"
#include "app/config/config.h"

namespace roadmap::app {

// Credentials, this machine's clock, and each configured workbook: reachable, its tabs, their headers. Blocks
// for a few calls to Google; writes nothing.
void check_sheets(const Config& config, CheckReport& report);

}  // namespace roadmap::app
