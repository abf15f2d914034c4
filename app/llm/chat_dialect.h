#pragma once

#include <optional>
#include <string>

#include "app/llm/chat_answer.h"

namespace roadmap::app {

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

}  // namespace roadmap::app
