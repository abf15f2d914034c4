#pragma once

#include <string>
#include <vector>

#include "core/actions/action_request.h"
#include "core/settings.h"

namespace roadmap::app {

// The spreadsheets that a run works on. Runs that share one go one after the other.
struct RunSpreadsheets {
  std::string main;                 // what lists of runs show; empty: none
  std::vector<std::string> others;  // each once, without main
};

// Those of the request's context and of the workbooks that its action touches. A job on selected rows touches
// the spreadsheet that the PM stands on and no other.
RunSpreadsheets spreadsheets_of(const ActionRequest& request, const Settings& settings);

}  // namespace roadmap::app
