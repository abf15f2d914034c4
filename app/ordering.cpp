#include "app/ordering.h"

#include <algorithm>

#include "core/actions/action_registry.h"

namespace roadmap::app {
namespace {

void add(RunSpreadsheets& held, const std::string& spreadsheet_id) {
  if (spreadsheet_id.empty() || spreadsheet_id == held.main) return;
  if (held.main.empty()) {
    held.main = spreadsheet_id;
  } else if (std::find(held.others.begin(), held.others.end(), spreadsheet_id) == held.others.end()) {
    held.others.push_back(spreadsheet_id);
  }
}

void add_backlogs(RunSpreadsheets& held, const ActionRequest& request, const Settings& settings) {
  for (const BacklogSettings& backlog : settings.backlogs) {
    const bool meant = !request.options.product_org || *request.options.product_org == backlog.product_org;
    if (meant) add(held, backlog.layout.spreadsheet_id);
  }
}

}  // namespace

RunSpreadsheets spreadsheets_of(const ActionRequest& request, const Settings& settings) {
  RunSpreadsheets held;
  if (request.sheet_context) add(held, request.sheet_context->spreadsheet_id);
  const ActionSpec* action = find_action(request.action);
  if (action == nullptr || (action->needs_selection && !held.main.empty())) return held;
  // The workbook that is written first: intake flows into the backlog, everything else into Product Ops.
  if ((action->workbooks & kBacklogBooks) != 0) add_backlogs(held, request, settings);
  if ((action->workbooks & kProductOpsBook) != 0) add(held, settings.product_ops.spreadsheet_id);
  if ((action->workbooks & kIntakeBooks) != 0) {
    for (const IntakeSettings& intake : settings.intakes)
      add(held, intake.spreadsheet_id);
  }
  return held;
}

}  // namespace roadmap::app
