#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/run/action_request.h"
#include "core/run/settings.h"

namespace roadmap {

// Which workbooks an action touches, as bits.
enum WorkbookBits : std::uint8_t {
  kNoWorkbook = 0,
  kIntakeBooks = 1,
  kBacklogBooks = 2,
  kProductOpsBook = 4
};

// How far an action reaches.
struct ActionReach {
  std::uint8_t workbooks = kNoWorkbook;  // WorkbookBits
  bool needs_selection = false;          // works on the rows that a PM selected
  bool beyond_its_tab = false;  // with needs_selection: works on its workbooks, wherever the PM stands
};

// The spreadsheets that a run works on. Runs that share one go one after the other.
struct HeldSpreadsheets {
  std::string main;                 // what lists of runs show; empty: none
  std::vector<std::string> others;  // each once, without main
};

// Those of the request's context and of the workbooks that its action touches. A job on selected rows touches
// the spreadsheet that the PM stands on and no other.
HeldSpreadsheets held_spreadsheets(const ActionRequest& request, const Settings& settings, ActionReach reach);

}  // namespace roadmap
