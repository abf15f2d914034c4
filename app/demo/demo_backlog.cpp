#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/demo_data.h"
#include "app/demo/demo_intake.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

// What the PMs keep about an initiative beside what its team told.
struct PmView {
  Cell quarter{};
  std::string key;
  Cell status{};
  Cell framework{};
  Cell use_math_model{};
  Cell coefficient{};
  Cell depends_on_keys{};
  Cell notes{};
};

// Sorted by quarter, as the PMs left it; not by key.
const std::vector<PmView>& pm_views() {
  static const std::vector<PmView> kViews = {
      {.quarter = "2027 Q1",
       .key = "INIT-000002",
       .status = "new",
       .framework = "WSJF",
       .use_math_model = false,
       .coefficient = 1.5,
       .notes = "Legal wants weekly news. Owner: Ines."},
      {.quarter = "2027 Q1",
       .key = "INIT-000008",
       .status = "Committed",
       .framework = "WSJF",
       .use_math_model = false,
       .coefficient = 1.2,
       .notes = "Swiss banks first"},
      {.quarter = "2027 Q1",
       .key = "INIT-000011",
       .status = "In discovery",
       .framework = "RICE",
       .use_math_model = false,
       .notes = "Charts exist on paper at the Osaka office"},
      {.quarter = "2027 Q2",
       .key = "INIT-000010",
       .status = "Committed",
       .framework = "RICE",
       .use_math_model = true,
       .coefficient = 1.5,
       .notes = "The board's favourite"},
      {.quarter = "2027 Q2",
       .key = "INIT-000006",
       .status = "In discovery",
       .framework = "RICE",
       .use_math_model = true,
       .notes = "Ask Thomas for the list of hotels"},
      {.quarter = "2027 Q2", .key = "INIT-000003", .status = "new", .use_math_model = false},
      {.quarter = "2027 Q2",
       .key = "INIT-000005",
       .status = "new",
       .framework = "RICE",
       .use_math_model = false,
       .depends_on_keys = "INIT-000001",
       .notes = "Only after points work in stores"},
      {.quarter = "2027 Q3",
       .key = "INIT-000001",
       .status = "Committed",
       .framework = "RICE",
       .use_math_model = false,
       .coefficient = 1.3,
       .notes = "Pilot: Hamburg, Lyon"},
      {.quarter = "2027 Q3",
       .key = "INIT-000007",
       .status = "In discovery",
       .framework = "MATH_MODEL",
       .use_math_model = true,
       .depends_on_keys = "INIT-000009",
       .notes = "Depends on stock accuracy, see the store visits of May"},
      {.quarter = "2027 Q3", .key = "INIT-000009", .status = "new", .use_math_model = false},
      {.quarter = "2027 Q4",
       .key = "INIT-000012",
       .status = "On hold",
       .framework = "WSJF",
       .use_math_model = false,
       .coefficient = 0.8,
       .notes = "Back in October with real volumes"},
      {.quarter = "later", .key = "INIT-000004", .status = "new", .use_math_model = false},
  };
  return kViews;
}

// Columns that the PMs added are named in full; the others are fields.
constexpr std::string_view kQuarter = "Quarter";
constexpr std::string_view kPmNotes = "PM Notes";

std::vector<std::string_view> backlog_columns() {
  std::vector<std::string_view> columns = all_columns(Tab::kBacklog);
  columns.insert(columns.begin() + 2, kQuarter);
  const auto status = std::find(columns.begin(), columns.end(), field(fields::status()).name);
  columns.insert(status + 1, kPmNotes);
  return columns;
}

Cell backlog_cell(const PmView& view, const DemoRow& initiative, std::string_view column) {
  if (column == kQuarter) return view.quarter;
  if (column == kPmNotes) return view.notes;
  if (column == "status") return view.status;
  if (column == "active_scoring_framework") return view.framework;
  if (column == "use_math_model") return view.use_math_model;
  if (column == "strategic_priority_coefficient") return view.coefficient;
  if (column == "dependencies_initiatives") return view.depends_on_keys;
  // Of the system's own columns only the key has been filled yet.
  const std::vector<std::string_view> told_by_team = all_columns(Tab::kIntake);
  const bool told = std::find(told_by_team.begin(), told_by_team.end(), column) != told_by_team.end();
  return told ? cell_of(initiative, column) : Cell{};
}

}  // namespace

DemoWorkbook demo_backlog() {
  const std::vector<std::string_view> columns = backlog_columns();
  DemoTab tab{"Backlog", {{}}, Tab::kBacklog};
  for (const std::string_view column : columns) {
    const bool added = column == kQuarter || column == kPmNotes;
    tab.rows[0].emplace_back(added ? std::string(column) : header_of(Tab::kBacklog, column));
  }
  for (const PmView& view : pm_views()) {
    const DemoRow initiative = demo_initiative(view.key);
    std::vector<Cell>& row = tab.rows.emplace_back();
    for (const std::string_view column : columns)
      row.push_back(backlog_cell(view, initiative, column));
  }
  return {"Marlowe & Finch: Central Backlog", {std::move(tab)}};
}

}  // namespace roadmap::app
