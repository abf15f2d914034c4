#include "app/llm/chat_assistant.h"

#include "core/llm/chat_prompt.h"

namespace roadmap::app {

SuggestionAnswer ChatAssistant::suggest_formula(const FormulaQuestion& question, const RunControl& control) {
  auto answer = client_.complete(formula_model_, formula_prompt(question), control);
  if (auto* error = std::get_if<AssistantError>(&answer)) return std::move(*error);
  return read_formula_answer(std::get<std::string>(answer));
}

DescriptionsAnswer ChatAssistant::describe_parameters(const ParametersQuestion& question,
                                                      const RunControl& control) {
  auto answer = client_.complete(params_model_, parameters_prompt(question), control);
  if (auto* error = std::get_if<AssistantError>(&answer)) return std::move(*error);
  return read_parameters_answer(std::get<std::string>(answer), question.names);
}

}  // namespace roadmap::app
