#pragma once

#include <string>

#include "core/setup/setup_plan.h"

namespace sheets {

// A spreadsheets.batchUpdate body that carries out a plan: one request for each step, in order.
std::string setup_body(const roadmap::WorkbookPlan& plan);

// The tab and step behind a request of that body; nullptr members when there is none.
struct PlannedStep {
  const roadmap::TabSetup* tab = nullptr;
  const roadmap::SetupStep* step = nullptr;
};
PlannedStep step_of_request(const roadmap::WorkbookPlan& plan, std::size_t request);

}  // namespace sheets
