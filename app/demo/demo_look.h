#pragma once

#include <string>

#include "app/demo/demo_data.h"

namespace roadmap::app {

// The batchUpdate requests, a JSON list, that make an example workbook look as `roadmapd setup-sheets` makes
// new tabs: notes, checkboxes, lists, warnings and the look of a new tab. Its tabs have the sheet ids 0, 1, …
// and that many rows. Columns that people added look like typed ones.
std::string look_requests(const DemoWorkbook& workbook, int rows);

}  // namespace roadmap::app
