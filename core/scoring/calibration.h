#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/scoring/framework.h"

namespace roadmap {

// What a scored row of the tab shows for RICE and WSJF.
struct CalibrationRow {
  std::string key;
  ScoreInputs rice;
  ScoreInputs wsjf;
};

// Remarks on how the tab's numbers were chosen, at most one of each kind; they never change a score:
// - WSJF columns in which no row has the smallest value 1, once two rows can be compared. WSJF values are
//   relative to one another: https://framework.scaledagile.com/wsjf
// - WSJF values off the modified Fibonacci scale while most are on it
// - RICE Impact that is none of 0.25, 0.5, 1, 2, 3 (one that is clamped has its own warning)
// - RICE Effort below half a person-month
// `rows` are all scored rows of the tab, in its order: never only those of a selection. Pure.
std::vector<std::string> calibration_hints(std::span<const CalibrationRow> rows);

}  // namespace roadmap
