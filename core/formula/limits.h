#pragma once

#include <cstddef>

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
