#pragma once

#include <string_view>

namespace roadmap::app {

// "0.1.0", from CMakeLists.txt.
std::string_view version();

}  // namespace roadmap::app
