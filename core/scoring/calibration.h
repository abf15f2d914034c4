#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/scoring/framework.h"

namespace roadmap {

// What a row of the selection shows for RICE and WSJF.
struct CalibrationRow {
  ScoreInputs rice;
  ScoreInputs wsjf;
};

// A remark on how numbers were chosen. Never changes a score.
struct CalibrationHint {
  std::optional<std::size_t> row;  // index into the selection; nullopt: about the selection as a whole
  std::string text;                // "WSJF: no row has the smallest Job Size, 1"
};

// RICE: an Impact that is none of 0.25, 0.5, 1, 2, 3 (one that is clamped has its own warning); an Effort
// below half a person-month. WSJF: a column in which no row has a 1, once two rows can be compared; a value
// off the modified Fibonacci scale while most of the selection is on it.
// https://framework.scaledagile.com/wsjf Hints of rows come first, in the order of the rows. Pure.
std::vector<CalibrationHint> calibration_hints(std::span<const CalibrationRow> selection);

}  // namespace roadmap
