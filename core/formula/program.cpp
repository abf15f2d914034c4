#include "core/formula/program.h"

#include <array>
#include <cassert>
#include <cmath>

namespace roadmap::formula {
namespace {

// What a binary operation makes of its two values. Not for a divisor of zero.
double result_of(Operation operation, double a, double b) {
  switch (operation) {
    case Operation::kAdd:
      return a + b;
    case Operation::kSubtract:
      return a - b;
    case Operation::kMultiply:
      return a * b;
    case Operation::kDivide:
      return a / b;
    case Operation::kFloorDivide:
      return floor_divide(a, b);
    case Operation::kModulo:
      return modulo(a, b);
    case Operation::kMin:
      return b < a ? b : a;  // of equal ones the first, which shows with signed zeros
    case Operation::kMax:
      return b > a ? b : a;
    default:
      assert(false && "not a binary operation");
      return 0;
  }
}

const char* division_failure(Operation operation) {
  switch (operation) {
    case Operation::kDivide:
    case Operation::kFloorDivide:
      return "division by zero";
    case Operation::kModulo:
      return "modulo by zero";
    default:
      return nullptr;
  }
}

}  // namespace

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

LineResult run(const Program& program, const Assignment& assignment, std::span<const double> slots) {
  std::array<double, formula_limits::kMaxStack> stack;  // NOLINT(*-member-init): written before it is read
  std::size_t depth = 0;
  for (std::size_t i = assignment.first_step; i < assignment.end_step; ++i) {
    const Step& step = program.steps[i];
    if (step.operation == Operation::kNumber || step.operation == Operation::kName) {
      assert(depth < stack.size());
      stack[depth++] = step.operation == Operation::kNumber ? step.number : slots[step.slot];
      continue;
    }
    if (step.operation == Operation::kNegate) {
      stack[depth - 1] = -stack[depth - 1];
      continue;
    }
    const double right = stack[--depth];
    if (right == 0) {
      if (const char* failure = division_failure(step.operation)) return {0, failure};
    }
    stack[depth - 1] = result_of(step.operation, stack[depth - 1], right);
  }
  return {stack[0], nullptr};
}

}  // namespace roadmap::formula
