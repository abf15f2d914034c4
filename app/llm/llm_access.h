#pragma once

#include <memory>
#include <string>

#include "app/config/config.h"
#include "core/clock.h"
#include "core/llm/assistant.h"

namespace roadmap::app {

// The language model as the configuration says; nullptr where llm.base_url is empty. Safe to use from many
// threads. Without network: the first question connects. `clock` outlives it.
std::shared_ptr<Assistant> make_assistant(const LlmConfig& config, std::string api_key, const Clock& clock);

}  // namespace roadmap::app
