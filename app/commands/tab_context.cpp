#include "app/commands/tab_context.h"

#include <fmt/format.h>
#include <strings.h>

#include <vector>

#include "core/errors.h"
#include "core/fields/text.h"

namespace roadmap::app {
namespace {

// Every configured tab, those that PMs stand on first.
std::vector<SheetContext> configured_tabs(const Settings& settings) {
  std::vector<SheetContext> tabs;
  for (const BacklogSettings& backlog : settings.backlogs)
    tabs.push_back({backlog.layout.spreadsheet_id, backlog.layout.tab});
  const ProductOpsSettings& ops = settings.product_ops;
  if (!ops.spreadsheet_id.empty()) {
    for (const std::string* tab : {&ops.scoring_inputs_tab, &ops.mathmodels_tab, &ops.params_tab})
      tabs.push_back({ops.spreadsheet_id, *tab});
  }
  for (const IntakeSettings& intake : settings.intakes) {
    for (const IntakeTabSettings& tab : intake.tabs)
      tabs.push_back({intake.spreadsheet_id, tab.layout.tab});
  }
  return tabs;
}

}  // namespace

SheetContext context_of_tab(const std::string& tab, const Settings& settings) {
  const std::vector<SheetContext> tabs = configured_tabs(settings);
  std::vector<std::string_view> names;
  for (const SheetContext& known : tabs) {
    if (::strcasecmp(known.tab.c_str(), tab.c_str()) == 0) return known;
    names.push_back(known.tab);
  }
  throw Error("usage",
              fmt::format("--tab {}: no such tab is configured; there are {}", tab, spoken_list(names)));
}

}  // namespace roadmap::app
