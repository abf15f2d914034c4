#pragma once

#include <string>
#include <string_view>

namespace roadmap {

// A formula that stood in row `then`, as it reads once its row stands at `now`: relative references to cells
// of its own row (B2, $B2) name the new row, as a sort does with them. References to other rows, to other
// tabs and texts stay. Rows are 1-based.
std::string formula_in_row(std::string_view formula, int then, int now);

}  // namespace roadmap
