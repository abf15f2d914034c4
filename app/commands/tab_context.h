#pragma once

#include <string>

#include "core/run/action_request.h"
#include "core/run/settings.h"

namespace roadmap::app {

// The configured spreadsheet that has this tab (names compare ignoring case). Throws Error listing the
// configured tabs when none has.
SheetContext context_of_tab(const std::string& tab, const Settings& settings);

}  // namespace roadmap::app
