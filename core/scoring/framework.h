#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/fields/cell_value.h"

namespace roadmap {

enum class Framework : std::uint8_t { kRice, kWsjf, kMathModel };
inline constexpr std::size_t kFrameworkCount = kFrameworkNames.size();

// What stands in for inputs that are missing, where the configuration asks for that.
struct ScoringDefaults {
  double rice_reach = 1.0;
  double rice_impact = 1.0;
  double rice_confidence = 0.8;
  double rice_effort = 1.0;
  double wsjf_business_value = 5.0;
  double wsjf_time_criticality = 3.0;
  double wsjf_risk_reduction = 2.0;
  double wsjf_job_size = 1.0;
};

// How a typed number is taken.
enum class InputRule : std::uint8_t {
  kNotNegative,  // a negative one fails the row
  kImpact,       // clamped to 0…3 with a warning
  kConfidence,   // 0…1; from 2 to 100 a percentage, with a warning; anything else fails the row
  kDivisor,      // the effort: fails the row unless above 0
};

struct ScoreInput {
  std::string_view field;  // its name in the field registry: "rice_reach"
  std::string_view label;  // in messages: "Reach"
  InputRule rule{};
  double ScoringDefaults::*fallback = nullptr;
};

// Inputs of RICE and of WSJF; the last one is the effort.
inline constexpr std::size_t kScoreInputCount = 4;
using ScoreInputs = std::array<std::optional<double>, kScoreInputCount>;

// One way of scoring: where its inputs come from and its scores go, by names of the field registry (table
// initiatives).
struct FrameworkInfo {
  Framework framework{};
  std::string_view name;               // as cells and messages show it: "RICE"
  std::span<const ScoreInput> inputs;  // in the order of ScoreInputs; none for MATH_MODEL
  std::string_view value_field;
  std::string_view effort_field;
  std::string_view overall_field;
  std::string_view warnings_field;  // empty: its warnings are said in the row's Status
};

// All of them, in the order in which they are computed and shown; [i] has the enum value i.
std::span<const FrameworkInfo> frameworks();
const FrameworkInfo& framework_info(Framework framework);

// The framework that a stored cell names ("WSJF"); nullopt for any other text.
std::optional<Framework> framework_named(std::string_view name);

}  // namespace roadmap
