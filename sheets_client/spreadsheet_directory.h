#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/run/run_control.h"
#include "sheets_client/api_caller.h"

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

inline constexpr std::size_t kMaxKnownSpreadsheets = 1000;  // the one known longest is forgotten first

// What is known of each spreadsheet: sheet ids, titles, grid sizes. Asked of Google once, and again when a
// read finds it old or somebody says that it is out of date. Thread safety: safe to call from many threads.
// What is handed out is a snapshot that never changes.
class SpreadsheetDirectory {
 public:
  using Info = std::shared_ptr<const SpreadsheetInfo>;

  explicit SpreadsheetDirectory(ApiCaller& api) : api_(api) {}

  // What is known; nullptr when nothing is. Never blocks for a call.
  Info known(const std::string& spreadsheet_id) const;
  // What is known, or one read call. Throws SheetsError, RunStopped.
  Info get(const std::string& spreadsheet_id, const roadmap::RunControl& control);
  // One read call. Throws SheetsError, RunStopped.
  Info refresh(const std::string& spreadsheet_id, const roadmap::RunControl& control);
  // A tab's grid has that size now. Without effect when the tab is not known.
  void set_grid(const std::string& spreadsheet_id, std::string_view tab_title, int rows, int columns);

  // Whether Google once took a write to that spreadsheet only without its marker.
  bool refuses_marker(const std::string& spreadsheet_id) const;
  void refuse_marker(const std::string& spreadsheet_id);

  // For messages about a failed call; `tabs` as CallSubject::tabs.
  roadmap::SheetsError error(const CallFailure& failure, const std::string& spreadsheet_id, CallKind kind,
                             std::string tabs = {}) const;

 private:
  void remember(Info info);

  ApiCaller& api_;
  mutable std::mutex mutex_;
  std::map<std::string, Info, std::less<>> by_id_;
  std::set<std::string> without_marker_;
  std::deque<std::string> order_;  // ids, the one known longest first
};

}  // namespace sheets
