#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace roadmap::formula {

// How much of a text is one number together with what sticks to it: letters, digits, '_' and '.', and a sign
// after an exponent's e. The text begins with a digit, or with '.' and a digit.
std::string_view number_run(std::string_view text);

// The value of such a run, which is a decimal number as Python writes it: 12, 1_000, .5, 2., 1e6, 2.5e-3. Or
// why it has none: not a number, not finite.
std::variant<double, std::string> number_value(std::string_view run);

}  // namespace roadmap::formula
