#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "app/llm/chat_answer.h"
#include "core/clock.h"
#include "core/llm/assistant.h"
#include "core/llm/chat_prompt.h"
#include "core/run/run_control.h"
#include "core/run/waiter.h"
#include "net/transport.h"

namespace roadmap::app {

struct ChatOptions {
  std::string base_url;  // as configured: "http://127.0.0.1:11434/v1"; a slash at its end does not matter
  std::string api_key;   // empty: none is sent
  double temperature = 0.2;
  int max_tokens = 2048;
  std::chrono::milliseconds timeout{60000};  // of one try
};

// Which optional members of a chat completion an endpoint takes. All of them are OpenAI's, but models and
// servers differ in what they refuse: https://platform.openai.com/docs/api-reference/chat/create
struct ChatDialect {
  bool json_mode = true;               // response_format {"type": "json_object"}
  bool temperature = true;             // reasoning models take none but their own
  bool max_completion_tokens = false;  // instead of max_tokens, which newer models refuse

  // What to try after this refusal; nullopt where there is nothing left to leave out. Each step leaves out
  // or renames one member, so that this ends after three.
  std::optional<ChatDialect> after_refusal(const EndpointError& error) const;

  friend bool operator==(const ChatDialect&, const ChatDialect&) = default;
};

// Chat completions of any OpenAI-compatible endpoint. Safe to call from many threads.
class ChatClient {
 public:
  struct Surroundings {
    net::Transport& transport;
    const Clock& clock;
    Waiter& waiter;
    RandomFraction random;
  };
  ChatClient(ChatOptions options, Surroundings surroundings);

  // Blocks; the model's text. Tries again after 429, 5xx, a closed connection and, once, a timeout, waiting
  // at least as long as the endpoint asks, within control.deadline. A request that is refused for an optional
  // member is sent again without it, which is remembered for the model. Throws RunStopped only. An empty
  // model is left out: servers with a single one need none. Logs nothing.
  std::variant<std::string, AssistantError> complete(const std::string& model, const ChatPrompt& prompt,
                                                     const RunControl& control);

 private:
  struct Failure {
    AssistantError error;
    bool worth_retrying = false;
    bool refused_request = false;  // perhaps for a member that can be left out
    EndpointError endpoint = {};
  };
  using Outcome = std::variant<std::string, Failure>;

  Outcome attempt(const net::ClientRequest& request, const RunControl& control) const;
  Outcome read_response(const net::ClientResponse& response) const;
  static Failure from_transfer(const net::TransferError& error, const RunControl& control);
  net::ClientRequest request_for(const std::string& model, const ChatPrompt& prompt,
                                 const ChatDialect& dialect) const;
  std::string without_key(std::string text) const;
  ChatDialect dialect_of(const std::string& model) const;
  void remember(const std::string& model, const ChatDialect& dialect);

  const ChatOptions options_;
  const std::string url_;
  net::Transport& transport_;
  const Clock& clock_;
  Backoff backoff_;
  mutable std::mutex mutex_;
  std::map<std::string, ChatDialect> dialects_;  // by model; at most the two configured ones
};

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
