#pragma once

#include <vector>

#include "core/setup/setup_plan.h"
#include "core/setup/wanted_workbooks.h"
#include "core/setup/workbook_state.h"
#include "sheets_client/api_caller.h"
#include "sheets_client/spreadsheet_directory.h"

namespace sheets {

// Looks at whole workbooks, and changes them as a set-up plan says.
// Thread safety: safe to call from many threads; no state of its own.
class WorkbookSetup {
 public:
  WorkbookSetup(ApiCaller& api, SpreadsheetDirectory& directory) : api_(api), directory_(directory) {}

  // As GoogleSheets's functions of the same names.
  roadmap::WorkbookState survey(const roadmap::WantedWorkbook& wanted, const roadmap::RunControl& control);
  void apply(const roadmap::WorkbookPlan& plan, const roadmap::RunControl& control);

 private:
  std::vector<roadmap::TabState> read_tabs(const SpreadsheetInfo& info,
                                           const std::vector<roadmap::WantedTab>& tabs,
                                           const roadmap::RunControl& control);

  ApiCaller& api_;
  SpreadsheetDirectory& directory_;
};

}  // namespace sheets
