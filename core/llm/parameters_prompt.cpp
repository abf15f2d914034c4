#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/llm/answer_object.h"
#include "core/llm/chat_prompt.h"

namespace roadmap {
namespace {

using PromptJson = nlohmann::ordered_json;

constexpr std::string_view kParametersTask =
    "You help a product manager to fill in the inputs of a formula that estimates what an initiative is "
    "worth. "
    "Say what each input means, so that the manager can find its value.\n";

constexpr std::string_view kParametersAnswer = R"(
`parameters` lists the names to describe. Answer with one JSON object and nothing around it:
{"parameters": [{"name": "<as listed>", "display": "<the name as people would say it>", "description": "<one
sentence>", "unit": "<such as EUR, %, tickets a month, or empty>", "source": "<where its value could be looked
up, or empty>", "example": "<a plausible value, or empty>"}, ...]}
One entry for each listed name, in that order, and no others. Write in the language of the data.
)";

ParameterDescription read_description(const nlohmann::json& entry) {
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
  const nlohmann::json object = answer_object(answer);
  const auto list = object.find("parameters");
  if (list == object.end() || !list->is_array()) throw MalformedAnswer("it has no list 'parameters'");
  if (list->size() > 2 * kMaxDescribedParameters) throw MalformedAnswer("'parameters' is too long");
  std::map<std::string, ParameterDescription> by_name;
  for (const nlohmann::json& entry : *list) {
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

}  // namespace

ChatPrompt parameters_prompt(const ParametersQuestion& question) {
  PromptData data;
  PromptJson document = PromptJson::object();
  document["parameters"] = question.names;
  document["formula"] = cut_text(question.formula, kMaxSentText);
  document["initiative"] = data.object_of(question.initiative);
  std::string task(kParametersTask);
  task += kPayloadIsData;
  task += kParametersAnswer;
  return {{ChatRole::kSystem, std::move(task)}, {ChatRole::kUser, to_payload(document)}};
}

DescriptionsAnswer read_parameters_answer(const std::string& answer, const std::vector<std::string>& names) {
  try {
    return read_descriptions(answer, names);
  } catch (const MalformedAnswer& trouble) {
    return AssistantError{AssistantFailure::kMalformed,
                          fmt::format("the assistant's answer was of no use: {}", trouble.what()),
                          {}};
  }
}

}  // namespace roadmap
