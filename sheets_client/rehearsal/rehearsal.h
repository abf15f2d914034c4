#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/run/run_control.h"
#include "sheets_client/google_sheets.h"
#include "sheets_client/rehearsal/assumptions.h"

namespace sheets::rehearsal {

struct Finding {
  const Assumption* assumption = nullptr;
  std::string instead;  // what Google did; empty: as assumed
  bool as_assumed() const { return instead.empty(); }
};

// Tries every assumption on a spreadsheet, each in a tab of its own whose title begins with kTabPrefix, and
// removes those tabs and the marker afterwards, whatever happened; tabs that an earlier rehearsal left, too.
// Nothing else of the spreadsheet is read or written. `client` is tried; `person` is a second connection,
// which edits between its calls. `told` hears of each finding as it is made. Blocks for minutes where
// Google's quota is that of a usual account. Throws SheetsError where the spreadsheet cannot be opened or
// Google does not answer, and RunStopped.
std::vector<Finding> rehearse(GoogleSheets& client, GoogleSheets& person, const std::string& spreadsheet_id,
                              const roadmap::RunControl& control,
                              const std::function<void(const Finding&)>& told);

inline constexpr const char* kTabPrefix = "roadmapd rehearsal: ";

}  // namespace sheets::rehearsal
