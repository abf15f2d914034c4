#include "core/run/held_spreadsheets.h"

#include <algorithm>

namespace roadmap {
namespace {

void add(HeldSpreadsheets& held, const std::string& spreadsheet_id) {
  if (spreadsheet_id.empty() || spreadsheet_id == held.main) return;
  if (held.main.empty()) {
    held.main = spreadsheet_id;
  } else if (std::find(held.others.begin(), held.others.end(), spreadsheet_id) == held.others.end()) {
    held.others.push_back(spreadsheet_id);
  }
}

void add_backlogs(HeldSpreadsheets& held, const ActionRequest& request, const Settings& settings) {
  for (const BacklogSettings& backlog : settings.backlogs) {
    const bool meant = !request.options.product_org || *request.options.product_org == backlog.product_org;
    if (meant) add(held, backlog.layout.spreadsheet_id);
  }
}

}  // namespace

HeldSpreadsheets held_spreadsheets(const ActionRequest& request, const Settings& settings,
                                   ActionReach reach) {
  HeldSpreadsheets held;
  if (request.sheet_context) add(held, request.sheet_context->spreadsheet_id);
  if (reach.works_on == WorksOn::kSelectedRows && !held.main.empty()) return held;
  // The workbook that is written first: intake flows into the backlog, everything else into Product Ops.
  if ((reach.workbooks & kBacklogWorkbooks) != 0) add_backlogs(held, request, settings);
  if ((reach.workbooks & kProductOpsWorkbook) != 0) add(held, settings.product_ops.spreadsheet_id);
  if ((reach.workbooks & kIntakeWorkbooks) != 0) {
    for (const IntakeSettings& intake : settings.intakes)
      add(held, intake.spreadsheet_id);
  }
  return held;
}

}  // namespace roadmap
