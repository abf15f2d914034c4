#pragma once

#include <string>
#include <string_view>

#include "core/run/sheets_gateway.h"

namespace roadmap {

// A formula that stood in row `then`, as it reads once its row stands at `now`: relative references to cells
// of its own row (B2, $B2) name the new row, as a sort does with them. References to other rows, to other
// tabs and texts stay. Rows are 1-based.
std::string formula_in_row(std::string_view formula, int then, int now);
// The same of a cell; one without a formula stays as it is.
SeenCell cell_in_row(const SeenCell& cell, int then, int now);

}  // namespace roadmap
