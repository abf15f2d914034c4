#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fields/cell.h"
#include "core/fields/field.h"
#include "core/run/settings.h"

namespace roadmap {

// What the cells of a column are made for by data validation. People may type other spellings that the reader
// accepts, so that a rule only ever warns.
enum class CellRule : std::uint8_t { kNone, kCheckbox, kFramework };

// What cells look like: typed ones are tinted apart from written ones.
enum class CellLook : std::uint8_t {
  kTypedHeader,
  kWrittenHeader,
  kTyped,
  kWritten,
  kScore,     // written, shown with two decimals
  kSentence,  // written, a run's Status: coloured by how it begins, OK, SKIPPED or FAILED
};

// A column that a configured tab should have.
struct WantedColumn {
  std::string header;
  std::string note;  // for people: what stands there, and who writes it
  CellRule rule = CellRule::kNone;
  bool system_written = false;         // edits of people are warned about
  bool required = false;               // runs fail without it
  bool is_key = false;                 // the one column that runs write in a team's tab
  std::optional<FieldId> field;        // none on the run log
  CellLook look = CellLook::kWritten;  // below the header
  int pixels = 140;
  bool stays_in_view = false;  // while people scroll to the right
};

// How much of a tab is ours to set up.
enum class TabCare : std::uint8_t {
  kWhole,
  kTeams,  // a team's own: once it holds anything, only the key column is seen to
};

struct WantedTab {
  std::string section;  // of the configuration, for messages: "product_ops", "intake intake_emea"
  std::string title;
  int header_row = 1;  // 1-based
  int first_data_row = 2;
  std::optional<Tab> kind;  // none: the run log
  TabCare care = TabCare::kWhole;
  std::vector<WantedColumn> columns;  // in the order in which they are created
};

// One spreadsheet with all that is configured in it.
struct WantedWorkbook {
  std::string section;  // "central_backlog", or several: "central_backlog, product_ops"
  std::string spreadsheet_id;
  std::vector<WantedTab> tabs;  // may be empty: all of an intake's tabs are switched off
};

// Every configured workbook once, with its active tabs: backlogs, intakes, Product Ops. A tab that is
// configured twice is listed once, as what it is configured for first.
std::vector<WantedWorkbook> wanted_workbooks(const Settings& settings);

// The fields of a tab in the order in which a new tab gets their columns: the key, what names the row, how
// the last run went, what is decided, what is typed, then the rest. Each field of fields_on(tab) once.
const std::vector<FieldId>& columns_of_new_tab(Tab tab);

// The tab that a kind of tab and a place make.
WantedTab wanted_tab(Tab kind, const TabLayout& layout, std::string section);
WantedTab wanted_run_log(const ProductOpsSettings& ops);

// Where each wanted column stands in a header row (0-based), parallel to tab.columns; and what is odd about
// the row.
struct FoundColumns {
  std::vector<std::optional<int>> at;
  std::vector<std::string> warnings;  // two columns for one field
};
FoundColumns find_columns(const WantedTab& tab, const std::vector<Cell>& header_row);

}  // namespace roadmap
