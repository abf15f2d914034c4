#pragma once

#include <string>

#include "core/actions/action_request.h"
#include "core/settings.h"

namespace roadmap::app {

// The configured spreadsheet that has this tab (names compare ignoring case). Throws Error listing the
// configured tabs when none has.
SheetContext context_of_tab(const std::string& tab, const Settings& settings);

}  // namespace roadmap::app
