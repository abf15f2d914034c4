#include "app/demo/demo_intake.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/demo/demo_data.h"
#include "app/demo/demo_layout.h"

namespace roadmap::app {
namespace {

using Member = Cell DemoInitiative::*;

constexpr std::pair<std::string_view, Member> kMembers[] = {
    {"initiative_key", &DemoInitiative::key},
    {"title", &DemoInitiative::title},
    {"requesting_team", &DemoInitiative::team},
    {"requester_name", &DemoInitiative::requester},
    {"requester_email", &DemoInitiative::email},
    {"country", &DemoInitiative::country},
    {"product_area", &DemoInitiative::area},
    {"status", &DemoInitiative::status},
    {"problem_statement", &DemoInitiative::problem},
    {"current_pain", &DemoInitiative::pain},
    {"desired_outcome", &DemoInitiative::outcome},
    {"target_metrics", &DemoInitiative::target_metrics},
    {"hypothesis", &DemoInitiative::hypothesis},
    {"strategic_theme", &DemoInitiative::theme},
    {"customer_segment", &DemoInitiative::segment},
    {"initiative_type", &DemoInitiative::type},
    {"expected_impact_description", &DemoInitiative::impact},
    {"impact_metric", &DemoInitiative::metric},
    {"impact_unit", &DemoInitiative::unit},
    {"impact_low", &DemoInitiative::low},
    {"impact_expected", &DemoInitiative::expected},
    {"impact_high", &DemoInitiative::high},
    {"effort_tshirt_size", &DemoInitiative::size},
    {"effort_engineering_days", &DemoInitiative::engineering_days},
    {"effort_other_teams_days", &DemoInitiative::other_days},
    {"infra_cost_estimate", &DemoInitiative::infra_cost},
    {"dependencies_others", &DemoInitiative::depends_on},
    {"is_mandatory", &DemoInitiative::mandatory},
    {"risk_level", &DemoInitiative::risk},
    {"risk_description", &DemoInitiative::risk_text},
    {"time_sensitivity", &DemoInitiative::urgency},
    {"deadline_date", &DemoInitiative::deadline},
};

// A tab of these initiatives with a column per registry field of `columns`, in that order.
DemoTab intake_tab(std::string title, const std::vector<std::string_view>& columns,
                   const std::vector<DemoInitiative>& initiatives) {
  DemoTab tab{std::move(title), {header_row(Tab::kIntake, columns)}};
  for (const DemoInitiative& initiative : initiatives) {
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

const Cell& cell_of(const DemoInitiative& initiative, std::string_view field) {
  const auto* found = std::find_if(std::begin(kMembers), std::end(kMembers),
                                   [&](const auto& member) { return member.first == field; });
  if (found == std::end(kMembers)) throw std::logic_error("no intake field '" + std::string(field) + "'");
  return initiative.*(found->second);
}

DemoInitiative demo_initiative(std::string_view key) {
  for (auto* rows_of : {&demo_marketing_emea, &demo_sales_emea, &demo_growth_apac}) {
    for (const DemoInitiative& initiative : (*rows_of)()) {
      if (initiative.key == Cell(std::string(key))) return initiative;
    }
  }
  throw std::logic_error("no intake row has the key " + std::string(key));
}

DemoWorkbook demo_intake_emea() {
  return {"Marlowe & Finch: ideas EMEA",
          {intake_tab("Marketing_EMEA", all_columns(Tab::kIntake), demo_marketing_emea()),
           intake_tab("Sales_EMEA", kSalesColumns, demo_sales_emea())}};
}

DemoWorkbook demo_intake_apac() {
  DemoTab tab = intake_tab("Growth_APAC", all_columns(Tab::kIntake), demo_growth_apac());
  // A column of the team's own, of which the product knows nothing.
  for (std::vector<Cell>& row : tab.rows) {
    row.push_back(&row == &tab.rows.front() ? Cell("Discussed in team meeting") : Cell(true));
  }
  return {"Marlowe & Finch: ideas APAC", {std::move(tab)}};
}

}  // namespace roadmap::app
