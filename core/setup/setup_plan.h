#pragma once

#include <cstdint>
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
    std::variant<AddTab, AppendRows, AppendColumns, AddHeader, AddNote, FreezeRows, AddRule, ProtectColumn>;

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
