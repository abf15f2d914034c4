#include "core/scoring/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace roadmap {
namespace {

constexpr std::array<double, 7> kModifiedFibonacci = {1, 2, 3, 5, 8, 13, 20};
constexpr double kSmallest = 1;             // of a WSJF column: what the others are compared with
constexpr std::size_t kComparableRows = 2;  // one row alone is compared with nothing
constexpr std::array<double, 5> kImpacts = {0.25, 0.5, 1, 2, 3};
constexpr double kLargestRatedImpact = 3;  // above and below 0 scoring warns itself
constexpr double kSmallestEffort = 0.5;    // person-months

constexpr std::size_t kImpact = 1;  // places in ScoreInputs
constexpr std::size_t kEffortInput = kScoreInputCount - 1;

template <std::size_t kSize>
bool is_one_of(const std::array<double, kSize>& values, double value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Whether most WSJF values of the selection are on the scale: a team that sizes otherwise is not corrected.
bool uses_fibonacci(std::span<const CalibrationRow> selection) {
  std::size_t on = 0;
  std::size_t off = 0;
  for (const CalibrationRow& row : selection) {
    for (const auto& value : row.wsjf) {
      if (value) ++(is_one_of(kModifiedFibonacci, *value) ? on : off);
    }
  }
  return on > off;
}

void add_rice_hints(std::size_t index, const ScoreInputs& rice, std::vector<CalibrationHint>& hints) {
  const auto& impact = rice[kImpact];
  if (impact && *impact >= 0 && *impact <= kLargestRatedImpact && !is_one_of(kImpacts, *impact))
    hints.push_back({index, fmt::format("RICE: Impact {} is none of 0.25, 0.5, 1, 2, 3", *impact)});
  const auto& effort = rice[kEffortInput];
  if (effort && *effort > 0 && *effort < kSmallestEffort)
    hints.push_back({index, fmt::format("RICE: Effort {} is below half a person-month", *effort)});
}

void add_scale_hints(std::size_t index, const ScoreInputs& wsjf, std::vector<CalibrationHint>& hints) {
  const FrameworkInfo& info = framework_info(Framework::kWsjf);
  for (std::size_t i = 0; i < kScoreInputCount; ++i) {
    const auto& value = wsjf.at(i);
    if (value && *value >= 0 && !is_one_of(kModifiedFibonacci, *value))
      hints.push_back({index, fmt::format("WSJF: {} {} is off the scale 1, 2, 3, 5, 8, 13, 20",
                                          info.inputs[i].label, *value)});
  }
}

void add_smallest_hints(std::span<const CalibrationRow> selection, std::vector<CalibrationHint>& hints) {
  const FrameworkInfo& info = framework_info(Framework::kWsjf);
  for (std::size_t i = 0; i < kScoreInputCount; ++i) {
    const auto has_value = [i](const CalibrationRow& row) { return row.wsjf.at(i).has_value(); };
    const auto is_smallest = [i](const CalibrationRow& row) { return row.wsjf.at(i) == kSmallest; };
    const auto rows = std::count_if(selection.begin(), selection.end(), has_value);
    if (static_cast<std::size_t>(rows) < kComparableRows) continue;
    if (std::none_of(selection.begin(), selection.end(), is_smallest))
      hints.push_back({std::nullopt, fmt::format("WSJF: no row of the selection has the smallest {}, 1",
                                                 info.inputs[i].label)});
  }
}

}  // namespace

std::vector<CalibrationHint> calibration_hints(std::span<const CalibrationRow> selection) {
  std::vector<CalibrationHint> hints;
  const bool fibonacci = uses_fibonacci(selection);
  for (std::size_t i = 0; i < selection.size(); ++i) {
    add_rice_hints(i, selection[i].rice, hints);
    if (fibonacci) add_scale_hints(i, selection[i].wsjf, hints);
  }
  add_smallest_hints(selection, hints);
  return hints;
}

}  // namespace roadmap
