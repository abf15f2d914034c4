#include "app/demo/demo_data.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "app/demo/demo_files.h"
#include "core/fields/registry.h"
#include "core/setup/wanted_workbooks.h"

namespace roadmap::app {
namespace {

// Names of fields; a name that no field of the tab has is the header of a column that people added.
using Columns = std::vector<std::string_view>;

// Puts a column there, counted from 0: one that stands elsewhere, or one more.
void place(Columns& columns, std::string_view name, std::size_t at) {
  columns.erase(std::remove(columns.begin(), columns.end(), name), columns.end());
  columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(std::min(at, columns.size())), name);
}

std::size_t right_of(const Columns& columns, std::string_view name) {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin()) + 1;
}

std::string header_of(Tab tab, std::string_view name) {
  for (const FieldId id : fields_on(tab)) {
    if (field(id).name == name) return std::string(field(id).on(tab)->header);
  }
  return std::string(name);
}

std::vector<Cell> cells_of(const DemoRow& row, const Columns& columns) {
  std::vector<Cell> cells;
  for (const std::string_view column : columns) {
    const auto found = row.find(column);
    cells.push_back(found == row.end() ? Cell{} : found->second);
  }
  return cells;
}

DemoTab tab_of(Tab kind, std::string_view title, const Columns& columns, const std::vector<DemoRow>& rows) {
  DemoTab tab{std::string(title), {{}}, kind};
  for (const std::string_view column : columns)
    tab.rows.front().emplace_back(header_of(kind, column));
  for (const DemoRow& row : rows)
    tab.rows.push_back(cells_of(row, columns));
  return tab;
}

// Sales puts first what it talks about.
Columns sales_columns() {
  Columns columns = all_columns(Tab::kIntake);
  place(columns, "title", 0);
  place(columns, "customer_segment", right_of(columns, "product_area"));
  place(columns, "status", columns.size());
  return columns;
}

// The row of the initiative with that key: the first that has it, a copied row comes later.
DemoRow demo_initiative(const Cell& key) {
  for (const std::string_view file : {marketing_emea_file(), sales_emea_file(), growth_apac_file()}) {
    for (DemoRow& row : read_demo_rows(file)) {
      if (const auto found = row.find("initiative_key"); found != row.end() && found->second == key)
        return std::move(row);
    }
  }
  throw std::logic_error("no intake row has the key " + to_text(key));
}

// What PMs keep about initiatives, and beside it what their teams told; where both say something, the PMs'.
std::vector<DemoRow> with_what_teams_told(std::vector<DemoRow> rows) {
  for (DemoRow& row : rows)
    row.merge(demo_initiative(row.at("initiative_key")));
  return rows;
}

}  // namespace

std::vector<std::string_view> all_columns(Tab tab) {
  std::vector<std::string_view> names;
  for (const FieldId id : columns_of_new_tab(tab))
    names.push_back(field(id).name);
  return names;
}

std::vector<FreshWish> fresh_wishes() {
  std::vector<FreshWish> wishes;
  for (const DemoRow& row : read_demo_rows(fresh_wishes_file())) {
    const std::string tab = to_text(row.at("tab"));
    wishes.push_back({tab, cells_of(row, tab == "Sales_EMEA" ? sales_columns() : all_columns(Tab::kIntake))});
  }
  return wishes;
}

DemoWorkbook demo_intake_emea() {
  return {"Marlowe & Finch: ideas EMEA",
          {tab_of(Tab::kIntake, "Marketing_EMEA", all_columns(Tab::kIntake),
                  read_demo_rows(marketing_emea_file())),
           tab_of(Tab::kIntake, "Sales_EMEA", sales_columns(), read_demo_rows(sales_emea_file()))}};
}

DemoWorkbook demo_intake_apac() {
  // A column of the team's own, of which the product knows nothing.
  constexpr std::string_view kDiscussed = "Discussed in team meeting";
  Columns columns = all_columns(Tab::kIntake);
  place(columns, kDiscussed, columns.size());
  std::vector<DemoRow> rows = read_demo_rows(growth_apac_file());
  for (DemoRow& row : rows)
    row.emplace(kDiscussed, true);
  return {"Marlowe & Finch: ideas APAC", {tab_of(Tab::kIntake, "Growth_APAC", columns, rows)}};
}

DemoWorkbook demo_backlog() {
  Columns columns = all_columns(Tab::kBacklog);
  place(columns, "Quarter", right_of(columns, "title"));
  place(columns, "PM Notes", right_of(columns, "status"));
  return {"Marlowe & Finch: Central Backlog",
          {tab_of(Tab::kBacklog, "Backlog", columns, with_what_teams_told(read_demo_rows(backlog_file())))}};
}

DemoWorkbook demo_product_ops() {
  std::vector<DemoRow> inputs = with_what_teams_told(read_demo_rows(scoring_inputs_file()));
  for (DemoRow& row : inputs)
    row.erase("title");  // the first job writes it
  DemoWorkbook workbook{"Marlowe & Finch: Product Ops", {}};
  const auto add = [&](Tab kind, const std::vector<DemoRow>& rows) {
    workbook.tabs.push_back(tab_of(kind, tab_name(kind), all_columns(kind), rows));
  };
  add(Tab::kScoringInputs, inputs);
  add(Tab::kMathModels, read_demo_rows(math_models_file()));
  add(Tab::kParams, read_demo_rows(params_file()));
  return workbook;
}

}  // namespace roadmap::app
