#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/fields/field.h"
#include "core/scoring/calibration.h"
#include "core/scoring/framework.h"
#include "core/scoring/input_score.h"
#include "core/scoring/score.h"
#include "core/store/records.h"

namespace roadmap {

// What scoring one initiative starts from. Refers to records that must outlive it.
struct ScoringCase {
  const InitiativeRecord* initiative = nullptr;
  const MathModelRecord* model = nullptr;  // nullptr: none is stored
  std::vector<const ParamRecord*> params;  // of all frameworks; those that may be used
  std::string model_problem;               // what on another tab keeps the math model from being scored
};

using FrameworkScores = std::array<Score, kFrameworkCount>;  // by framework

// All frameworks' scores of one initiative. Pure.
FrameworkScores compute_scores(const ScoringCase& scoring_case, const ScoringSettings& settings);

// Why a row of Scoring_Inputs cannot be saved as these inputs stand: "RICE: Effort must be above 0"; empty:
// it can.
std::string scoring_input_problem(const InitiativeRecord& initiative, const ScoringSettings& settings = {});

// The inputs of RICE and WSJF.
const std::vector<FieldId>& score_input_fields();

// What an input is read as where that is not as it was typed: "RICE: Confidence 80 read as 80 %".
std::vector<std::pair<FieldId, std::string>> input_adjustments(const InitiativeRecord& initiative);

// What the row shows for RICE and WSJF.
CalibrationRow calibration_row(const InitiativeRecord& initiative);

// Whether the newest stored computation is not what the same inputs, formula and approvals give now.
bool is_stale(const ScoreRecord& stored, const Score& now, const std::string& formula);

// The formula of a stored math model; empty for none.
std::string formula_of(const MathModelRecord* model);

// Where a framework's scores stand in an initiative's record.
struct ScoreFields {
  FieldId value;
  FieldId effort;
  FieldId overall;
};
ScoreFields score_fields(Framework framework);
ScoreFields active_score_fields();
bool is_active_score(FieldId id);

// The three numbers of a record, as cells.
using ScoreCells = std::array<Cell, 3>;
ScoreCells score_cells(const InitiativeRecord& initiative, const ScoreFields& fields);

// Whether the initiative has a computed score of the framework: at least a value.
bool has_score(const InitiativeRecord& initiative, Framework framework);

// What has to come before a Switch shows a score: ", once Reach, Impact, Confidence and Effort are filled in
// and Score was run", or ", once Score gives it a score" where somebody began to fill it in. Empty: it has
// one.
std::string before_switch(const InitiativeRecord& initiative, Framework framework);

// Why a framework without any computation cannot become active: "no RICE score yet, run Score first", and
// what to fill in before that where nobody has begun.
std::string no_score_yet(const InitiativeRecord& initiative, Framework framework);

}  // namespace roadmap
