#include "core/llm/answer_object.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/fields/cell.h"
#include "core/llm/chat_prompt.h"
#include "core/run/json_text.h"

namespace roadmap {
namespace {

using AnswerJson = nlohmann::json;

// What models put around the object they were asked for: thoughts before it, a ``` fence, a sentence.
std::string_view without_wrapping(std::string_view text) {
  constexpr std::string_view kEndOfThoughts = "</think>";
  constexpr std::string_view kFence = "```";
  const std::size_t thoughts = text.rfind(kEndOfThoughts);
  if (thoughts != std::string_view::npos) text.remove_prefix(thoughts + kEndOfThoughts.size());
  text = trim(text);
  if (!text.empty() && text.front() == '{') return text;
  const std::size_t opening = text.find(kFence);
  if (opening == std::string_view::npos) return text;
  const std::size_t begin = text.find('\n', opening);
  const std::size_t end = text.rfind(kFence);
  if (begin == std::string_view::npos || end < begin) return text;
  return trim(text.substr(begin, end - begin));
}

const AnswerJson* find_member(const AnswerJson& object, std::string_view name) {
  const auto found = object.find(std::string(name));
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string checked_answer(std::string_view name, std::string_view text, std::size_t limit) {
  std::string cleaned = clean_text(text);
  if (cleaned.size() > limit) throw MalformedAnswer(fmt::format("'{}' is longer than {} bytes", name, limit));
  return cleaned;
}

}  // namespace

nlohmann::json answer_object(std::string_view answer) {
  if (answer.size() > kMaxAnswer)
    throw MalformedAnswer(fmt::format("it is longer than {} bytes", kMaxAnswer));
  const std::string_view text = without_wrapping(answer);
  if (text.empty() || text.front() != '{') throw MalformedAnswer("it is no JSON object");
  if (const std::string trouble = json_trouble(text); !trouble.empty()) throw MalformedAnswer(trouble);
  return AnswerJson::parse(text);
}

std::string clean_text(std::string_view text) {
  constexpr unsigned char kFirstPrintable = 0x20;
  constexpr unsigned char kDelete = 0x7f;
  std::string cleaned;
  cleaned.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t') {
      cleaned += ' ';
    } else if (c == '\n' || (byte >= kFirstPrintable && byte != kDelete)) {
      cleaned += c;
    }
  }
  return std::string(trim(cleaned));
}

std::string text_member(const nlohmann::json& object, std::string_view name, std::size_t limit) {
  const AnswerJson* member = find_member(object, name);
  if (member == nullptr) return "";
  if (!member->is_string()) throw MalformedAnswer(fmt::format("'{}' is no text", name));
  return checked_answer(name, member->get_ref<const std::string&>(), limit);
}

std::string text_or_number_member(const nlohmann::json& object, std::string_view name, std::size_t limit) {
  const AnswerJson* member = find_member(object, name);
  if (member == nullptr || !member->is_number()) return text_member(object, name, limit);
  return to_text(Cell(member->get<double>()));
}

}  // namespace roadmap
