#pragma once

#include <cstdint>
#include <string>

#include "core/scoring/framework.h"
#include "core/scoring/score.h"

namespace roadmap {

// What a typed number counts as.
struct TakenInput {
  double value = 0;
  std::string warning;  // "Impact 5 counts as 3"; empty: taken as typed
  std::string failure;  // "Confidence: 1.5 is neither a fraction nor a percentage"; then there is no value
};

TakenInput take_input(const ScoreInput& input, double typed);

enum class MissingInputs : std::uint8_t {
  kBlank,     // an input that is missing leaves the framework without a score
  kDefaults,  // the configured default stands in, and the score's warnings say so
};

struct ScoringSettings {
  MissingInputs missing_inputs = MissingInputs::kBlank;
  ScoringDefaults defaults;
};

// RICE or WSJF from what the row shows. Silent when all inputs are blank, with defaults too: nobody began to
// score that initiative. A typed value that makes no sense fails the row even where others are missing. Pure.
//
// RICE: value = Reach × Impact × Confidence, divided by Effort. WSJF: value = Business Value + Time
// Criticality + Risk Reduction (the cost of delay of SAFe), divided by Job Size.
Score score_inputs(Framework framework, const ScoreInputs& inputs, const ScoringSettings& settings);

}  // namespace roadmap
