#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"

namespace roadmap::app {

// One row of an intake tab; a member per field of the registry, what is left out is a blank cell.
struct DemoInitiative {
  Cell key{};
  Cell title{};
  Cell team{};
  Cell requester{};
  Cell email{};
  Cell country{};
  Cell area{};
  Cell problem{};
  Cell pain{};
  Cell outcome{};
  Cell target_metrics{};
  Cell hypothesis{};
  Cell theme{};
  Cell segment{};
  Cell type{};
  Cell impact{};
  Cell metric{};
  Cell unit{};
  Cell low{};
  Cell expected{};
  Cell high{};
  Cell size{};
  Cell engineering_days{};
  Cell other_days{};
  Cell infra_cost{};
  Cell depends_on{};
  Cell mandatory{};
  Cell risk{};
  Cell risk_text{};
  Cell urgency{};
  Cell deadline{};
  Cell status{};
};

// The cell of the field with that canonical name. Throws std::logic_error for a field that is not on intake.
const Cell& cell_of(const DemoInitiative& initiative, std::string_view field);

// The initiative with that key: the first row that has it, a copied row comes later. Throws std::logic_error
// when there is none.
DemoInitiative demo_initiative(std::string_view key);

// The keys of the backlog's rows, from its first data row on.
std::vector<std::string> demo_backlog_keys();

std::vector<DemoInitiative> demo_marketing_emea();
std::vector<DemoInitiative> demo_sales_emea();
std::vector<DemoInitiative> demo_growth_apac();

}  // namespace roadmap::app
