#pragma once

#include <string>

#include "core/setup/setup_plan.h"

namespace sheets {

// A spreadsheets.batchUpdate body that carries out a plan: one request for each step, in order.
std::string setup_body(const roadmap::WorkbookPlan& plan);

}  // namespace sheets
