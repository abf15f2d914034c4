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

TabToRead checked(TabToRead place) {
  if (!place.layout.spreadsheet_id.empty()) return place;
  throw Error("no_product_ops",
              "No Product Ops workbook is configured. Set product_ops.spreadsheet_id in the configuration.");
}

// Every configured tab that the job supports, in configured order.
std::vector<TabToRead> configured_tabs(const Settings& settings, const std::vector<Tab>& supported) {
  std::vector<TabToRead> tabs;
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

std::string names_of(const std::vector<TabToRead>& tabs) {
  std::string names;
  for (const TabToRead& place : tabs)
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", place.layout.tab);
  return names.empty() ? "none" : names;
}

// A backlog whose tab was renamed, as long as the name still says what it is.
std::optional<TabToRead> renamed_backlog(JobContext& job, const std::vector<TabToRead>& tabs,
                                         const std::string& tab) {
  if (lower(tab).find("backlog") == std::string::npos) return std::nullopt;
  for (const TabToRead& place : tabs) {
    if (place.tab != Tab::kBacklog) continue;
    const auto reads = job.read_tabs(place.layout.spreadsheet_id, {place.layout.tab, tab});
    if (reads[0].grid || !reads[1].grid) continue;
    TabToRead renamed = place;
    renamed.layout.tab = reads[1].grid->title;
    return renamed;
  }
  return std::nullopt;
}

}  // namespace

TabToRead find_tab_of_request(JobContext& job, const std::vector<Tab>& supported) {
  std::vector<TabToRead> tabs = configured_tabs(job.settings, supported);
  const auto& context = job.request.sheet_context;
  if (!context) {
    if (tabs.empty()) throw Error("unknown_tab", "No workbook is configured for this job.");
    return tabs.front();
  }
  if (const std::string* other = stand_in(job)) {
    for (TabToRead& place : tabs)
      place.layout.spreadsheet_id = *other;
  }
  std::vector<TabToRead> here = tabs;
  std::erase_if(here, [&](const TabToRead& b) { return b.layout.spreadsheet_id != context->spreadsheet_id; });
  for (const TabToRead& place : here) {
    if (place.layout.tab == context->tab) return place;
  }
  for (const TabToRead& place : here) {
    if (lower(place.layout.tab) == lower(context->tab)) return place;
  }
  if (auto renamed = renamed_backlog(job, here, context->tab)) return *renamed;
  throw Error("unknown_tab", fmt::format("Tab '{}' is not one that this job works on; the tabs are {}.",
                                         context->tab, names_of(here.empty() ? tabs : here)));
}

TabToRead configured_product_ops(const JobContext& job, Tab tab) {
  stand_in(job);
  return checked({tab, job.settings.product_ops.layout_of(tab)});
}

TabToRead product_ops_of_request(const JobContext& job, Tab tab) {
  TabToRead place{tab, job.settings.product_ops.layout_of(tab)};
  if (const std::string* other = stand_in(job)) place.layout.spreadsheet_id = *other;
  return checked(std::move(place));
}

}  // namespace roadmap
