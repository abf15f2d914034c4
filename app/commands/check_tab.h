#pragma once

#include "app/commands/check_report.h"
#include "core/setup/wanted_workbooks.h"
#include "core/setup/workbook_state.h"

namespace roadmap::app {

// Says how a configured tab stands: there or not, its header row, columns that are missing, double or without
// protection. One line each. Only what keeps runs from working must be fixed.
void check_tab(const WantedTab& wanted, const TabSurvey& survey, CheckReport& report);

}  // namespace roadmap::app
