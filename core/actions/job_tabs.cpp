#include "core/actions/job_tabs.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/fields/registry.h"
#include "core/fields/text.h"

namespace roadmap {
namespace {

using MadeTable = std::variant<SheetTable, std::string>;  // or the sentence that says why there is none

// Reads tabs of one spreadsheet with one call. Parallel to `wanted`.
std::vector<MadeTable> read_tables(JobContext& job, const std::vector<TabToRead>& wanted) {
  std::vector<std::string> names;
  names.reserve(wanted.size());
  for (const TabToRead& tab : wanted)
    names.push_back(tab.layout.tab);
  std::vector<TabRead> reads = job.read_tabs(wanted.front().layout.spreadsheet_id, names);
  std::vector<MadeTable> tables;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!reads[i].grid) {
      tables.emplace_back(std::move(reads[i].problem));
      continue;
    }
    std::vector<FieldId> required = {fields::key()};
    required.insert(required.end(), wanted[i].needs.begin(), wanted[i].needs.end());
    auto made = SheetTable::make(wanted[i].tab, wanted[i].layout, std::move(*reads[i].grid),
                                 job.settings.date_order, required);
    if (auto* table = std::get_if<SheetTable>(&made)) {
      tables.emplace_back(std::move(*table));
    } else {
      tables.emplace_back(std::get<HeaderProblem>(std::move(made)).message);
    }
  }
  return tables;
}

[[noreturn]] void throw_unusable(const FailedSource& source) {
  throw Error("tab_unusable", source.reason,
              fmt::format("spreadsheet {}, tab {}", source.spreadsheet_id, source.tab));
}

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

TabToRead product_ops_tab(const JobContext& job, const std::string& spreadsheet_id, Tab tab,
                          std::vector<FieldId> needs) {
  TabLayout layout = job.settings.product_ops.layout_of(tab);
  layout.spreadsheet_id = spreadsheet_id;
  return {tab, std::move(layout), std::move(needs)};
}

void JobTabs::read(JobContext& job) {
  if (wanted.empty()) return;
  std::vector<MadeTable> made = read_tables(job, wanted);
  usable.clear();
  warnings.clear();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const TabLayout& layout = wanted[i].layout;
    if (auto* table = std::get_if<SheetTable>(&made[i])) {
      usable.emplace(wanted[i].tab, std::move(*table));
    } else if (wanted[i].optional) {
      warnings.push_back(std::get<std::string>(std::move(made[i])));
    } else {
      throw_unusable({layout.spreadsheet_id, layout.tab, std::get<std::string>(made[i])});
    }
  }
  if (check) check();
}

const SheetTable* JobTabs::find(Tab tab) const {
  const auto found = usable.find(tab);
  return found == usable.end() ? nullptr : &found->second;
}

std::vector<SheetTable*> JobTabs::tables() {
  std::vector<SheetTable*> tables;
  for (auto& [tab, table] : usable)
    tables.push_back(&table);
  return tables;
}

void IntakeRead::read(JobContext& job) {
  std::map<std::string, std::vector<const IntakeTabSettings*>> tabs_of;  // by spreadsheet
  std::vector<std::string> spreadsheets;                                 // in configured order
  for (const IntakeSettings& intake : job.settings.intakes) {
    for (const IntakeTabSettings& tab : intake.tabs) {
      if (!tab.active) continue;
      auto& tabs = tabs_of[intake.spreadsheet_id];
      if (tabs.empty()) spreadsheets.push_back(intake.spreadsheet_id);
      tabs.push_back(&tab);
    }
  }
  if (spreadsheets.empty()) {
    throw Error("no_intake",
                "No active intake tab is configured. Add one under [[intake]] in the configuration.");
  }
  sources.clear();
  failed.clear();
  for (const std::string& spreadsheet : spreadsheets) {
    const auto& tabs = tabs_of[spreadsheet];
    std::vector<TabToRead> wanted;
    for (const IntakeTabSettings* tab : tabs)
      wanted.push_back({Tab::kIntake, tab->layout, {fields::title()}});
    std::vector<MadeTable> made = read_tables(job, wanted);
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      if (const auto* reason = std::get_if<std::string>(&made[i])) {
        failed.push_back({spreadsheet, tabs[i]->layout.tab, *reason});
      } else {
        sources.push_back({tabs[i], std::get<SheetTable>(std::move(made[i]))});
      }
    }
  }
  if (sources.empty()) throw_unusable(failed.front());
}

std::vector<SheetTable*> IntakeRead::tables() {
  std::vector<SheetTable*> tables;
  for (IntakeSource& source : sources)
    tables.push_back(&source.table);
  return tables;
}

BacklogReads read_backlogs(JobContext& job) {
  std::vector<const BacklogSettings*> wanted;
  if (job.request.options.product_org) {
    const std::string& org = *job.request.options.product_org;
    if (const BacklogSettings* backlog = job.settings.backlog_for(org)) wanted.push_back(backlog);
    if (wanted.empty())
      throw Error("unknown_product_org", fmt::format("No Central Backlog is configured for '{}'.", org));
  } else {
    for (const BacklogSettings& backlog : job.settings.backlogs)
      wanted.push_back(&backlog);
  }
  if (wanted.empty()) {
    throw Error("no_backlog",
                "No Central Backlog is configured. Add it under [[central_backlog]] in the configuration.");
  }
  BacklogReads result;
  for (const BacklogSettings* backlog : wanted) {
    for_one_backlog(backlog->layout, wanted.size() == 1, result.failed, [&] {
      JobTabs tabs{{{Tab::kBacklog, backlog->layout}}};
      tabs.read(job);
      result.backlogs.push_back({backlog, std::move(tabs.usable.at(Tab::kBacklog))});
    });
  }
  if (result.backlogs.empty()) throw_unusable(result.failed.front());
  return result;
}

}  // namespace roadmap
