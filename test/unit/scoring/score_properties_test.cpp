#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "core/scoring/score.h"

using namespace roadmap;

namespace {

// Blank, small, negative, huge: what cells hold.
std::optional<double> cell() {
  const int kind = *rc::gen::inRange(0, 8);
  if (kind == 0) return std::nullopt;
  if (kind == 1) return *rc::gen::arbitrary<double>();
  return *rc::gen::inRange(-20, 400) / 4.0;
}

ScoreInputs row() {
  ScoreInputs inputs;
  for (auto& input : inputs)
    input = cell();
  return inputs;
}

}  // namespace

TEST_CASE("a row is scored with finite numbers and an explanation, or has no number and a reason") {
  CHECK(rc::check([] {
    const Framework framework = *rc::gen::element(Framework::kRice, Framework::kWsjf);
    const MissingInputs mode = *rc::gen::element(MissingInputs::kBlank, MissingInputs::kDefaults);
    const ScoreInputs inputs = row();
    const Score score = score_inputs(framework, inputs, {mode, {}});
    RC_CLASSIFY(score.scored(), "scored");
    if (score.scored()) {
      RC_ASSERT(std::isfinite(score.value.value()));
      RC_ASSERT(score.effort.value() > 0);
      RC_ASSERT(score.overall.value() == *score.value / *score.effort);
      RC_ASSERT(!score.explanation.empty());
      RC_ASSERT(score.reason.empty());
      RC_ASSERT(score.inputs.size() == kScoreInputCount);
      RC_ASSERT(score.components.size() == kScoreInputCount);
    } else {
      RC_ASSERT(!score.value && !score.effort && !score.overall);
      RC_ASSERT(score.reason.empty() == (score.state == ScoreState::kSilent));
    }
  }));
}

TEST_CASE("a blank input is never turned into a number unless defaults are asked for") {
  CHECK(rc::check([] {
    ScoreInputs inputs = row();
    inputs.at(*rc::gen::inRange<std::size_t>(0, kScoreInputCount)) = std::nullopt;
    for (const Framework framework : {Framework::kRice, Framework::kWsjf})
      RC_ASSERT(!score_inputs(framework, inputs, {}).scored());
  }));
}
