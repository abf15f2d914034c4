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
DemoWorkbook demo_intake_emea();  // tabs Marketing_EMEA, Sales_EMEA
DemoWorkbook demo_intake_apac();  // tab Growth_APAC

// Tab Backlog: the 12 keyed initiatives, sorted by Quarter, with columns that the PMs added themselves.
DemoWorkbook demo_backlog();

// Tabs Scoring_Inputs, MathModels and Params. On Scoring_Inputs one number is in words, as people write them,
// one effort has not been estimated, and titles are blank: the system writes them. Three math models: one
// approved and filled; one that waits, since two values are not given, one is not approved and the other
// inputs have no row yet; one without formula.
DemoWorkbook demo_product_ops();

// A wish that a team adds after the story: the cells of a new row of the intake tab with that title.
struct FreshWish {
  std::string tab;
  std::vector<Cell> cells;
};
std::vector<FreshWish> fresh_wishes();

// The canonical names of all fields on that tab, in the order in which set-up creates their columns.
std::vector<std::string_view> all_columns(Tab tab);

}  // namespace roadmap::app
