#include "app/llm/chat_answer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/llm/chat_prompt.h"
#include "core/run/json_text.h"

namespace roadmap::app {
namespace {

using EndpointJson = nlohmann::json;

constexpr std::size_t kMaxEndpointMessage = 300;

// A discarded value where the text is no JSON, or one that nests too deeply.
EndpointJson parse(const std::string& body) {
  if (!json_trouble(body).empty()) return EndpointJson(EndpointJson::value_t::discarded);
  return EndpointJson::parse(body, nullptr, false);
}

const EndpointJson* member(const EndpointJson& json, const char* name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(name);
  return found == json.end() || found->is_null() ? nullptr : &*found;
}

std::string text_of(const EndpointJson* json) {
  return json != nullptr && json->is_string() ? json->get<std::string>() : "";
}

std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return cut_text(clean_text(text), kMaxEndpointMessage);
}

AssistantError malformed(std::string message, std::string detail = {}) {
  return {AssistantFailure::kMalformed, std::move(message), std::move(detail)};
}

}  // namespace

EndpointError read_endpoint_error(const std::string& body) {
  const EndpointJson json = parse(body);
  const EndpointJson* error = member(json, "error");
  EndpointError result;
  if (error != nullptr && error->is_object()) {
    result.message = one_line(text_of(member(*error, "message")));
    result.param = text_of(member(*error, "param"));
    result.code = text_of(member(*error, "code"));
  } else {
    result.message = one_line(text_of(error != nullptr ? error : member(json, "message")));
  }
  return result;
}

std::variant<std::string, AssistantError> read_completion(const std::string& body) {
  const EndpointJson json = parse(body);
  const EndpointJson* choices = member(json, "choices");
  const bool has_choice = choices != nullptr && choices->is_array() && !choices->empty();
  const EndpointJson* message = has_choice ? member(choices->front(), "message") : nullptr;
  if (message == nullptr) {
    return malformed("the assistant's answer could not be read",
                     "the answer is no chat completion; llm.base_url usually ends in /v1");
  }
  if (!text_of(member(*message, "refusal")).empty()) return malformed("the assistant declined to answer");
  const std::string finish = text_of(member(choices->front(), "finish_reason"));
  if (finish == "length") return malformed("the assistant's answer was cut", "raise llm.max_tokens");
  if (finish == "content_filter")
    return malformed("the assistant declined to answer", "its content filter ended the answer");
  std::string text = text_of(member(*message, "content"));
  if (text.empty()) return malformed("the assistant answered nothing");
  return text;
}

AssistantError error_of(int status, const EndpointError& error) {
  constexpr int kUnauthorised = 401, kForbidden = 403, kNotFound = 404, kRequestTimeout = 408,
                kTooManyRequests = 429, kFirstServerError = 500;
  const std::string detail =
      fmt::format("HTTP {}{}{}", status, error.message.empty() ? "" : ": ", error.message);
  switch (status) {
    case kUnauthorised:
    case kForbidden:
      return {AssistantFailure::kRefused, "the assistant refused its key; tell your operator", detail};
    case kNotFound:
      return {AssistantFailure::kRefused, "the assistant's address or model is unknown; tell your operator",
              detail + "; llm.base_url usually ends in /v1"};
    case kRequestTimeout:
      return {AssistantFailure::kTimeout, "the assistant did not answer in time; try again later", detail};
    case kTooManyRequests:
      if (error.code == "insufficient_quota") {
        return {AssistantFailure::kQuota, "the assistant's account is used up; tell your operator", detail};
      }
      return {AssistantFailure::kQuota, "the assistant is busy; try again later", detail};
    default:
      if (status >= kFirstServerError) {
        return {AssistantFailure::kUnavailable, "the assistant is not available; try again later", detail};
      }
      return {AssistantFailure::kRefused, "the assistant did not take the question; tell your operator",
              detail};
  }
}

}  // namespace roadmap::app
