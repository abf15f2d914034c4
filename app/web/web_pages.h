#pragma once

#include <span>

#include "app/web/asset.h"

namespace roadmap::app {

// The assets of each page that app/web/CMakeLists.txt lists.
std::span<const std::span<const Asset>> web_pages();

}  // namespace roadmap::app
