#include "core/sync/initiative_scores.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/scoring/input_score.h"
#include "core/scoring/math_model.h"

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

}  // namespace roadmap
