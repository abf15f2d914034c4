#include "app/demo/example_assistant.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "app/demo/demo_files.h"
#include "core/fields/text.h"

namespace roadmap::app {
namespace {

constexpr std::string_view kSaysSo =
    "Example of the demo, taken from a small table: no language model was asked.";

bool speaks_of(const std::vector<NamedText>& texts, std::string_view word) {
  return std::any_of(texts.begin(), texts.end(), [&](const NamedText& named) {
    return lower(named.text).find(word) != std::string::npos;
  });
}

// "cost_of_stores" is shown as "Cost of stores".
std::string spelled_out(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

ParameterDescription description_of(const std::string& name) {
  static const std::vector<DemoRow> kParameters = read_demo_rows(example_parameters_file());
  for (const DemoRow& known : kParameters) {
    const auto text = [&](const char* member) { return to_text(known.at(member)); };
    if (text("name") == name)
      return {name,         text("display"), text("description") + " (example of the demo)",
              text("unit"), text("source"),  text("example")};
  }
  return {name, spelled_out(name), "Not in the demo's small table; describe it yourself", "", "", ""};
}

}  // namespace

SuggestionAnswer ExampleAssistant::suggest_formula(const FormulaQuestion& question,
                                                   const RunControl& /*control*/) {
  static const std::vector<DemoRow> kFormulas = read_demo_rows(example_formulas_file());
  const auto chosen = std::find_if(kFormulas.begin(), kFormulas.end() - 1, [&](const DemoRow& example) {
    const std::string word = to_text(example.at("word"));
    return speaks_of(question.model, word) || speaks_of(question.initiative, word);
  });
  return FormulaSuggestion{to_text(chosen->at("formula")),
                           std::string(kSaysSo) + "\n" + to_text(chosen->at("assumptions"))};
}

DescriptionsAnswer ExampleAssistant::describe_parameters(const ParametersQuestion& question,
                                                         const RunControl& /*control*/) {
  std::vector<ParameterDescription> descriptions;
  for (const std::string& name : question.names)
    descriptions.push_back(description_of(name));
  return descriptions;
}

}  // namespace roadmap::app
