#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/scoring/score.h"

namespace roadmap {

// A parameter of an initiative's model that stands on the Params tab.
struct MathParameter {
  std::string name;
  std::optional<double> value;
  bool approved = false;
};

// What is known of an initiative's math model.
struct MathModel {
  bool use_math_model = false;  // the initiative's Use Math Model
  bool stored = false;          // it has a row in MathModels
  std::string formula_text;     // with the rest of the row empty where none is stored
  std::string suggested_formula_text;
  bool approved = false;
  std::vector<MathParameter> parameters;  // of two with one name the first counts
  std::optional<double> effort_engineering_days;
};

// The model's scores. Not scored says why in the words of the column Math: Warnings: "disabled", "missing
// formula", "not approved", "invalid: line 2: …", "missing value: uplift; not approved: traffic", "error:
// line 3: division by zero". Never fails the row: what is wrong stands on another tab. Pure; the time is
// bounded by the formula's limits.
Score score_math_model(const MathModel& model);

}  // namespace roadmap
