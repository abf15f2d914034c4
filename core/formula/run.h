#pragma once

#include <span>

#include "core/formula/program.h"

namespace roadmap::formula {

// `//` and `%` as Python computes them with floats, signed zeros included. The divisor is not zero.

// The largest whole number that is not above the exact quotient: 1 // 0.1 is 9, because 0.1 is a little more
// than a tenth. A zero has the sign of a / b.
double floor_divide(double a, double b);

// a - b * (a // b), with the sign of the divisor; a zero too has the divisor's sign.
double modulo(double a, double b);

struct LineResult {
  double value = 0;
  const char* failure = nullptr;  // "division by zero"; then there is no value
};

// Computes one assignment's expression; `slots` holds a value a name of the program. Neither allocates nor
// calls itself: one pass over the line's steps, on a stack of fixed size.
LineResult run(const Program& program, const Assignment& assignment, std::span<const double> slots);

}  // namespace roadmap::formula
