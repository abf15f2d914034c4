#include "core/run/settings.h"

#include <utility>

#include <algorithm>

namespace roadmap {

TabLayout ProductOpsSettings::layout_of(Tab tab) const {
  std::string name;
  if (tab == Tab::kScoringInputs) name = scoring_inputs_tab;
  if (tab == Tab::kMathModels) name = mathmodels_tab;
  if (tab == Tab::kParams) name = params_tab;
  return {spreadsheet_id, std::move(name), header_row, first_data_row};
}

const BacklogSettings* Settings::backlog_for(const std::string& product_org) const {
  if (product_org.empty()) return backlogs.empty() ? nullptr : &backlogs.front();
  const auto found = std::find_if(backlogs.begin(), backlogs.end(), [&](const BacklogSettings& backlog) {
    return backlog.product_org == product_org;
  });
  return found == backlogs.end() ? nullptr : &*found;
}

bool Settings::knows_spreadsheet(const std::string& spreadsheet_id) const {
  if (spreadsheet_id.empty()) return false;
  if (product_ops.spreadsheet_id == spreadsheet_id) return true;
  for (const BacklogSettings& backlog : backlogs) {
    if (backlog.layout.spreadsheet_id == spreadsheet_id) return true;
  }
  return std::any_of(intakes.begin(), intakes.end(),
                     [&](const IntakeSettings& intake) { return intake.spreadsheet_id == spreadsheet_id; });
}

}  // namespace roadmap
