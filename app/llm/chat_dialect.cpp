#include "app/llm/chat_dialect.h"

namespace roadmap::app {

std::optional<ChatDialect> ChatDialect::after_refusal(const EndpointError& error) const {
  const auto names = [&](const char* member) {
    return error.param == member || error.message.find(member) != std::string::npos;
  };
  ChatDialect next = *this;
  if (!max_completion_tokens && (error.param == "max_tokens" || names("max_completion_tokens"))) {
    next.max_completion_tokens = true;
  } else if (temperature && names("temperature")) {
    next.temperature = false;
  } else if (json_mode) {
    next.json_mode = false;  // servers without it say so in many ways
  } else {
    return std::nullopt;
  }
  return next;
}

}  // namespace roadmap::app
