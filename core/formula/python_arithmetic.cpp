#include "core/formula/python_arithmetic.h"

#include <cmath>

namespace roadmap::formula {

double modulo(double a, double b) {
  const double remainder = std::fmod(a, b);  // exact, with the sign of a
  if (remainder == 0) return std::copysign(0.0, b);
  const bool other_sign = (remainder < 0) != (b < 0);
  return other_sign ? remainder + b : remainder;
}

double floor_divide(double a, double b) {
  const double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0 && (remainder < 0) != (b < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  // The quotient is whole but for the rounding of the division.
  const double floored = std::floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

}  // namespace roadmap::formula
