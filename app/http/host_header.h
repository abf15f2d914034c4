#pragma once

#include <string>
#include <string_view>

namespace roadmap::app {

// The name in a Host header: "localhost:8000" and "[::1]:8000" without the port.
std::string host_of(std::string_view header);

}  // namespace roadmap::app
