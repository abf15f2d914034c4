#pragma once

#include <string>

namespace roadmap::app {

// All columns of all tabs in Markdown, with headers, aliases, who writes them and what they mean:
// docs/columns.md.
std::string columns_reference();

}  // namespace roadmap::app
