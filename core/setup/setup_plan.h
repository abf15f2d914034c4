#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/setup/wanted_workbooks.h"
#include "core/setup/workbook_state.h"

namespace roadmap {

// What set-up does to a tab, one request each. 1-based rows, 0-based columns.
struct AddTab {
  int rows = 0;
  int columns = 0;
  int frozen_rows = 0;
};
struct AppendRows {
  int count = 0;
};
struct AppendColumns {
  int count = 0;
};
// Writes a header and its note into a cell that is empty.
struct AddHeader {
  int row = 1;
  int column = 0;
  std::string header;
  std::string note;
};
// Adds a note to a header that has none.
struct AddNote {
  int row = 1;
  int column = 0;
  std::string header;
  std::string note;
};
struct FreezeRows {
  int count = 0;
};
struct FreezeColumns {
  int count = 0;
};
struct SetRowHeight {
  int row = 1;
  int pixels = 0;
};
struct SetColumnWidth {
  int first_column = 0;
  int column_count = 0;
  int pixels = 0;
};
// Of columns beside each other.
struct FormatCells {
  CellLook look = CellLook::kTyped;
  int first_row = 1;
  int last_row = 0;  // 0: to the end, also of rows that are added later
  int first_column = 0;
  int column_count = 0;
};
// Colours cells by how they begin.
enum class Outcome : std::uint8_t { kOk, kSkipped, kFailed };
struct ColourOutcome {
  Outcome outcome = Outcome::kOk;
  int first_row = 1;  // to the end
  int column = 0;
  std::string header;
};
// Cells without a rule get one that only warns.
struct AddRule {
  CellRule rule = CellRule::kNone;
  int first_row = 1;  // both inclusive
  int last_row = 1;
  int column = 0;
  std::string header;
};
// Edits below the header are warned about.
struct ProtectColumn {
  int first_row = 1;  // to the end, also of rows that are added later
  int column = 0;
  std::string header;
  std::string description;
};
using SetupStep =
    std::variant<AddTab, AppendRows, AppendColumns, AddHeader, AddNote, FreezeRows, FreezeColumns, AddRule,
                 ProtectColumn, SetRowHeight, SetColumnWidth, FormatCells, ColourOutcome>;

struct TabSetup {
  std::string section;  // as WantedTab::section
  std::string title;
  std::int64_t sheet_id = 0;  // also of a tab that the first step adds
  std::vector<SetupStep> steps;
  std::string problem;  // why nothing is done: the tab cannot be set up
};

struct WorkbookPlan {
  std::string spreadsheet_id;
  std::vector<TabSetup> tabs;  // parallel to the wanted ones
  std::size_t step_count() const;
};

// What a workbook lacks. Never changes a value, a note, a rule or a protection that is there, never moves a
// column; planning again on the workbook as the plan leaves it gives no step.
WorkbookPlan plan_setup(const WantedWorkbook& wanted, const WorkbookState& state);

// The look of a new tab: leading columns frozen that stay in view, widths, tints, number formats, Status
// coloured. `at` is where the wanted columns stand (0-based), parallel to wanted.columns; those that are
// nowhere are left out. plan_setup gives it to tabs that are new or empty, and to no other.
std::vector<SetupStep> look_steps(const WantedTab& wanted, const std::vector<std::optional<int>>& at);

// A tab's steps in words, a sentence without subject each: "add the headers Title and Status, each with a
// note". Steps of one kind share a line. Reads as what is done, and as what would be.
std::vector<std::string> in_words(const TabSetup& plan);

// One step in words: "add the header Status".
std::string in_words(const SetupStep& step);

// The header row that the tab seems to have when the configured one holds no known header: the first of its
// top rows with the key's header, or with two others. 0: none.
int header_row_elsewhere(const WantedTab& wanted, const TabState& tab);

// The condition of that rule as RuleSpan::rule spells it: its type, then its values, blanks between.
std::string rule_text(CellRule rule);

// What our protection of the column is called: by these words it is known again where people moved it.
std::string protection_description(const WantedColumn& column);

// Whether somebody protects the column's cells, or our own protection stands anywhere on the tab.
bool is_protected(const WantedTab& wanted, const WantedColumn& column, int at, const TabState& tab);

}  // namespace roadmap
