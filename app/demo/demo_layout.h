#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"
#include "core/fields/field.h"

namespace roadmap::app {

// The canonical names of all fields on that tab, in the order in which set-up creates their columns.
std::vector<std::string_view> all_columns(Tab tab);

// The header that the registry gives that field on that tab. Throws std::logic_error for a field that has no
// column there.
std::string header_of(Tab tab, std::string_view field);

// One header for each field.
std::vector<Cell> header_row(Tab tab, const std::vector<std::string_view>& columns);

}  // namespace roadmap::app
