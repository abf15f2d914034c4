#include "core/scoring/input_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace roadmap {
namespace {

constexpr double kSmallestImpact = 0;
constexpr double kLargestImpact = 3;
constexpr double kSmallestPercentage = 2;  // between 1 and 2 nobody can tell 1.5 % from 150 %
constexpr double kWhole = 100;             // percent

TakenInput refused_input(const ScoreInput& input, double typed, std::string_view why) {
  return {0, {}, fmt::format("{}: {} {}", input.label, typed, why)};
}

TakenInput take_impact(const ScoreInput& input, double typed) {
  const double clamped = std::clamp(typed, kSmallestImpact, kLargestImpact);
  if (clamped == typed) return {typed, {}, {}};
  return {clamped, fmt::format("{} {} counts as {}", input.label, typed, clamped), {}};
}

TakenInput take_confidence(const ScoreInput& input, double typed) {
  if (typed < 0) return refused_input(input, typed, "is negative");
  if (typed <= 1) return {typed, {}, {}};
  if (typed < kSmallestPercentage || typed > kWhole)
    return refused_input(input, typed, "is neither a fraction nor a percentage");
  return {typed / kWhole, fmt::format("{} {} read as {} %", input.label, typed, typed), {}};
}

}  // namespace

TakenInput take_input(const ScoreInput& input, double typed) {
  if (!std::isfinite(typed)) return refused_input(input, typed, "is not a finite number");
  switch (input.rule) {
    case InputRule::kImpact:
      return take_impact(input, typed);
    case InputRule::kConfidence:
      return take_confidence(input, typed);
    case InputRule::kNotNegative:
      if (typed < 0) return refused_input(input, typed, "is negative");
      break;
    case InputRule::kDivisor:
      if (typed <= 0) return {0, {}, fmt::format("{} must be above 0", input.label)};
      break;
  }
  return {typed, {}, {}};
}

}  // namespace roadmap
