#pragma once

#include <string>

#include "model_bench.h"

namespace roadmap::test {

inline constexpr const char* kSuggestion = "llm_suggested_formula_text";
inline constexpr const char* kPrompt = "model_prompt_to_llm";
inline const std::string kKey = "INIT-000001";

// One initiative with a prompt, as most tests need it.
struct SuggestBench : ModelBench {
  SuggestBench() {
    initiative(kKey, "Agents retype addresses.");
    model(kKey, {{kPrompt, Cell("Think of tickets.")}});
  }
  Cell cell_of(const std::string& header) { return model_cell(kKey, header); }
};

}  // namespace roadmap::test
