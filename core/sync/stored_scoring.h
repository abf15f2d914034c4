#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/store/store.h"
#include "core/sync/initiative_scores.h"

namespace roadmap {

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
