#include "app/demo/example_assistant.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/fields/text.h"

namespace roadmap::app {
namespace {

constexpr std::string_view kSaysSo =
    "Example of the demo, taken from a small table: no language model was asked.";

struct ExampleFormula {
  std::string_view word;  // in what is known about the initiative; empty: for all others
  std::string_view formula;
  std::string_view assumptions;
};

constexpr ExampleFormula kFormulas[] = {
    {"invoice",
     "revenue = companies_won * orders_a_year * margin_per_order\n"
     "losses = revenue * unpaid_share\n"
     "value = revenue - losses\n"
     "effort = effort_days\n"
     "overall = value / effort",
     "A share of all invoices is never paid.\nMargin is counted, not revenue."},
    {"delivery",
     "extra_orders = orders_a_month * share_of_new_orders * 12\n"
     "value = extra_orders * margin_per_order - running_cost\n"
     "effort = effort_days\n"
     "overall = value / effort",
     "Only orders that would not have been placed without it count."},
    {"",
     "value = people_a_month * share_who_act * worth_of_one * 12\n"
     "effort = effort_days\n"
     "overall = value / effort",
     "The first year counts, later ones do not."},
};

struct ExampleParameter {
  std::string_view name;
  std::string_view display;
  std::string_view description;
  std::string_view unit;
  std::string_view source;
  std::string_view example;
};

constexpr ExampleParameter kParameters[] = {
    {"baskets_a_month", "Baskets a month", "Baskets that reach the payment step", "baskets", "Web analytics",
     "52000"},
    {"companies_won", "Companies won", "New companies that buy on invoice", "companies", "Sales", "340"},
    {"effort_days", "Effort", "Days of all teams until people use it", "days", "Engineering", "95"},
    {"margin_per_basket", "Margin per basket", "What is left of an average basket", "EUR", "Finance", "14"},
    {"margin_per_order", "Margin per order", "What is left of an average order", "EUR", "Finance", "11.5"},
    {"orders_a_month", "Orders a month", "Orders that it concerns today", "orders a month", "Data warehouse",
     "16000"},
    {"orders_a_year", "Orders a year", "Orders of one company in a year", "orders a year", "Data warehouse",
     "9"},
    {"people_a_month", "People a month", "People who meet it in a month", "people", "Web analytics", "24000"},
    {"provider_fee", "Fee of the provider", "What the provider asks for a month", "EUR a month", "Contract",
     "4500"},
    {"running_cost", "Running cost", "What it costs to keep it going for a year", "EUR a year", "Finance",
     "210000"},
    {"share_of_new_orders", "Share of new orders", "Orders that would not have been placed without it",
     "fraction", "Survey", "0.4"},
    {"share_who_act", "Share who act", "Of those who meet it, how many do what is hoped for", "fraction",
     "Experiment", "0.05"},
    {"unpaid_share", "Unpaid share", "Invoices that are never paid", "fraction", "Finance", "0.02"},
    {"uplift", "Uplift", "Baskets that are paid because of it", "fraction", "Pilot", "0.09"},
    {"worth_of_one", "Worth of one", "Margin of one person who acts", "EUR", "Finance", "12"},
};

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
  const auto* known = std::find_if(std::begin(kParameters), std::end(kParameters),
                                   [&](const ExampleParameter& parameter) { return parameter.name == name; });
  if (known == std::end(kParameters))
    return {name, spelled_out(name), "Not in the demo's small table; describe it yourself", "", "", ""};
  return {name,
          std::string(known->display),
          std::string(known->description) + " (example of the demo)",
          std::string(known->unit),
          std::string(known->source),
          std::string(known->example)};
}

}  // namespace

SuggestionAnswer ExampleAssistant::suggest_formula(const FormulaQuestion& question,
                                                   const RunControl& /*control*/) {
  const auto* chosen =
      std::find_if(std::begin(kFormulas), std::end(kFormulas), [&](const ExampleFormula& example) {
        return example.word.empty() || speaks_of(question.model, example.word) ||
               speaks_of(question.initiative, example.word);
      });
  return FormulaSuggestion{std::string(chosen->formula),
                           std::string(kSaysSo) + "\n" + std::string(chosen->assumptions)};
}

DescriptionsAnswer ExampleAssistant::describe_parameters(const ParametersQuestion& question,
                                                         const RunControl& /*control*/) {
  std::vector<ParameterDescription> descriptions;
  for (const std::string& name : question.names)
    descriptions.push_back(description_of(name));
  return descriptions;
}

}  // namespace roadmap::app
