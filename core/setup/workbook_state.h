#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/fields/cell.h"

namespace roadmap {

// How many of a tab's first rows a survey keeps, to find headers that stand elsewhere than configured.
inline constexpr int kSurveyedTopRows = 10;

// Rows beside each other, of one column, with one validation rule.
struct RuleSpan {
  int first_row = 1;  // 1-based, both inclusive
  int last_row = 1;
  std::string rule;  // "BOOLEAN", "ONE_OF_LIST RICE WSJF": the condition and its values
  friend bool operator==(const RuleSpan&, const RuleSpan&) = default;
};

struct ColumnState {
  bool used = false;         // some cell holds a value or a formula, the header included
  bool texts_below = false;  // some cell below the header row shows a text
  std::string note;          // on the header cell
  std::vector<RuleSpan> rules;
};

// A protected range; a missing side is open. 1-based rows, 0-based columns, all inclusive.
struct Protection {
  static constexpr int kOpen = std::numeric_limits<int>::max();
  std::string description;
  int first_row = 1;
  int last_row = kOpen;
  int first_column = 0;
  int last_column = kOpen;
};

// One tab as a survey found it.
struct TabState {
  std::int64_t sheet_id = 0;
  std::string title;
  int rows = 0;  // of the grid
  int columns = 0;
  int frozen_rows = 0;
  std::vector<std::vector<Cell>> top_rows;  // row 1 first, through the header row or kSurveyedTopRows
  std::vector<ColumnState> column_states;   // column A first; columns without anything may be left out
  std::vector<Protection> protections;

  // The cells of that row (1-based); empty beyond top_rows.
  std::vector<Cell> row(int number) const {
    const auto index = static_cast<std::size_t>(number) - 1;
    return index < top_rows.size() ? top_rows[index] : std::vector<Cell>{};
  }
  // The column after the last one that is used: 0 for an empty tab.
  int used_width() const {
    std::size_t width = column_states.size();
    while (width > 0 && !column_states[width - 1].used)
      --width;
    return static_cast<int>(width);
  }
  bool empty() const { return used_width() == 0; }
};

// A tab that a survey was asked for.
struct TabSurvey {
  std::optional<TabState> state;
  bool missing = false;  // there is no tab of that name; else, without a state, it cannot be used
  std::string problem;   // without a state: "no tab 'X'; the tabs are 'A', 'B'"
};

// A spreadsheet as far as set-up and check look at it.
struct WorkbookState {
  std::string spreadsheet_id;
  std::string display_name;             // "'Central Backlog' (1AbC…)"
  std::vector<std::int64_t> sheet_ids;  // of all its tabs
  std::vector<TabSurvey> tabs;          // parallel to those asked for
  // This machine's clock minus Google's, whole seconds; unknown when the answer was not dated.
  std::optional<std::chrono::seconds> clock_ahead;
};

}  // namespace roadmap
