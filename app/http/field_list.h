#pragma once

#include <algorithm>
#include <string_view>

#include "net/ascii.h"

namespace roadmap::app {

// Calls `see` with each element of a list such as "gzip;q=0.5, br", blanks removed.
template <class See>
void each_element(std::string_view list, See see) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const std::string_view element = net::ascii::trim(list.substr(0, end));
    if (!element.empty()) see(element);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace roadmap::app
