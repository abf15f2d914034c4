#include "core/scoring/framework.h"

#include "core/fields/cell_value.h"

namespace roadmap {
namespace {

using Defaults = ScoringDefaults;

constexpr std::array<ScoreInput, kScoreInputCount> kRiceInputs = {{
    {"rice_reach", "Reach", InputRule::kNotNegative, &Defaults::rice_reach},
    {"rice_impact", "Impact", InputRule::kImpact, &Defaults::rice_impact},
    {"rice_confidence", "Confidence", InputRule::kConfidence, &Defaults::rice_confidence},
    {"rice_effort", "Effort", InputRule::kDivisor, &Defaults::rice_effort},
}};

constexpr std::array<ScoreInput, kScoreInputCount> kWsjfInputs = {{
    {"wsjf_business_value", "Business Value", InputRule::kNotNegative, &Defaults::wsjf_business_value},
    {"wsjf_time_criticality", "Time Criticality", InputRule::kNotNegative, &Defaults::wsjf_time_criticality},
    {"wsjf_risk_reduction", "Risk Reduction", InputRule::kNotNegative, &Defaults::wsjf_risk_reduction},
    {"wsjf_job_size", "Job Size", InputRule::kDivisor, &Defaults::wsjf_job_size},
}};

constexpr std::array<FrameworkInfo, kFrameworkCount> kFrameworks = {{
    {Framework::kRice,
     kFrameworkNames[0],
     kRiceInputs,
     "rice_value_score",
     "rice_effort_score",
     "rice_overall_score",
     {}},
    {Framework::kWsjf,
     kFrameworkNames[1],
     kWsjfInputs,
     "wsjf_value_score",
     "wsjf_effort_score",
     "wsjf_overall_score",
     {}},
    {Framework::kMathModel,
     kMathModelFramework,
     {},
     "math_value_score",
     "math_effort_score",
     "math_overall_score",
     "math_warnings"},
}};

}  // namespace

std::span<const FrameworkInfo> frameworks() { return kFrameworks; }

const FrameworkInfo& framework_info(Framework framework) {
  return kFrameworks.at(static_cast<std::size_t>(framework));
}

std::optional<Framework> framework_named(std::string_view name) {
  for (const FrameworkInfo& info : kFrameworks) {
    if (info.name == name) return info.framework;
  }
  return std::nullopt;
}

}  // namespace roadmap
