#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/scoring/input_score.h"
#include "core/store/records.h"
#include "core/sync/initiative_scores.h"

namespace roadmap::app {

// Scores as the API shows them.
class ScoresJson {
 public:
  // Both outlive this object. Throws nothing.
  ScoresJson(StoredScoring& stored, const ScoringSettings& settings) : stored_(stored), settings_(settings) {}

  // {"RICE": {"value", "effort", "overall", "computed_at", "stale"} or null, …}: the newest computation of
  // each framework, null where there was none.
  nlohmann::ordered_json summary(const InitiativeRecord& initiative);
  // The same with what explains each score: reason, explanation, inputs, components, warnings, formula.
  nlohmann::ordered_json details(const InitiativeRecord& initiative);

 private:
  template <typename Describe>
  nlohmann::ordered_json by_framework(const InitiativeRecord& initiative, Describe describe);

  StoredScoring& stored_;
  const ScoringSettings& settings_;
};

// Computations as a list, in the order given.
nlohmann::ordered_json history_json(const std::vector<ScoreRecord>& history);

}  // namespace roadmap::app
