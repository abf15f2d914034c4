#include "core/actions/read_tabs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/fields/registry.h"

namespace roadmap {
namespace {

// A table, or the sentence that says why there is none.
std::variant<SheetTable, std::string> to_table(const JobContext& job, const TabToRead& tab, TabRead read) {
  if (!read.grid) return read.problem;
  std::vector<FieldId> required = {fields::key()};
  required.insert(required.end(), tab.needs.begin(), tab.needs.end());
  auto made = SheetTable::make(tab.tab, tab.layout, std::move(*read.grid), job.settings.date_order, required);
  if (const auto* problem = std::get_if<HeaderProblem>(&made)) return problem->message;
  return std::get<SheetTable>(std::move(made));
}

[[noreturn]] void throw_unusable(const FailedSource& source) {
  throw Error("tab_unusable", source.reason,
              fmt::format("spreadsheet {}, tab {}", source.spreadsheet_id, source.tab));
}

}  // namespace

SheetTable read_tab(JobContext& job, const TabToRead& tab) {
  std::vector<TabRead> reads = job.read_tabs(tab.layout.spreadsheet_id, {tab.layout.tab});
  auto made = to_table(job, tab, std::move(reads.front()));
  if (const auto* reason = std::get_if<std::string>(&made))
    throw_unusable({tab.layout.spreadsheet_id, tab.layout.tab, *reason});
  return std::get<SheetTable>(std::move(made));
}

std::optional<SheetTable>& ProductOpsTables::table(Tab tab) {
  if (tab == Tab::kMathModels) return math_models;
  if (tab == Tab::kParams) return params;
  return scoring_inputs;
}

ProductOpsTables read_product_ops(JobContext& job, const std::vector<TabToRead>& tabs,
                                  const std::vector<Tab>& required) {
  ProductOpsTables result;
  const std::string& spreadsheet = tabs.front().layout.spreadsheet_id;
  std::vector<std::string> names;
  names.reserve(tabs.size());
  for (const TabToRead& tab : tabs)
    names.push_back(tab.layout.tab);
  std::vector<TabRead> reads = job.read_tabs(spreadsheet, names);
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    auto made = to_table(job, tabs[i], std::move(reads[i]));
    if (auto* table = std::get_if<SheetTable>(&made)) {
      result.table(tabs[i].tab) = std::move(*table);
      continue;
    }
    const std::string& reason = std::get<std::string>(made);
    const bool needed = std::find(required.begin(), required.end(), tabs[i].tab) != required.end();
    if (needed) throw_unusable({spreadsheet, names[i], reason});
    result.warnings.push_back(reason);
  }
  return result;
}

std::vector<TabToRead> product_ops_layouts(const JobContext& job, const std::string& spreadsheet_id,
                                           const std::vector<Tab>& tabs) {
  std::vector<TabToRead> result;
  for (const Tab tab : tabs) {
    TabLayout layout = job.settings.product_ops.layout_of(tab);
    layout.spreadsheet_id = spreadsheet_id;
    result.push_back({tab, std::move(layout), {}});
  }
  return result;
}

IntakeRead read_intake(JobContext& job) {
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
  IntakeRead result;
  for (const std::string& spreadsheet : spreadsheets) {
    const auto& tabs = tabs_of[spreadsheet];
    std::vector<std::string> names;
    for (const IntakeTabSettings* tab : tabs)
      names.push_back(tab->layout.tab);
    std::vector<TabRead> reads = job.read_tabs(spreadsheet, names);
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      auto made = to_table(job, {Tab::kIntake, tabs[i]->layout, {fields::title()}}, std::move(reads[i]));
      if (const auto* reason = std::get_if<std::string>(&made)) {
        result.failed.push_back({spreadsheet, names[i], *reason});
      } else {
        result.sources.push_back({tabs[i], std::get<SheetTable>(std::move(made))});
      }
    }
  }
  if (result.sources.empty()) throw_unusable(result.failed.front());
  return result;
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
    try {
      result.backlogs.push_back({backlog, read_tab(job, {Tab::kBacklog, backlog->layout, {}})});
    } catch (const RunStopped&) {
      throw;
    } catch (const Error& error) {
      if (wanted.size() == 1) throw;
      result.failed.push_back({backlog->layout.spreadsheet_id, backlog->layout.tab, error.what()});
    }
  }
  if (result.backlogs.empty()) throw_unusable(result.failed.front());
  return result;
}

}  // namespace roadmap
