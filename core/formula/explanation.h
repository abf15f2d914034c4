#pragma once

#include <span>
#include <string>

#include "core/formula/program.h"

namespace roadmap::formula {

// An assignment with the numbers put in for the names: "savings = 400 × 12 × 6 = 28800"; "effort = 5" where
// the right side is the number already. `slots` holds a value a name; `result` is what the line computes.
std::string explain(const Program& program, const Assignment& assignment, std::span<const double> slots,
                    double result);

}  // namespace roadmap::formula
