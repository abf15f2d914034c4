#pragma once

#include <string>
#include <string_view>

namespace roadmap::formula {

// ASCII text of a formula as messages repeat it: cut after 24 characters.
std::string quotable(std::string_view text);
std::string quoted(std::string_view text);  // the same between '…'

}  // namespace roadmap::formula
