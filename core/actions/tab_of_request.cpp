#include "core/actions/tab_of_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/fields/text.h"

namespace roadmap {
namespace {

// The request's spreadsheet where it stands in for the configured ones: it is none of them, and that is
// allowed. nullptr: the configured ones count. Throws Error where it is not allowed.
const std::string* stand_in(const JobContext& job) {
  const auto& context = job.request.sheet_context;
  if (!context || context->spreadsheet_id.empty()) return nullptr;
  if (job.settings.knows_spreadsheet(context->spreadsheet_id)) return nullptr;
  if (job.settings.allow_any_spreadsheet) return &context->spreadsheet_id;
  throw Error("unknown_spreadsheet", fmt::format("Spreadsheet '{}' is not one of the configured workbooks.",
                                                 context->spreadsheet_id));
}

const TabLayout& checked(const TabLayout& layout) {
  if (!layout.spreadsheet_id.empty()) return layout;
  throw Error("no_product_ops",
              "No Product Ops workbook is configured. Set product_ops.spreadsheet_id in the configuration.");
}

// Every configured tab that the job supports, in configured order.
std::vector<TabOfRequest> configured_tabs(const Settings& settings, const std::vector<Tab>& supported) {
  std::vector<TabOfRequest> tabs;
  const auto add = [&](Tab tab, const TabLayout& layout) {
    const bool usable = !layout.spreadsheet_id.empty() && !layout.tab.empty();
    if (usable && std::find(supported.begin(), supported.end(), tab) != supported.end())
      tabs.push_back({tab, layout});
  };
  for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams})
    add(tab, settings.product_ops.layout_of(tab));
  for (const BacklogSettings& backlog : settings.backlogs)
    add(Tab::kBacklog, backlog.layout);
  return tabs;
}

std::string names_of(const std::vector<TabOfRequest>& tabs) {
  std::string names;
  for (const TabOfRequest& place : tabs)
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", place.layout.tab);
  return names.empty() ? "none" : names;
}

// A backlog whose tab was renamed, as long as the name still says what it is.
std::optional<TabOfRequest> renamed_backlog(JobContext& job, const std::vector<TabOfRequest>& tabs,
                                            const std::string& tab) {
  if (lower(tab).find("backlog") == std::string::npos) return std::nullopt;
  for (const TabOfRequest& place : tabs) {
    if (place.tab != Tab::kBacklog) continue;
    const auto reads = job.read_tabs(place.layout.spreadsheet_id, {place.layout.tab, tab});
    if (reads[0].grid || !reads[1].grid) continue;
    TabOfRequest renamed = place;
    renamed.layout.tab = reads[1].grid->title;
    return renamed;
  }
  return std::nullopt;
}

}  // namespace

TabOfRequest find_tab_of_request(JobContext& job, const std::vector<Tab>& supported) {
  std::vector<TabOfRequest> tabs = configured_tabs(job.settings, supported);
  const auto& context = job.request.sheet_context;
  if (!context) {
    if (tabs.empty()) throw Error("unknown_tab", "No workbook is configured for this job.");
    return tabs.front();
  }
  if (const std::string* other = stand_in(job)) {
    for (TabOfRequest& place : tabs)
      place.layout.spreadsheet_id = *other;
  }
  std::vector<TabOfRequest> here = tabs;
  std::erase_if(here,
                [&](const TabOfRequest& b) { return b.layout.spreadsheet_id != context->spreadsheet_id; });
  for (const TabOfRequest& place : here) {
    if (place.layout.tab == context->tab) return place;
  }
  for (const TabOfRequest& place : here) {
    if (lower(place.layout.tab) == lower(context->tab)) return place;
  }
  if (auto renamed = renamed_backlog(job, here, context->tab)) return *renamed;
  throw Error("unknown_tab", fmt::format("Tab '{}' is not one that this job works on; the tabs are {}.",
                                         context->tab, names_of(here.empty() ? tabs : here)));
}

TabLayout configured_product_ops(const JobContext& job, Tab tab) {
  stand_in(job);
  return checked(job.settings.product_ops.layout_of(tab));
}

TabLayout product_ops_layout(const JobContext& job, Tab tab) {
  TabLayout layout = job.settings.product_ops.layout_of(tab);
  if (const std::string* other = stand_in(job)) layout.spreadsheet_id = *other;
  return checked(layout);
}

}  // namespace roadmap
