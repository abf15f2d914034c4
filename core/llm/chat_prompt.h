#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/llm/assistant.h"

namespace roadmap {

enum class ChatRole : std::uint8_t { kSystem, kUser };

struct ChatMessage {
  ChatRole role = ChatRole::kUser;
  std::string text;
};
using ChatPrompt = std::vector<ChatMessage>;

// The prompts: a system message with the task, the formula language and the shape of the answer, and a user
// message that is one JSON document of what people typed, so that no text can step out of its string. A model
// that obeys such a text all the same can only change its own answer, which the readers below check.
ChatPrompt formula_prompt(const FormulaQuestion& question);
ChatPrompt parameters_prompt(const ParametersQuestion& question);

// Read what the model answered: one JSON object, also inside a ``` fence. kMalformed names what is wrong
// without repeating its texts. Control characters are dropped, ends trimmed; unknown members ignored.
SuggestionAnswer read_formula_answer(const std::string& answer);
DescriptionsAnswer read_parameters_answer(const std::string& answer, const std::vector<std::string>& names);

// A longer text of a cell is cut before it is sent, in bytes.
inline constexpr std::size_t kMaxSentText = 4000;
// What a prompt's texts may have together; further fields are left out.
inline constexpr std::size_t kMaxSentTexts = 24000;

// Limits of an answer, in bytes; an answer beyond them is malformed.
inline constexpr std::size_t kMaxAnswer = 64u << 10;
inline constexpr std::size_t kMaxFormulaAnswer = 16000;
inline constexpr std::size_t kMaxNotesAnswer = 4000;
inline constexpr std::size_t kMaxAssumptions = 20;
inline constexpr std::size_t kMaxAssumptionAnswer = 1000;
inline constexpr std::size_t kMaxDisplayAnswer = 200;
inline constexpr std::size_t kMaxDescriptionAnswer = 1000;
inline constexpr std::size_t kMaxUnitAnswer = 100;
inline constexpr std::size_t kMaxSourceAnswer = 500;
inline constexpr std::size_t kMaxExampleAnswer = 200;

// At most `limit` bytes, cut between characters and ending in "…" where something is missing.
std::string cut_text(std::string_view text, std::size_t limit);

// A text as it may stand in a cell: without control characters but line breaks, trimmed.
std::string clean_text(std::string_view text);

}  // namespace roadmap
