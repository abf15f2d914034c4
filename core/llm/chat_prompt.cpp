#include "core/llm/chat_prompt.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/fields/text.h"

namespace roadmap {
namespace {

constexpr std::string_view kEllipsis = "…";

}  // namespace

std::string cut_text(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  return shortened(text, limit > kEllipsis.size() ? limit - kEllipsis.size() : 0);
}

PromptData::PromptData() : left_(kMaxSentTexts) {}

nlohmann::ordered_json PromptData::object_of(const std::vector<NamedText>& fields) {
  auto object = nlohmann::ordered_json::object();
  for (const NamedText& field : fields) {
    const std::string_view text = trim(field.text);
    if (text.empty() || left_ <= kEllipsis.size()) continue;
    std::string sent = cut_text(text, std::min(kMaxSentText, left_));
    left_ -= sent.size();
    object[field.name] = std::move(sent);
  }
  return object;
}

std::string to_payload(const nlohmann::ordered_json& document) {
  return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace roadmap
