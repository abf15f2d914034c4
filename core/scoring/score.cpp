#include "core/scoring/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

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

constexpr std::size_t kEffort = kScoreInputCount - 1;
using Numbers = std::array<double, kScoreInputCount>;

// What is computed with, and what has been said about it.
struct Collected {
  Numbers numbers{};
  std::vector<std::string> failures;
  std::vector<std::string> missing;   // labels
  std::vector<std::string> defaults;  // "Effort 1"
  std::vector<std::string> bad_defaults;
};

// Takes every input, or its default, into `score` and into the result.
Collected collect(const FrameworkInfo& info, const ScoreInputs& inputs, const ScoringSettings& settings,
                  Score& score) {
  Collected collected;
  for (std::size_t i = 0; i < kScoreInputCount; ++i) {
    const ScoreInput& input = info.inputs[i];
    std::optional<double> typed = inputs.at(i);
    if (!typed && settings.missing_inputs == MissingInputs::kDefaults) {
      typed = settings.defaults.*input.fallback;
      collected.defaults.push_back(fmt::format("{} {}", input.label, *typed));
    }
    if (!typed) {
      collected.missing.emplace_back(input.label);
      continue;
    }
    TakenInput taken = take_input(input, *typed);
    if (!taken.failure.empty()) {
      const bool names_framework = input.rule == InputRule::kDivisor;  // both frameworks have an effort
      if (!inputs.at(i)) {
        collected.bad_defaults.push_back(std::move(taken.failure));  // no fault of the row's
      } else {
        collected.failures.push_back(names_framework ? fmt::format("{}: {}", info.name, taken.failure)
                                                     : std::move(taken.failure));
      }
      continue;
    }
    if (!taken.warning.empty()) {
      score.warnings.push_back(std::move(taken.warning));
      ++score.adjustments;
    }
    collected.numbers.at(i) = taken.value;
    score.inputs.push_back({std::string(input.field), *typed});
    score.components.push_back({std::string(input.field), taken.value});
  }
  return collected;
}

double value_of(Framework framework, const Numbers& n) {
  return framework == Framework::kRice ? n[0] * n[1] * n[2] : n[0] + n[1] + n[2];
}

std::string explained(Framework framework, const Numbers& n, double overall) {
  if (framework == Framework::kRice)
    return fmt::format("{} × {} × {} ÷ {} = {}", n[0], n[1], n[2], n[kEffort], overall);
  return fmt::format("({} + {} + {}) ÷ {} = {}", n[0], n[1], n[2], n[kEffort], overall);
}

}  // namespace

std::string status_note(const Score& score) {
  const std::string_view name = framework_info(score.framework).name;
  switch (score.state) {
    case ScoreState::kScored:
      if (score.warnings.size() <= score.adjustments) return {};
      return fmt::format("{}: {}", name,
                         fmt::join(score.warnings.begin() + static_cast<std::ptrdiff_t>(score.adjustments),
                                   score.warnings.end(), "; "));
    case ScoreState::kNotScored:
      return fmt::format("{} not scored: {}", name, score.reason);
    case ScoreState::kFailed:
      return score.reason;
    case ScoreState::kSilent:
      break;
  }
  return {};
}

std::string warnings_text(const Score& score) {
  if (score.scored()) return fmt::format("{}", fmt::join(score.warnings, "; "));
  return score.reason;
}

Score not_scored(Framework framework, std::string reason) {
  Score score;
  score.framework = framework;
  score.state = ScoreState::kNotScored;
  score.reason = std::move(reason);
  return score;
}

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

Score score_inputs(Framework framework, const ScoreInputs& inputs, const ScoringSettings& settings) {
  const FrameworkInfo& info = framework_info(framework);
  Score score;
  score.framework = framework;
  if (std::none_of(inputs.begin(), inputs.end(), [](const auto& input) { return input.has_value(); }))
    return score;

  const Collected collected = collect(info, inputs, settings, score);
  if (!collected.failures.empty()) {
    Score failed = not_scored(framework, fmt::format("{}", fmt::join(collected.failures, "; ")));
    failed.state = ScoreState::kFailed;
    return failed;
  }
  if (!collected.missing.empty())
    return not_scored(framework, fmt::format("{} missing", fmt::join(collected.missing, ", ")));
  if (!collected.bad_defaults.empty())
    return not_scored(framework, fmt::format("{}", fmt::join(collected.bad_defaults, "; ")));
  const double effort = collected.numbers[kEffort];
  const double value = value_of(framework, collected.numbers);
  const double overall = value / effort;
  if (!std::isfinite(value) || !std::isfinite(overall))
    return not_scored(framework, "the result is too large for a number");
  if (!collected.defaults.empty())
    score.warnings.push_back(fmt::format("default used for {}", fmt::join(collected.defaults, ", ")));
  score.state = ScoreState::kScored;
  score.value = value;
  score.effort = effort;
  score.overall = overall;
  score.explanation = explained(framework, collected.numbers, overall);
  return score;
}

}  // namespace roadmap
