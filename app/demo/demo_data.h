#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"
#include "core/fields/field.h"

namespace roadmap::app {

// A tab as its people left it: the header row first.
struct DemoTab {
  std::string title;
  std::vector<std::vector<Cell>> rows;
  Tab kind = Tab::kIntake;
};

struct DemoWorkbook {
  std::string title;
  std::vector<DemoTab> tabs;
};

// The example workbooks of Marlowe & Finch, a retailer of fashion and things for the home. The two intake
// workbooks hold 40 initiatives: 12 that an earlier system gave the keys INIT-000001 to INIT-000012, 27
// without a key and one that was made by copying a row, key and all. Four rows are wrong on purpose: one
// without Title, one copied whole, one with "abc" for a number, one showing #REF!.
inline constexpr int kDemoInitiatives = 40;
inline constexpr int kDemoKeyedInitiatives = 12;
DemoWorkbook demo_intake_emea();  // tabs Marketing_EMEA, Sales_EMEA
DemoWorkbook demo_intake_apac();  // tab Growth_APAC

// Tab Backlog: the 12 keyed initiatives, sorted by Quarter, with columns that the PMs added themselves.
DemoWorkbook demo_backlog();

// Tabs Scoring_Inputs, MathModels and Params. Three math models: one approved and filled, one that waits for
// parameters, one without formula. Titles on Scoring_Inputs are blank: the system writes them.
DemoWorkbook demo_product_ops();

// The canonical names of all fields on that tab, in the order in which set-up creates their columns.
std::vector<std::string_view> all_columns(Tab tab);

// The header that the registry gives that field on that tab. Throws std::logic_error for a field that has no
// column there.
std::string header_of(Tab tab, std::string_view field);

// One header for each field.
std::vector<Cell> header_row(Tab tab, const std::vector<std::string_view>& columns);

}  // namespace roadmap::app
