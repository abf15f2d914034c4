#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/demo/demo_files.h"
#include "core/fields/cell.h"

namespace roadmap::app {

// The cell of the field with that canonical name. Throws std::logic_error for a field that is not on intake.
Cell cell_of(const DemoRow& initiative, std::string_view field);

// The initiative with that key: the first row that has it, a copied row comes later. Throws std::logic_error
// when there is none.
DemoRow demo_initiative(std::string_view key);

// A wish that a team adds after the story: the cells of a new row of the intake tab with that title.
struct FreshWish {
  std::string tab;
  std::vector<Cell> cells;
};
std::vector<FreshWish> fresh_wishes();

}  // namespace roadmap::app
