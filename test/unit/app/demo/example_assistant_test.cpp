#include "app/demo/example_assistant.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/formula/formula.h"

namespace roadmap::app {
namespace {

FormulaSuggestion suggested(const std::string& problem) {
  ExampleAssistant assistant;
  FormulaQuestion question;
  question.initiative = {{"problem_statement", problem}};
  return std::get<FormulaSuggestion>(assistant.suggest_formula(question, RunControl{}));
}

}  // namespace

TEST_CASE("each formula of the example assistant can be computed, and says that no model was asked") {
  for (const char* problem :
       {"Hotels cannot buy on Invoice.", "Same-day delivery is what people want.", "Anything else"}) {
    INFO(problem);
    const FormulaSuggestion suggestion = suggested(problem);
    CHECK(std::holds_alternative<Formula>(parse_formula(suggestion.formula)));
    CHECK_THAT(suggestion.notes, Catch::Contains("no language model was asked"));
  }
  CHECK(suggested("invoice").formula != suggested("delivery").formula);
}

TEST_CASE("every input of its own formulas is in the example assistant's table") {
  ExampleAssistant assistant;
  for (const char* problem : {"invoice", "delivery", "else"}) {
    const FormulaSuggestion suggestion = suggested(problem);
    const Formula formula = std::get<Formula>(parse_formula(suggestion.formula));
    ParametersQuestion question{{}, suggestion.formula, {formula.inputs().begin(), formula.inputs().end()}};
    REQUIRE_FALSE(question.names.empty());
    const auto answer =
        std::get<std::vector<ParameterDescription>>(assistant.describe_parameters(question, RunControl{}));
    REQUIRE(answer.size() == question.names.size());
    for (std::size_t i = 0; i < answer.size(); ++i) {
      INFO(question.names[i]);
      CHECK(answer[i].name == question.names[i]);
      CHECK_FALSE(answer[i].unit.empty());
      CHECK_THAT(answer[i].description, Catch::Contains("example of the demo"));
    }
  }
}

TEST_CASE("what the example assistant's table lacks is said to be lacking") {
  ExampleAssistant assistant;
  const auto answer = std::get<std::vector<ParameterDescription>>(
      assistant.describe_parameters({{}, "value = moon_phase", {"moon_phase"}}, RunControl{}));
  REQUIRE(answer.size() == 1);
  CHECK(answer[0].display == "Moon phase");
  CHECK(answer[0].unit.empty());
  CHECK_THAT(answer[0].description, Catch::Contains("Not in the demo's small table"));
}

}  // namespace roadmap::app
