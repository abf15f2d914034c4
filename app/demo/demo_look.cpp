#include "app/demo/demo_look.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "core/setup/setup_plan.h"
#include "sheets_client/setup_body.h"

namespace roadmap::app {
namespace {

// What people keep in columns of their own: a word or two, or notes.
constexpr std::size_t kNotesFrom = 16;  // characters
constexpr int kWordPixels = 84;
constexpr int kNotesPixels = 250;

TabState state_of(const DemoTab& tab, int sheet_id, int rows) {
  TabState state;
  state.sheet_id = sheet_id;
  state.title = tab.title;
  state.rows = rows;
  state.columns = static_cast<int>(tab.rows.front().size());
  state.frozen_rows = 1;
  state.top_rows = {tab.rows.front()};
  state.column_states.resize(tab.rows.front().size());
  for (ColumnState& column : state.column_states)
    column.used = true;
  for (std::size_t row = 1; row < tab.rows.size(); ++row) {
    for (std::size_t column = 0; column < tab.rows[row].size(); ++column) {
      if (std::holds_alternative<std::string>(tab.rows[row][column]))
        state.column_states[column].texts_below = true;
    }
  }
  return state;
}

// Columns that people added, with where they stand.
std::pair<WantedTab, std::vector<std::optional<int>>> with_own_columns(WantedTab wanted, const DemoTab& tab) {
  std::vector<std::optional<int>> at = find_columns(wanted, tab.rows.front()).at;
  std::vector<bool> known(tab.rows.front().size());
  for (const std::optional<int>& column : at) {
    if (!column) throw std::logic_error("the tab " + tab.title + " lacks a column");
    known[static_cast<std::size_t>(*column)] = true;
  }
  for (std::size_t column = 0; column < known.size(); ++column) {
    if (known[column]) continue;
    std::size_t longest = 0;
    for (std::size_t row = 1; row < tab.rows.size(); ++row)
      longest = std::max(longest, to_text(tab.rows[row][column]).size());
    WantedColumn& own = wanted.columns.emplace_back();
    own.header = to_text(tab.rows.front()[column]);
    own.look = CellLook::kTyped;
    own.pixels = longest < kNotesFrom ? kWordPixels : kNotesPixels;
    at.emplace_back(static_cast<int>(column));
  }
  return {std::move(wanted), std::move(at)};
}

}  // namespace

std::string look_requests(const DemoWorkbook& workbook, int rows) {
  WantedWorkbook wanted;
  WorkbookState state;
  for (const DemoTab& tab : workbook.tabs) {
    const int sheet_id = static_cast<int>(state.tabs.size());
    wanted.tabs.push_back(wanted_tab(tab.kind, {workbook.title, tab.title, 1, 2}, tab.title));
    wanted.tabs.back().care = TabCare::kWhole;  // the teams' tabs were made by it too
    state.tabs.push_back({state_of(tab, sheet_id, rows), false, {}});
  }
  WorkbookPlan plan = plan_setup(wanted, state);
  for (std::size_t i = 0; i < workbook.tabs.size(); ++i) {
    const auto [tab, at] = with_own_columns(wanted.tabs[i], workbook.tabs[i]);
    for (SetupStep& step : look_steps(tab, at))
      plan.tabs[i].steps.push_back(std::move(step));
  }
  return nlohmann::json::parse(sheets::setup_body(plan))["requests"].dump();
}

}  // namespace roadmap::app
