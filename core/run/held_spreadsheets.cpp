#include "core/run/held_spreadsheets.h"

#include <algorithm>

namespace roadmap {

std::vector<std::string> held_spreadsheets(const ActionRequest& request, const Settings& settings,
                                           ActionReach reach) {
  std::vector<std::string> held;
  const auto hold = [&](const std::string& spreadsheet_id) {
    const bool known = std::find(held.begin(), held.end(), spreadsheet_id) != held.end();
    if (!spreadsheet_id.empty() && !known) held.push_back(spreadsheet_id);
  };
  if (request.sheet_context) hold(request.sheet_context->spreadsheet_id);
  if (reach.works_on == WorksOn::kSelectedRows && !held.empty()) return held;
  // The workbook that is written first: intake flows into the backlog, everything else into Product Ops.
  if ((reach.workbooks & kBacklogWorkbooks) != 0) {
    for (const BacklogSettings& backlog : settings.backlogs) {
      if (request.options.product_org.value_or(backlog.product_org) == backlog.product_org)
        hold(backlog.layout.spreadsheet_id);
    }
  }
  if ((reach.workbooks & kProductOpsWorkbook) != 0) hold(settings.product_ops.spreadsheet_id);
  if ((reach.workbooks & kIntakeWorkbooks) != 0) {
    for (const IntakeSettings& intake : settings.intakes)
      hold(intake.spreadsheet_id);
  }
  return held;
}

}  // namespace roadmap
