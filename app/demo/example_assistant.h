#pragma once

#include "core/llm/assistant.h"

namespace roadmap::app {

// The demo's assistant, so that Suggest formula and Seed parameters can be tried without a language model:
// answers from a small table and says so in every one of them. Never fails. Safe to call from many threads.
class ExampleAssistant : public Assistant {
 public:
  SuggestionAnswer suggest_formula(const FormulaQuestion& question, const RunControl& control) override;
  DescriptionsAnswer describe_parameters(const ParametersQuestion& question,
                                         const RunControl& control) override;
};

}  // namespace roadmap::app
