#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "app/llm/chat_client.h"
#include "test/unit/sheets_client/fakes.h"

namespace roadmap::app::test {

inline const std::string kKey = "sk-test-0123456789";

// A chat completion as OpenAI answers it.
inline std::string completion(const std::string& content, const std::string& finish_reason = "stop") {
  return nlohmann::json{{"id", "chatcmpl-1"},
                        {"choices",
                         {{{"index", 0},
                           {"message", {{"role", "assistant"}, {"content", content}}},
                           {"finish_reason", finish_reason}}}},
                        {"usage", {{"total_tokens", 9}}}}
      .dump();
}

inline std::string endpoint_error(const std::string& message, const nlohmann::json& param = nullptr,
                                  const nlohmann::json& code = nullptr) {
  return nlohmann::json{{"error", {{"message", message}, {"param", param}, {"code", code}}}}.dump();
}

inline ChatOptions test_options() {
  ChatOptions options;
  options.base_url = "https://llm.example.com/v1";
  options.api_key = kKey;
  return options;
}

// A client over a scripted transport; time passes only in waits, jitter is the whole backoff.
struct ChatBench {
  explicit ChatBench(const ChatOptions& options = test_options())
      : client(options, {transport, time, time, [] { return 1.0; }}) {}

  std::variant<std::string, AssistantError> ask(const std::string& model = "gpt-test") {
    return client.complete(model, {{ChatRole::kSystem, "Answer in JSON."}, {ChatRole::kUser, "{}"}}, control);
  }
  std::string text(const std::string& model = "gpt-test") {
    const auto answer = ask(model);
    if (const auto* error = std::get_if<AssistantError>(&answer)) FAIL(error->message);
    return std::get<std::string>(answer);
  }
  AssistantError error() {
    const auto answer = ask();
    REQUIRE(std::holds_alternative<AssistantError>(answer));
    return std::get<AssistantError>(answer);
  }
  nlohmann::json body(std::size_t request) const {
    return nlohmann::json::parse(transport.sent().at(request).body);
  }

  sheets::testing::FakeTime time;
  sheets::testing::ScriptedTransport transport;
  RunControl control;
  ChatClient client;
};

}  // namespace roadmap::app::test
