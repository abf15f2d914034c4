#pragma once

#include <span>

#include "core/formula/program.h"

namespace roadmap::formula {

struct LineResult {
  double value = 0;
  const char* failure = nullptr;  // "division by zero"; then there is no value
};

// Computes one assignment's expression; `slots` holds a value a name of the program. Neither allocates nor
// calls itself: one pass over the line's steps, on a stack of fixed size.
LineResult run(const Program& program, const Assignment& assignment, std::span<const double> slots);

}  // namespace roadmap::formula
