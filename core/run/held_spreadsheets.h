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
  kIntakeWorkbooks = 1,
  kBacklogWorkbooks = 2,
  kProductOpsWorkbook = 4
};

// What of them it works on.
enum class WorksOn : std::uint8_t {
  kWorkbooks,            // its workbooks, wherever the PM stands
  kSelectedRows,         // the rows that a PM selected, where the PM stands and in no other spreadsheet
  kSelectedInitiatives,  // the initiatives that a PM selected, in its workbooks
};

// How far an action reaches.
struct ActionReach {
  std::uint8_t workbooks = kNoWorkbook;  // WorkbookBits
  WorksOn works_on = WorksOn::kWorkbooks;
  bool needs_selection() const { return works_on != WorksOn::kWorkbooks; }
};

// The spreadsheets that a run works on, each once: runs that share one go one after the other. Those of the
// request's context and of the workbooks that its action touches; a job on selected rows touches the
// spreadsheet that the PM stands on and no other. The first is the main one.
std::vector<std::string> held_spreadsheets(const ActionRequest& request, const Settings& settings,
                                           ActionReach reach);

}  // namespace roadmap
