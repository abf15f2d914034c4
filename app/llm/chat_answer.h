#pragma once

#include <string>
#include <variant>

#include "core/llm/assistant.h"
#include "net/transport.h"

namespace roadmap::app {

// What an endpoint says about a request that it did not accept.
struct EndpointError {
  std::string message;  // its own words, one line, cut; "" when it says nothing readable
  std::string param;    // the member it names, as OpenAI does
  std::string code;     // "insufficient_quota"
};

// Reads {"error": {"message", "param", "code"}}, {"error": "…"} or {"message": "…"}; empty for anything else.
EndpointError read_endpoint_error(const std::string& body);

// The text of a chat completion's first choice. kMalformed for anything else: no JSON, another shape, an
// answer that was cut or declined.
std::variant<std::string, AssistantError> read_completion(const std::string& body);

// What an HTTP status other than 2xx means for the question. `retry_after` is filled in by the caller.
AssistantError error_of(int status, const EndpointError& error);

}  // namespace roadmap::app
