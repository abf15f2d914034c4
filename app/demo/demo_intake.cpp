#include "app/demo/demo_intake.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/demo/demo_data.h"

namespace roadmap::app {
namespace {

// A tab of these initiatives with a column per registry field of `columns`, in that order.
DemoTab intake_tab(std::string title, const std::vector<std::string_view>& columns,
                   const std::vector<DemoRow>& initiatives) {
  DemoTab tab{std::move(title), {header_row(Tab::kIntake, columns)}};
  for (const DemoRow& initiative : initiatives) {
    std::vector<Cell>& row = tab.rows.emplace_back();
    for (const std::string_view column : columns)
      row.push_back(cell_of(initiative, column));
  }
  return tab;
}

// Sales asks for less than Marketing, and puts what it talks about first.
const std::vector<std::string_view> kSalesColumns = {
    "title",
    "initiative_key",
    "requesting_team",
    "requester_name",
    "requester_email",
    "country",
    "product_area",
    "customer_segment",
    "problem_statement",
    "current_pain",
    "desired_outcome",
    "target_metrics",
    "hypothesis",
    "strategic_theme",
    "initiative_type",
    "expected_impact_description",
    "impact_metric",
    "impact_unit",
    "impact_low",
    "impact_expected",
    "impact_high",
    "effort_tshirt_size",
    "effort_engineering_days",
    "effort_other_teams_days",
    "infra_cost_estimate",
    "dependencies_others",
    "is_mandatory",
    "risk_level",
    "risk_description",
    "time_sensitivity",
    "deadline_date",
    "status",
};

}  // namespace

Cell cell_of(const DemoRow& initiative, std::string_view field) {
  static const std::vector<std::string_view> kFields = all_columns(Tab::kIntake);
  if (std::find(kFields.begin(), kFields.end(), field) == kFields.end())
    throw std::logic_error("no intake field '" + std::string(field) + "'");
  const auto found = initiative.find(field);
  return found == initiative.end() ? Cell{} : found->second;
}

DemoRow demo_initiative(std::string_view key) {
  for (const std::string_view file : {marketing_emea_file(), sales_emea_file(), growth_apac_file()}) {
    for (const DemoRow& initiative : read_demo_rows(file)) {
      if (cell_of(initiative, "initiative_key") == Cell(std::string(key))) return initiative;
    }
  }
  throw std::logic_error("no intake row has the key " + std::string(key));
}

std::vector<FreshWish> fresh_wishes() {
  std::vector<FreshWish> wishes;
  for (const DemoRow& row : read_demo_rows(fresh_wishes_file())) {
    FreshWish& wish = wishes.emplace_back();
    wish.tab = to_text(row.at("tab"));
    for (const std::string_view column : wish.tab == "Sales_EMEA" ? kSalesColumns : all_columns(Tab::kIntake))
      wish.cells.push_back(cell_of(row, column));
  }
  return wishes;
}

DemoWorkbook demo_intake_emea() {
  return {"Marlowe & Finch: ideas EMEA",
          {intake_tab("Marketing_EMEA", all_columns(Tab::kIntake), read_demo_rows(marketing_emea_file())),
           intake_tab("Sales_EMEA", kSalesColumns, read_demo_rows(sales_emea_file()))}};
}

DemoWorkbook demo_intake_apac() {
  DemoTab tab = intake_tab("Growth_APAC", all_columns(Tab::kIntake), read_demo_rows(growth_apac_file()));
  // A column of the team's own, of which the product knows nothing.
  for (std::vector<Cell>& row : tab.rows) {
    row.push_back(&row == &tab.rows.front() ? Cell("Discussed in team meeting") : Cell(true));
  }
  return {"Marlowe & Finch: ideas APAC", {std::move(tab)}};
}

}  // namespace roadmap::app
