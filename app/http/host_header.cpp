#include "app/http/host_header.h"

#include <algorithm>

namespace roadmap::app {

std::string host_of(std::string_view header) {
  const std::size_t bracket = header.find(']');
  if (!header.empty() && header.front() == '[' && bracket != std::string_view::npos) {
    return std::string(header.substr(0, bracket + 1));
  }
  return std::string(header.substr(0, std::min(header.find(':'), header.size())));
}

}  // namespace roadmap::app
