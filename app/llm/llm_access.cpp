#include "app/llm/llm_access.h"

#include "app/llm/chat_client.h"
#include "app/process/version.h"
#include "core/run/waiter.h"
#include "net/http_client.h"

namespace roadmap::app {
namespace {

ChatOptions chat_options(const LlmConfig& config, std::string api_key) {
  return {.base_url = config.base_url,
          .api_key = std::move(api_key),
          .temperature = config.temperature,
          .max_tokens = config.max_tokens,
          .timeout = std::chrono::seconds{config.timeout_seconds}};
}

struct AssistantParts {
  AssistantParts(const LlmConfig& config, std::string api_key, const Clock& clock)
      : transport("roadmapd/" + std::string(version())),
        client(chat_options(config, std::move(api_key)),
               ChatClient::Surroundings{transport, clock, waiter, system_random()}),
        assistant(client, config.formula_model,
                  config.params_model.empty() ? config.formula_model : config.params_model) {}

  net::HttpClient transport;
  ThreadWaiter waiter;
  ChatClient client;
  ChatAssistant assistant;
};

}  // namespace

std::shared_ptr<Assistant> make_assistant(const LlmConfig& config, std::string api_key, const Clock& clock) {
  if (config.base_url.empty()) return nullptr;
  const auto parts = std::make_shared<AssistantParts>(config, std::move(api_key), clock);
  return {parts, &parts->assistant};
}

}  // namespace roadmap::app
