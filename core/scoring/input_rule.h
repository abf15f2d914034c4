#pragma once

#include <string>

#include "core/scoring/framework.h"

namespace roadmap {

// What a typed number counts as.
struct TakenInput {
  double value = 0;
  std::string warning;  // "Impact 5 counts as 3"; empty: taken as typed
  std::string failure;  // "Confidence: 1.5 is neither a fraction nor a percentage"; then there is no value
};

TakenInput take_input(const ScoreInput& input, double typed);

}  // namespace roadmap
