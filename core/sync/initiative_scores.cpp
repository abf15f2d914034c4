#include "core/sync/initiative_scores.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/scoring/math_model.h"
#include "core/scoring/score.h"
#include "core/sync/found_in.h"

namespace roadmap {
namespace {

FieldId initiative_field(std::string_view name) { return field_id(Table::kInitiatives, name); }

std::optional<double> number_in(const Cell& cell) {
  const auto* number = std::get_if<double>(&cell);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

ScoreInputs inputs_of(const InitiativeRecord& initiative, Framework framework) {
  ScoreInputs inputs;
  const auto& described = framework_info(framework).inputs;
  for (std::size_t i = 0; i < described.size(); ++i)
    inputs[i] = number_in(initiative.value(initiative_field(described[i].field)));
  return inputs;
}

MathModel math_model_of(const ScoringCase& scoring_case) {
  MathModel model;
  const InitiativeRecord& initiative = *scoring_case.initiative;
  model.use_math_model = initiative.value(fields::use_math_model()) == Cell(true);
  model.effort_engineering_days = number_in(initiative.value(fields::effort_engineering_days()));
  if (scoring_case.model != nullptr) {
    const FieldValues& values = scoring_case.model->values;
    model.stored = true;
    model.formula_text = to_text(values.value(fields::formula_text()));
    model.suggested_formula_text = to_text(values.value(fields::suggested_formula()));
    model.approved = values.value(fields::approved_by_user()) == Cell(true);
  }
  for (const ParamRecord* param : scoring_case.params) {
    if (param->key.framework != framework_info(Framework::kMathModel).name) continue;
    model.parameters.push_back({param->key.name, number_in(param->values.value(fields::param_value())),
                                param->values.value(fields::param_approved()) == Cell(true)});
  }
  return model;
}

Score math_score(const ScoringCase& scoring_case) {
  const MathModel model = math_model_of(scoring_case);
  if (model.use_math_model && !scoring_case.model_problem.empty())
    return not_scored(Framework::kMathModel, scoring_case.model_problem);
  return score_math_model(model);
}

// What a person has to do before Score, which says nothing of a framework that nobody began to fill in, can
// give a score; empty: it has one, or was begun.
std::string before_first_score(const InitiativeRecord& initiative, Framework framework) {
  const auto& inputs = framework_info(framework).inputs;
  const bool is_begun = inputs.empty() ? initiative.value(fields::use_math_model()) == Cell(true)
                                       : std::any_of(inputs.begin(), inputs.end(), [&](const auto& input) {
                                           return !is_blank(initiative.value(initiative_field(input.field)));
                                         });
  if (is_begun || has_score(initiative, framework)) return {};
  if (inputs.empty()) return ", once Use Math Model is ticked";
  std::vector<std::string_view> labels;
  for (const ScoreInput& input : inputs)
    labels.push_back(input.label);
  const std::string_view last = labels.back();
  labels.pop_back();
  return fmt::format(", once {} and {} are filled in", fmt::join(labels, ", "), last);
}

}  // namespace

FrameworkScores compute_scores(const ScoringCase& scoring_case, const ScoringSettings& settings) {
  FrameworkScores scores;
  for (const Framework framework : {Framework::kRice, Framework::kWsjf}) {
    scores[static_cast<std::size_t>(framework)] =
        score_inputs(framework, inputs_of(*scoring_case.initiative, framework), settings);
  }
  scores[static_cast<std::size_t>(Framework::kMathModel)] = math_score(scoring_case);
  return scores;
}

std::string scoring_input_problem(const InitiativeRecord& initiative, const ScoringSettings& settings) {
  std::string problems;
  for (const Framework framework : {Framework::kRice, Framework::kWsjf}) {
    const Score score = score_inputs(framework, inputs_of(initiative, framework), settings);
    if (score.state != ScoreState::kFailed) continue;
    problems += (problems.empty() ? "" : "; ") + score.reason;
  }
  return problems;
}

const std::vector<FieldId>& score_input_fields() {
  static const auto kFields = [] {
    std::vector<FieldId> ids;
    for (const FrameworkInfo& info : frameworks()) {
      for (const ScoreInput& input : info.inputs)
        ids.push_back(initiative_field(input.field));
    }
    return ids;
  }();
  return kFields;
}

std::vector<std::pair<FieldId, std::string>> input_adjustments(const InitiativeRecord& initiative) {
  std::vector<std::pair<FieldId, std::string>> adjustments;
  for (const FrameworkInfo& info : frameworks()) {
    for (const ScoreInput& input : info.inputs) {
      const FieldId id = initiative_field(input.field);
      const auto number = number_in(initiative.value(id));
      const std::string warning = number ? take_input(input, *number).warning : std::string();
      if (!warning.empty()) adjustments.emplace_back(id, fmt::format("{}: {}", info.name, warning));
    }
  }
  return adjustments;
}

CalibrationRow calibration_row(const InitiativeRecord& initiative) {
  return {initiative.key, inputs_of(initiative, Framework::kRice), inputs_of(initiative, Framework::kWsjf)};
}

bool is_stale(const ScoreRecord& stored, const Score& now, const std::string& formula) {
  const Score& then = stored.score;
  return then.state != now.state || then.value != now.value || then.effort != now.effort ||
         then.overall != now.overall || then.inputs != now.inputs || stored.formula != formula;
}

std::string formula_of(const MathModelRecord* model) {
  return model == nullptr ? std::string() : to_text(model->values.value(fields::formula_text()));
}

ScoreFields score_fields(Framework framework) {
  const FrameworkInfo& info = framework_info(framework);
  return {initiative_field(info.value_field), initiative_field(info.effort_field),
          initiative_field(info.overall_field)};
}

ScoreFields active_score_fields() {
  return {fields::value_score(), fields::effort_score(), fields::overall_score()};
}

bool is_active_score(FieldId id) {
  return id == fields::value_score() || id == fields::effort_score() || id == fields::overall_score();
}

ScoreCells score_cells(const InitiativeRecord& initiative, const ScoreFields& fields) {
  return {initiative.value(fields.value), initiative.value(fields.effort), initiative.value(fields.overall)};
}

bool has_score(const InitiativeRecord& initiative, Framework framework) {
  return !is_blank(initiative.value(score_fields(framework).value));
}

std::string before_switch(const InitiativeRecord& initiative, Framework framework) {
  if (has_score(initiative, framework)) return {};
  const std::string first = before_first_score(initiative, framework);
  return first.empty() ? ", once Score gives it a score" : first + " and Score was run";
}

std::string no_score_yet(const InitiativeRecord& initiative, Framework framework) {
  return fmt::format("no {} score yet, run Score first{}", framework_info(framework).name,
                     before_first_score(initiative, framework));
}

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
