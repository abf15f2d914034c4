#pragma once

#include <string>

#include "app/llm/chat_client.h"
#include "core/llm/assistant.h"

namespace roadmap::app {

// The assistant over chat completions, one model a kind of question. Safe to call from many threads.
class ChatAssistant : public Assistant {
 public:
  // `client` outlives this.
  ChatAssistant(ChatClient& client, std::string formula_model, std::string params_model)
      : client_(client), formula_model_(std::move(formula_model)), params_model_(std::move(params_model)) {}

  SuggestionAnswer suggest_formula(const FormulaQuestion& question, const RunControl& control) override;
  DescriptionsAnswer describe_parameters(const ParametersQuestion& question,
                                         const RunControl& control) override;

 private:
  ChatClient& client_;
  const std::string formula_model_;
  const std::string params_model_;
};

}  // namespace roadmap::app
