#include "core/sync/stored_scoring.h"

#include <algorithm>
#include <utility>

#include "core/sync/found_in.h"

namespace roadmap {

StoredScoring::StoredScoring(std::vector<MathModelRecord> models, std::vector<ParamRecord> params,
                             std::vector<ScoreRecord> scores) {
  for (MathModelRecord& model : models)
    models_.emplace(model.initiative_key, std::move(model));
  for (ParamRecord& param : params)
    params_.emplace(param.key, std::move(param));
  for (ScoreRecord& score : scores)
    scores_.emplace(std::pair(score.initiative_key, score.score.framework), std::move(score));
}

void StoredScoring::apply(const StoreChanges& changes) {
  for (const InitiativeChange& change : changes.changed_initiatives) {
    initiatives_.erase(change.key);
    auto& values = changed_[change.key];
    values.insert(values.end(), change.values.begin(), change.values.end());
  }
  for (const MathModelChange& change : changes.math_models) {
    MathModelRecord& model = models_[change.initiative_key];
    model.initiative_key = change.initiative_key;
    for (const auto& [id, value] : change.values)
      model.values.set(id, value);
  }
  for (const ParamKey& key : changes.dropped_params)
    params_.erase(key);
  for (const ParamChange& change : changes.params) {
    ParamRecord& param = params_[change.key];
    param.key = change.key;
    for (const auto& [id, value] : change.values)
      param.values.set(id, value);
  }
}

const MathModelRecord* StoredScoring::model(const std::string& key) const { return found_in(models_, key); }

const ScoreRecord* StoredScoring::score(const std::string& key, Framework framework) const {
  return found_in(scores_, {key, framework});
}

ScoringCase StoredScoring::scoring_case(const InitiativeRecord& stored, std::string model_problem) {
  ScoringCase result;
  const auto* changed = found_in(changed_, stored.key);
  if (changed == nullptr) {
    result.initiative = &stored;
  } else {
    const auto [after, is_new] = initiatives_.try_emplace(stored.key, stored);
    if (is_new) {
      for (const auto& [id, value] : *changed)
        after->second.set(id, value);
    }
    result.initiative = &after->second;
  }
  result.model = model(stored.key);
  for (auto param = params_.lower_bound({stored.key, {}, {}});
       param != params_.end() && param->first.initiative_key == stored.key; ++param) {
    result.params.push_back(&param->second);
  }
  result.model_problem = std::move(model_problem);
  return result;
}

InitiativeRecord StoredScoring::take(const InitiativeRecord& of_case) {
  const auto after = initiatives_.find(of_case.key);
  if (after == initiatives_.end()) return of_case;
  InitiativeRecord taken = std::move(after->second);
  initiatives_.erase(after);
  return taken;
}

bool StoredScoring::is_score_stale(const ScoringCase& scoring_case, Framework framework,
                                   const ScoringSettings& settings) const {
  const ScoreRecord* stored = score(scoring_case.initiative->key, framework);
  if (stored == nullptr || !stored->score.scored()) return false;
  const Score now = compute_scores(scoring_case, settings).at(static_cast<std::size_t>(framework));
  const bool is_math = framework == Framework::kMathModel;
  return is_stale(*stored, now, is_math ? formula_of(scoring_case.model) : std::string());
}

bool StoredScoring::has_stale_score(const ScoringCase& scoring_case, const ScoringSettings& settings) const {
  const auto all = frameworks();
  return std::any_of(all.begin(), all.end(), [&](const FrameworkInfo& info) {
    return is_score_stale(scoring_case, info.framework, settings);
  });
}

}  // namespace roadmap
