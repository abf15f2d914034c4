#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roadmap::app {

// "; did you mean 'port'?" when one of the known names is a typing slip away, else nothing.
std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace roadmap::app
