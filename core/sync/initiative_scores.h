#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/fields/field.h"
#include "core/scoring/calibration.h"
#include "core/scoring/framework.h"
#include "core/scoring/score.h"
#include "core/store/store.h"

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

// All that is stored of some initiatives' scoring, as it will be once planned changes are committed. A value.
class StoredScoring {
 public:
  StoredScoring(std::vector<MathModelRecord> models, std::vector<ParamRecord> params,
                std::vector<ScoreRecord> scores);

  // Works planned changes in, as their commit will.
  void apply(const StoreChanges& changes);

  const MathModelRecord* model(const std::string& key) const;                   // nullptr: none
  const ScoreRecord* score(const std::string& key, Framework framework) const;  // the newest; nullptr: none

  // The case of an initiative that it knows of, changes worked in. `stored` is what is stored of it now; the
  // result refers to this object and is valid until the next apply().
  ScoringCase scoring_case(const InitiativeRecord& stored, std::string model_problem = {});
  // The record of a case that is done with: moved where changes were worked in, for thousands take much
  // memory.
  InitiativeRecord take(const InitiativeRecord& of_case);

  // Whether the framework's score of the initiative was computed from other inputs than are stored.
  bool is_score_stale(const ScoringCase& scoring_case, Framework framework,
                      const ScoringSettings& settings) const;
  // Whether any of its scores was.
  bool has_stale_score(const ScoringCase& scoring_case, const ScoringSettings& settings) const;

 private:
  std::map<std::string, MathModelRecord> models_;
  std::map<ParamKey, ParamRecord> params_;
  std::map<std::pair<std::string, Framework>, ScoreRecord> scores_;
  std::unordered_map<std::string, std::vector<std::pair<FieldId, Cell>>> changed_;  // initiatives' values
  std::unordered_map<std::string, InitiativeRecord> initiatives_;                   // changes worked in
};

}  // namespace roadmap
