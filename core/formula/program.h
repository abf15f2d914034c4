#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace roadmap::formula_limits {

// What a formula may be at most. Together they bound the work: an evaluation takes no more steps than the
// text has characters, on a stack of fixed size, and the parser calls itself no deeper than the nesting.
inline constexpr std::size_t kMaxCharacters = 4000;  // Unicode code points, comments and line breaks included
inline constexpr std::size_t kMaxAssignments = 10;
inline constexpr std::size_t kMaxNameLength = 64;
inline constexpr int kMaxNesting = 64;  // parentheses and calls inside one another

// Values that wait while the innermost operand is read: at each level a sum's left side, a product's left
// side and, in a call, the smallest or largest argument so far.
inline constexpr std::size_t kMaxStack = 3 * (static_cast<std::size_t>(kMaxNesting) + 1);

}  // namespace roadmap::formula_limits

namespace roadmap::formula {

enum class Operation : std::uint8_t {
  kNumber,  // push `number`
  kName,    // push the value of `slot`
  kNegate,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kFloorDivide,
  kModulo,
  kMin,
  kMax,
};

// One step of the postfix program. Binary operations take two values off the stack and push one.
struct Step {
  Operation operation{};
  std::uint16_t slot = 0;
  double number = 0;
};

// One assignment.
struct Assignment {
  int line = 0;  // 1-based
  std::uint16_t target = 0;
  std::size_t first_step = 0;
  std::size_t end_step = 0;
  std::string expression;  // the text right of "=", without the comment
};

// A compiled formula. A name has one slot, whether it is an input, assigned, or first one and then the other.
struct Program {
  std::vector<std::string> names;  // by slot
  std::vector<std::uint16_t> inputs;
  std::vector<std::uint16_t> assigned;
  std::vector<Step> steps;
  std::vector<Assignment> assignments;
};

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
