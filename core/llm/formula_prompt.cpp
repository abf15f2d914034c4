#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/llm/answer_object.h"
#include "core/llm/chat_prompt.h"

namespace roadmap {
namespace {

using PromptJson = nlohmann::ordered_json;

constexpr std::string_view kFormulaTask =
    "You help a product manager to estimate what an initiative is worth. Suggest one small formula for it, "
    "which a person reviews, changes and approves before it is ever used.\n";

constexpr std::string_view kLanguage = R"(
The formula is a text of assignments, one a line, `name = expression`, at most 10 of them:
savings = ticket_reduction * cost_per_ticket * horizon_months
total_cost = one_off_cost + running_cost * horizon_months
value = savings - total_cost
overall = value / effort_days
Allowed in an expression: decimal numbers, names, parentheses, + - * / // % as in Python, and the functions
min(...) and max(...). Nothing else: no powers, comparisons, conditions, other functions, strings or units.
Names are snake_case words of ASCII letters, digits and _. A line that begins with # is a comment.
`value` must be assigned. `effort` and `overall` may be assigned. Names that are used but not assigned are the
formula's inputs: a person fills in their values later, so choose few, and such that somebody can know them.
Do not invent values for them.
)";

constexpr std::string_view kFormulaAnswer = R"(
Answer with one JSON object and nothing around it:
{"formula": "<the lines, separated by \n>", "assumptions": ["<a short sentence>", ...], "notes": "<at most a few
sentences on how to read the formula, or empty>"}
Write assumptions and notes in the language of the data.
)";

PromptJson payload(const FormulaQuestion& question) {
  PromptData data;
  PromptJson document = PromptJson::object();
  document["math_model"] = data.object_of(question.model);
  document["initiative"] = data.object_of(question.initiative);
  if (question.refused) {
    PromptJson refused = PromptJson::object();
    if (!question.refused->formula.empty())
      refused["formula"] = cut_text(question.refused->formula, kMaxSentText);
    refused["reason"] = cut_text(question.refused->reason, kMaxSentText);
    document["refused_answer"] = std::move(refused);
  }
  return document;
}

std::string read_assumptions(const nlohmann::json& object) {
  const auto member = object.find("assumptions");
  if (member == object.end() || member->is_null()) return "";
  if (member->is_string()) return text_member(object, "assumptions", kMaxNotesAnswer);
  if (!member->is_array()) throw MalformedAnswer("'assumptions' is no list");
  if (member->size() > kMaxAssumptions)
    throw MalformedAnswer(fmt::format("'assumptions' has more than {} entries", kMaxAssumptions));
  std::string list;
  for (const nlohmann::json& entry : *member) {
    const std::string assumption = text_member({{"assumptions", entry}}, "assumptions", kMaxAssumptionAnswer);
    if (!assumption.empty()) list += fmt::format("{}- {}", list.empty() ? "" : "\n", assumption);
  }
  return list;
}

std::string joined_notes(const std::string& assumptions, const std::string& notes) {
  if (assumptions.empty()) return notes;
  return fmt::format("Assumptions:\n{}{}{}", assumptions, notes.empty() ? "" : "\n\n", notes);
}

}  // namespace

ChatPrompt formula_prompt(const FormulaQuestion& question) {
  std::string task(kFormulaTask);
  task += kPayloadIsData;
  if (question.refused) {
    task +=
        "An earlier answer of yours was refused: refused_answer holds the formula and the reason. Answer "
        "anew, "
        "without that mistake.\n";
  }
  task += kLanguage;
  task += kFormulaAnswer;
  return {{ChatRole::kSystem, std::move(task)}, {ChatRole::kUser, to_payload(payload(question))}};
}

SuggestionAnswer read_formula_answer(const std::string& answer) {
  try {
    const nlohmann::json object = answer_object(answer);
    FormulaSuggestion suggestion;
    suggestion.formula = text_member(object, "formula", kMaxFormulaAnswer);
    if (suggestion.formula.empty()) throw MalformedAnswer("it has no 'formula'");
    suggestion.notes = joined_notes(read_assumptions(object), text_member(object, "notes", kMaxNotesAnswer));
    return suggestion;
  } catch (const MalformedAnswer& trouble) {
    return AssistantError{AssistantFailure::kMalformed,
                          fmt::format("the assistant's answer was of no use: {}", trouble.what()),
                          {}};
  }
}

}  // namespace roadmap
