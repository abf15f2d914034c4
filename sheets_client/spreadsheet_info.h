#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sheets {

// One tab as spreadsheets.get describes it.
struct TabInfo {
  std::int64_t sheet_id = 0;  // stays the same when the tab is renamed or moved
  std::string title;
  int index = 0;  // 0: leftmost
  int rows = 0;   // of the grid, empty ones included
  int columns = 0;
};

// A spreadsheet and its tabs, in tab order.
struct SpreadsheetInfo {
  std::string id;
  std::string title;
  std::vector<TabInfo> tabs;
  std::chrono::steady_clock::time_point asked_at{};  // when Google was asked
  // This machine's clock minus Google's, from the Date header of the answer; whole seconds.
  std::optional<std::chrono::seconds> clock_ahead;

  // The tab of that title (same_title); nullptr when there is none.
  const TabInfo* find_tab(std::string_view tab_title) const;
  // "no tab 'X'; the tabs are 'A', 'B'"
  std::string missing_tab(std::string_view tab_title) const;
  // "'Central Backlog' (1AbC…)": how messages name it.
  std::string display_name() const;
};

}  // namespace sheets
