#pragma once

#include <string>

#include "app/demo/demo_data.h"

namespace roadmap::app {

// The batchUpdate requests, a JSON list, that give an example tab the look of one that people work in: a
// header that stands out and breaks its lines, columns as wide as what they hold, long texts cut off at their
// column.
std::string look_requests(int sheet_id, const DemoTab& tab);

}  // namespace roadmap::app
