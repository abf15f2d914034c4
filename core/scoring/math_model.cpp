#include "core/scoring/math_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "core/fields/text.h"
#include "core/formula/formula.h"

namespace roadmap {
namespace {

constexpr std::size_t kMaxExplanation = 4000;  // bytes; a formula's lines beyond are left out

Score unscored(std::string reason) { return not_scored(Framework::kMathModel, std::move(reason)); }

std::string without_carriage_returns(std::string_view text) {
  std::string result(trim(text));
  result.erase(std::remove(result.begin(), result.end(), '\r'), result.end());
  return result;
}

// The values of a formula's inputs, or the words that say what is missing.
struct Arguments {
  std::vector<double> values;
  std::vector<std::string> missing;
  std::vector<std::string> not_approved;

  std::string complaint() const {
    std::vector<std::string> parts;
    if (!missing.empty()) parts.push_back(fmt::format("missing value: {}", fmt::join(missing, ", ")));
    if (!not_approved.empty())
      parts.push_back(fmt::format("not approved: {}", fmt::join(not_approved, ", ")));
    return fmt::format("{}", fmt::join(parts, "; "));
  }
};

Arguments arguments_of(const Formula& formula, const std::vector<MathParameter>& parameters) {
  Arguments arguments;
  for (const std::string& name : formula.inputs()) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const MathParameter& parameter) { return parameter.name == name; });
    const bool has_value = found != parameters.end() && found->value && std::isfinite(*found->value);
    if (!has_value) {
      arguments.missing.push_back(name);
    } else if (!found->approved) {
      arguments.not_approved.push_back(name);
    } else {
      arguments.values.push_back(*found->value);
    }
  }
  return arguments;
}

// The value of an assigned name; nullopt when no line assigns it.
std::optional<double> assigned_value(const Formula& formula, const std::vector<double>& values,
                                     std::string_view name) {
  const auto index = formula.assigned_index(name);
  if (!index) return std::nullopt;
  return values[*index];
}

// Effort where the formula has none, and overall where it has none but effort allows it.
void complete(Score& score, std::vector<std::string>& lines, std::optional<double> engineering_days) {
  if (!score.effort && engineering_days) {
    score.effort = engineering_days;
    lines.push_back(fmt::format("effort = {} (Effort Engineering Days)", *score.effort));
  }
  if (score.overall) return;
  if (!score.effort) {
    score.warnings.emplace_back(
        "no overall score: assign effort in the formula, or fill Effort Engineering Days");
  } else if (*score.effort <= 0) {
    score.warnings.emplace_back("no overall score: effort must be above 0");
  } else {
    score.overall = *score.value / *score.effort;
    lines.push_back(fmt::format("overall = {} ÷ {} = {}", *score.value, *score.effort, *score.overall));
  }
}

std::string joined_within_limit(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    if (text.size() + line.size() > kMaxExplanation) return text + (text.empty() ? "…" : "; …");
    text += (text.empty() ? "" : "; ") + line;
  }
  return text;
}

// The name of the first of the three scores that is infinite or no number; empty: none.
std::string_view overflowed(const Score& score) {
  if (!std::isfinite(*score.value)) return "value";
  if (score.effort && !std::isfinite(*score.effort)) return "effort";
  if (score.overall && !std::isfinite(*score.overall)) return "overall";
  return {};
}

Score computed(const Formula& formula, const Arguments& arguments, const MathModel& model) {
  const Evaluation evaluation = formula.evaluate(arguments.values);
  if (const auto* error = std::get_if<FormulaError>(&evaluation))
    return unscored("error: " + error->line_text());
  const auto& values = std::get<std::vector<double>>(evaluation);

  Score score;
  score.framework = Framework::kMathModel;
  score.state = ScoreState::kScored;
  score.value = assigned_value(formula, values, "value");
  score.effort = assigned_value(formula, values, "effort");
  score.overall = assigned_value(formula, values, "overall");
  std::vector<std::string> lines = formula.explain(arguments.values);
  complete(score, lines, model.effort_engineering_days);
  if (const std::string_view name = overflowed(score); !name.empty())
    return unscored(fmt::format("error: {} is too large for a number", name));

  for (std::size_t i = 0; i < arguments.values.size(); ++i)
    score.inputs.push_back({formula.inputs()[i], arguments.values[i]});
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) score.components.push_back({formula.assigned()[i], values[i]});
  }
  score.explanation = joined_within_limit(lines);
  return score;
}

// Word for word; line breaks and outer white space aside.
bool is_suggested_formula(const MathModel& model) {
  const std::string suggestion = without_carriage_returns(model.suggested_formula_text);
  return !suggestion.empty() && suggestion == without_carriage_returns(model.formula_text);
}

}  // namespace

Score score_math_model(const MathModel& model) {
  if (!model.use_math_model) {
    if (model.stored) return unscored("disabled");
    Score silent;
    silent.framework = Framework::kMathModel;
    return silent;
  }
  if (trim(model.formula_text).empty()) return unscored("missing formula");
  if (!model.approved) return unscored("not approved");
  const ParsedFormula parsed = parse_formula(model.formula_text);
  if (const auto* error = std::get_if<FormulaError>(&parsed))
    return unscored("invalid: " + error->line_text());
  const auto& formula = std::get<Formula>(parsed);
  const Arguments arguments = arguments_of(formula, model.parameters);
  if (std::string complaint = arguments.complaint(); !complaint.empty())
    return unscored(std::move(complaint));
  Score score = computed(formula, arguments, model);
  if (score.scored() && is_suggested_formula(model)) score.warnings.emplace_back("suggested by LLM");
  return score;
}

}  // namespace roadmap
