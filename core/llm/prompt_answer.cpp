#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/fields/cell.h"
#include "core/llm/chat_prompt.h"
#include "core/run/json_text.h"

namespace roadmap {
namespace {

using AnswerJson = nlohmann::json;

// An answer that is not what was asked for. what() names the member and the rule, never a text of it.
class MalformedAnswer : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

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

// The one JSON object of an answer, also inside a ``` fence or behind a <think> part.
AnswerJson answer_object(std::string_view answer) {
  if (answer.size() > kMaxAnswer)
    throw MalformedAnswer(fmt::format("it is longer than {} bytes", kMaxAnswer));
  const std::string_view text = without_wrapping(answer);
  if (text.empty() || text.front() != '{') throw MalformedAnswer("it is no JSON object");
  if (const std::string trouble = json_trouble(text); !trouble.empty()) throw MalformedAnswer(trouble);
  return AnswerJson::parse(text);
}

// A text member, cleaned; "" where it is missing or null.
std::string text_member(const AnswerJson& object, std::string_view name, std::size_t limit) {
  const AnswerJson* member = find_member(object, name);
  if (member == nullptr) return "";
  if (!member->is_string()) throw MalformedAnswer(fmt::format("'{}' is no text", name));
  std::string cleaned = clean_text(member->get_ref<const std::string&>());
  if (cleaned.size() > limit) throw MalformedAnswer(fmt::format("'{}' is longer than {} bytes", name, limit));
  return cleaned;
}

// The same for a member that may be a number too: 12.5 as "12.5".
std::string text_or_number_member(const AnswerJson& object, std::string_view name, std::size_t limit) {
  const AnswerJson* member = find_member(object, name);
  if (member == nullptr || !member->is_number()) return text_member(object, name, limit);
  return to_text(Cell(member->get<double>()));
}

std::string read_assumptions(const AnswerJson& object) {
  const auto member = object.find("assumptions");
  if (member == object.end() || member->is_null()) return "";
  if (member->is_string()) return text_member(object, "assumptions", kMaxNotesAnswer);
  if (!member->is_array()) throw MalformedAnswer("'assumptions' is no list");
  if (member->size() > kMaxAssumptions)
    throw MalformedAnswer(fmt::format("'assumptions' has more than {} entries", kMaxAssumptions));
  std::string list;
  for (const AnswerJson& entry : *member) {
    const std::string assumption = text_member({{"assumptions", entry}}, "assumptions", kMaxAssumptionAnswer);
    if (!assumption.empty()) list += fmt::format("{}- {}", list.empty() ? "" : "\n", assumption);
  }
  return list;
}

std::string joined_notes(const std::string& assumptions, const std::string& notes) {
  if (assumptions.empty()) return notes;
  return fmt::format("Assumptions:\n{}{}{}", assumptions, notes.empty() ? "" : "\n\n", notes);
}

ParameterDescription read_description(const AnswerJson& entry) {
  if (!entry.is_object()) throw MalformedAnswer("an entry of 'parameters' is no object");
  ParameterDescription description;
  description.name = text_member(entry, "name", kMaxDisplayAnswer);
  description.display = text_member(entry, "display", kMaxDisplayAnswer);
  description.description = text_member(entry, "description", kMaxDescriptionAnswer);
  description.unit = text_member(entry, "unit", kMaxUnitAnswer);
  description.source = text_member(entry, "source", kMaxSourceAnswer);
  description.example = text_or_number_member(entry, "example", kMaxExampleAnswer);
  return description;
}

std::vector<ParameterDescription> read_descriptions(const std::string& answer,
                                                    const std::vector<std::string>& names) {
  const AnswerJson object = answer_object(answer);
  const auto list = object.find("parameters");
  if (list == object.end() || !list->is_array()) throw MalformedAnswer("it has no list 'parameters'");
  if (list->size() > 2 * kMaxDescribedParameters) throw MalformedAnswer("'parameters' is too long");
  std::map<std::string, ParameterDescription> by_name;
  for (const AnswerJson& entry : *list) {
    ParameterDescription description = read_description(entry);
    by_name.try_emplace(description.name, std::move(description));
  }
  std::vector<ParameterDescription> asked;  // what was not asked about is not taken
  for (const std::string& name : names) {
    const auto found = by_name.find(name);
    if (found != by_name.end()) asked.push_back(found->second);
  }
  if (asked.empty() && !names.empty()) throw MalformedAnswer("it describes none of the parameters");
  return asked;
}

AssistantError of_no_use(const MalformedAnswer& trouble) {
  return {AssistantFailure::kMalformed,
          fmt::format("the assistant's answer was of no use: {}", trouble.what()),
          {}};
}

}  // namespace

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

SuggestionAnswer read_formula_answer(const std::string& answer) {
  try {
    const AnswerJson object = answer_object(answer);
    FormulaSuggestion suggestion;
    suggestion.formula = text_member(object, "formula", kMaxFormulaAnswer);
    if (suggestion.formula.empty()) throw MalformedAnswer("it has no 'formula'");
    suggestion.notes = joined_notes(read_assumptions(object), text_member(object, "notes", kMaxNotesAnswer));
    return suggestion;
  } catch (const MalformedAnswer& trouble) {
    return of_no_use(trouble);
  }
}

DescriptionsAnswer read_parameters_answer(const std::string& answer, const std::vector<std::string>& names) {
  try {
    return read_descriptions(answer, names);
  } catch (const MalformedAnswer& trouble) {
    return of_no_use(trouble);
  }
}

}  // namespace roadmap
