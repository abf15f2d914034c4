#include "core/run/held_spreadsheets.h"

#include <algorithm>

namespace roadmap {
namespace {

void add_backlogs(HeldSpreadsheets& held, const ActionRequest& request, const Settings& settings) {
  for (const BacklogSettings& backlog : settings.backlogs) {
    const bool meant = !request.options.product_org || *request.options.product_org == backlog.product_org;
    if (meant) held.add(backlog.layout.spreadsheet_id);
  }
}

}  // namespace

void HeldSpreadsheets::add(const std::string& spreadsheet_id) {
  if (spreadsheet_id.empty() || spreadsheet_id == main) return;
  if (main.empty()) {
    main = spreadsheet_id;
  } else if (std::find(others.begin(), others.end(), spreadsheet_id) == others.end()) {
    others.push_back(spreadsheet_id);
  }
}

std::vector<std::string> HeldSpreadsheets::all() const {
  std::vector<std::string> ids = others;
  if (!main.empty()) ids.insert(ids.begin(), main);
  return ids;
}

HeldSpreadsheets held_spreadsheets(const ActionRequest& request, const Settings& settings,
                                   ActionReach reach) {
  HeldSpreadsheets held;
  if (request.sheet_context) held.add(request.sheet_context->spreadsheet_id);
  if (reach.works_on == WorksOn::kSelectedRows && !held.main.empty()) return held;
  // The workbook that is written first: intake flows into the backlog, everything else into Product Ops.
  if ((reach.workbooks & kBacklogWorkbooks) != 0) add_backlogs(held, request, settings);
  if ((reach.workbooks & kProductOpsWorkbook) != 0) held.add(settings.product_ops.spreadsheet_id);
  if ((reach.workbooks & kIntakeWorkbooks) != 0) {
    for (const IntakeSettings& intake : settings.intakes)
      held.add(intake.spreadsheet_id);
  }
  return held;
}

}  // namespace roadmap
