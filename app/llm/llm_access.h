#pragma once

#include <memory>
#include <string>

#include "app/config/config.h"
#include "core/clock.h"
#include "core/llm/assistant.h"

namespace roadmap::app {

// The language model as the configuration says, or none. Safe to use from many threads.
class LlmAccess {
 public:
  // Without network: the first question connects. `clock` outlives this.
  LlmAccess(const LlmConfig& config, std::string api_key, const Clock& clock);
  ~LlmAccess();

  // nullptr where llm.base_url is empty.
  Assistant* assistant();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace roadmap::app
