#include "core/fields/registry.h"

#include <stdexcept>
#include <string>
#include <unordered_map>

namespace roadmap {
namespace {

// Short names, for the rows alone.
namespace rows {

using Aliases = std::array<std::string_view, 3>;

// A field's column on a tab.
struct ColumnOn {
  Tab tab;
  constexpr TabColumn operator()(Owner owner, std::string_view header, Aliases aliases = {}) const {
    return {tab, owner, header, aliases};
  }
};
constexpr TabColumn intake(std::string_view header, Owner owner = Owner::kTeam, Aliases aliases = {}) {
  return {Tab::kIntake, owner, header, aliases};
}
// NOLINTBEGIN(readability-identifier-naming): called as functions
constexpr ColumnOn backlog{Tab::kBacklog};
constexpr ColumnOn scoring{Tab::kScoringInputs};
constexpr ColumnOn models{Tab::kMathModels};
constexpr ColumnOn params{Tab::kParams};
// NOLINTEND(readability-identifier-naming)

constexpr Owner kPm = Owner::kPm;
constexpr Owner kSystem = Owner::kSystem;
constexpr Owner kLlm = Owner::kLlm;
constexpr FieldType kText = FieldType::kText;
constexpr FieldType kNumber = FieldType::kNumber;
constexpr FieldType kBool = FieldType::kBool;

// A field of a database table.
struct FieldIn {
  Table table;
  template <typename... Columns>
  constexpr Field operator()(std::string_view name, FieldType type, std::string_view note,
                             Columns... columns) const {
    return {name, type, table, note, {columns...}};
  }
};
// NOLINTBEGIN(readability-identifier-naming): called as functions
constexpr FieldIn sheet_only{Table::kNone};
constexpr FieldIn initiative{Table::kInitiatives};
constexpr FieldIn model{Table::kMathModels};
constexpr FieldIn param{Table::kParams};
// NOLINTEND(readability-identifier-naming)

// Every field: where its value lives, its name, type and sentence, its column on each tab that shows it.
constexpr Field kFields[] = {
    sheet_only("initiative_key", FieldType::kKey,
               "The initiative's permanent key, such as INIT-000001: the same on every tab, never changed.",
               intake("Initiative Key", kSystem, {"Key"}), backlog(kSystem, "Initiative Key", {"Key"}),
               scoring(kPm, "Initiative Key", {"Key"}), models(kPm, "initiative_key", {"Key"}),
               params(kPm, "initiative_key", {"Key"})),

    // What teams tell about an initiative, and PMs keep.
    initiative("title", kText, "What the initiative is called.",
               intake("Title", Owner::kTeam, {"Initiative Title", "Initiative Name"}), backlog(kPm, "Title"),
               scoring(kSystem, "Title")),
    initiative("requesting_team", kText, "The team that asks for it.", intake("Requesting Team"),
               backlog(kPm, "Requesting Team")),
    initiative("requester_name", kText, "Who asks for it.", intake("Requester Name"),
               backlog(kPm, "Requester Name")),
    initiative("requester_email", kText, "Where to reach them.", intake("Requester Email"),
               backlog(kPm, "Requester Email")),
    initiative("country", kText, "The country concerned.", intake("Country"), backlog(kPm, "Country")),
    initiative("product_area", kText, "The part of the product concerned.", intake("Product Area"),
               backlog(kPm, "Product Area")),
    initiative("status", kText, "Where the initiative stands: new, withdrawn, or what the PM makes of it.",
               intake("Status"), backlog(kPm, "Status")),
    initiative("problem_statement", kText, "The problem to solve.", intake("Problem Statement"),
               backlog(kPm, "Problem Statement")),
    initiative("current_pain", kText, "What hurts today.", intake("Current Pain")),
    initiative("desired_outcome", kText, "What is true when it is done.", intake("Desired Outcome")),
    initiative("target_metrics", kText, "The metrics it should move.", intake("Target Metrics")),
    initiative("hypothesis", kText, "Why it should work.", intake("Hypothesis"), backlog(kPm, "Hypothesis")),
    initiative("strategic_theme", kText, "The strategy it serves.", intake("Strategic Theme"),
               backlog(kPm, "Strategic Theme")),
    initiative("customer_segment", kText, "Whom it is for.", intake("Customer Segment"),
               backlog(kPm, "Customer Segment")),
    initiative("initiative_type", kText, "Feature, experiment, compliance and the like.",
               intake("Initiative Type"), backlog(kPm, "Initiative Type")),
    initiative("expected_impact_description", kText, "The impact in words.",
               intake("Expected Impact Description")),
    initiative("impact_metric", kText, "The metric that the impact is measured in.", intake("Impact Metric")),
    initiative("impact_unit", kText, "The unit of the impact figures.", intake("Impact Unit")),
    initiative("impact_low", kNumber, "The pessimistic impact.", intake("Impact Low")),
    initiative("impact_expected", kNumber, "The expected impact.", intake("Impact Expected")),
    initiative("impact_high", kNumber, "The optimistic impact.", intake("Impact High")),
    initiative("effort_tshirt_size", kText, "Effort as XS to XL.",
               intake("Effort T-shirt Size", Owner::kTeam, {"Effort Tshirt Size"})),
    initiative("effort_engineering_days", kNumber, "Engineering effort in days.",
               intake("Effort Engineering Days")),
    initiative("effort_other_teams_days", kNumber, "Other teams' effort in days.",
               intake("Effort Other Teams Days")),
    initiative("infra_cost_estimate", kNumber, "Infrastructure cost a year.", intake("Infra Cost Estimate")),
    initiative("dependencies_initiatives", FieldType::kKeyList,
               "Keys of the initiatives it depends on, separated by commas.",
               backlog(kPm, "Dependencies Initiatives")),
    initiative("dependencies_others", kText, "What else it depends on.", intake("Dependencies Others"),
               backlog(kPm, "Dependencies Others")),
    initiative("is_mandatory", kBool, "TRUE when there is no choice.", intake("Is Mandatory")),
    initiative("risk_level", kText, "Low, medium or high.", intake("Risk Level"), scoring(kPm, "Risk Level")),
    initiative("risk_description", kText, "What may go wrong.", intake("Risk Description")),
    initiative("time_sensitivity", kText, "How much waiting costs.", intake("Time Sensitivity"),
               scoring(kPm, "Time Sensitivity")),
    initiative("deadline_date", FieldType::kDate, "The day after which it is worth little.",
               intake("Deadline Date")),

    // What PMs decide.
    initiative("active_scoring_framework", FieldType::kFramework,
               "RICE, WSJF or MATH_MODEL: whose scores are shown as active. Switch framework takes it over.",
               backlog(kPm, "Active Scoring Framework"), scoring(kPm, "Active Scoring Framework")),
    initiative("use_math_model", kBool, "TRUE when a math model should score it too.",
               backlog(kPm, "Use Math Model"), scoring(kPm, "Use Math Model")),
    initiative("strategic_priority_coefficient", kNumber, "A weight of the PM's; empty means 1.",
               backlog(kPm, "Strategic Priority Coefficient"),
               scoring(kPm, "Strategic Priority Coefficient")),
    initiative("llm_notes", kText, "Notes taken over from the assistant.", backlog(kPm, "LLM Notes")),
    initiative("rice_reach", kNumber, "How many people or events a period.", scoring(kPm, "RICE: Reach")),
    initiative("rice_impact", kNumber, "0.25, 0.5, 1, 2 or 3.", scoring(kPm, "RICE: Impact")),
    initiative("rice_confidence", kNumber, "0 to 1, or a percentage.", scoring(kPm, "RICE: Confidence")),
    initiative("rice_effort", kNumber, "Person-months, above 0.", scoring(kPm, "RICE: Effort")),
    initiative("wsjf_business_value", kNumber, "1, 2, 3, 5, 8, 13 or 20.",
               scoring(kPm, "WSJF: Business Value")),
    initiative("wsjf_time_criticality", kNumber, "1, 2, 3, 5, 8, 13 or 20.",
               scoring(kPm, "WSJF: Time Criticality")),
    initiative("wsjf_risk_reduction", kNumber, "1, 2, 3, 5, 8, 13 or 20.",
               scoring(kPm, "WSJF: Risk Reduction")),
    initiative("wsjf_job_size", kNumber, "1, 2, 3, 5, 8, 13 or 20; above 0.", scoring(kPm, "WSJF: Job Size")),

    // What the system works out.
    initiative("rice_value_score", kNumber, "Reach × Impact × Confidence.",
               scoring(kSystem, "RICE: Value Score")),
    initiative("rice_effort_score", kNumber, "Effort.", scoring(kSystem, "RICE: Effort Score")),
    initiative("rice_overall_score", kNumber, "RICE value divided by effort.",
               scoring(kSystem, "RICE: Overall Score")),
    initiative("wsjf_value_score", kNumber, "Business Value + Time Criticality + Risk Reduction.",
               scoring(kSystem, "WSJF: Value Score")),
    initiative("wsjf_effort_score", kNumber, "Job Size.", scoring(kSystem, "WSJF: Effort Score")),
    initiative("wsjf_overall_score", kNumber, "WSJF value divided by job size.",
               scoring(kSystem, "WSJF: Overall Score")),
    initiative("math_value_score", kNumber, "The formula's value.",
               scoring(kSystem, "Math: Value Score", {"math_model: Value Score"})),
    initiative("math_effort_score", kNumber, "The formula's effort.",
               scoring(kSystem, "Math: Effort Score", {"math_model: Effort Score"})),
    initiative("math_overall_score", kNumber, "The formula's overall, or value divided by effort.",
               scoring(kSystem, "Math: Overall Score", {"math_model: Overall Score"})),
    initiative("math_warnings", kText, "Why the math model has no score, or what to know about it.",
               scoring(kSystem, "Math: Warnings", {"math_model: Warnings"})),
    initiative("value_score", kNumber, "Value in the active framework.", backlog(kSystem, "Value Score"),
               scoring(kSystem, "Active: Value Score")),
    initiative("effort_score", kNumber, "Effort in the active framework.", backlog(kSystem, "Effort Score"),
               scoring(kSystem, "Active: Effort Score")),
    initiative("overall_score", kNumber, "Overall score in the active framework.",
               backlog(kSystem, "Overall Score"), scoring(kSystem, "Active: Overall Score")),
    initiative("llm_summary", kText, "A summary by the assistant.", backlog(kSystem, "LLM Summary")),

    // Math models: one row an initiative.
    model("model_name", kText, "What the model is called.", models(kPm, "model_name")),
    model("model_description_free_text", kText, "The model in words.",
          models(kPm, "model_description_free_text")),
    model("model_prompt_to_llm", kText, "What the assistant should know.",
          models(kPm, "model_prompt_to_llm")),
    model("formula_text", kText, "The formula that counts.",
          models(kPm, "formula_text", {"formula", "formula_text_final"})),
    model("assumptions_text", kText, "What the formula assumes.",
          models(kPm, "assumptions_text", {"assumptions", "notes"})),
    model("parameters_json", kText, "Parameters of the model as JSON.", models(kPm, "parameters_json")),
    model("approved_by_user", kBool, "TRUE once a person has approved the formula.",
          models(kPm, "approved_by_user", {"approved"})),
    model("llm_suggested_formula_text", kText,
          "The assistant's suggestion; copy it to formula_text to use it.",
          models(kLlm, "llm_suggested_formula_text", {"formula_suggestion"})),
    model("llm_notes", kText, "The assistant's assumptions and notes.", models(kLlm, "llm_notes")),
    model("suggested_by_llm", kBool, "TRUE when a suggestion of the assistant stands here.",
          models(kLlm, "suggested_by_llm")),

    // Parameters: one row per initiative, framework and name.
    param("framework", FieldType::kFramework, "Whose parameter it is; empty means MATH_MODEL.",
          params(kPm, "framework")),
    param("param_name", kText, "The name that the formula uses.",
          params(kPm, "param_name", {"parameter_name", "name"})),
    param("param_display", kText, "The name that people read.", params(kPm, "param_display")),
    param("description", kText, "What the parameter means.", params(kPm, "description")),
    param("value", kNumber, "The value that the formula is computed with.", params(kPm, "value")),
    param("unit", kText, "The value's unit.", params(kPm, "unit")),
    param("min", kNumber, "The smallest value that makes sense.", params(kPm, "min")),
    param("max", kNumber, "The largest value that makes sense.", params(kPm, "max")),
    param("source", kText, "Where the value comes from.", params(kPm, "source")),
    param("approved", kBool, "TRUE once a person stands behind the value.", params(kPm, "approved")),
    param("notes", kText, "Anything else.", params(kPm, "notes")),
    param("is_auto_seeded", kBool, "TRUE on rows that the system added.", params(kSystem, "is_auto_seeded")),

    // How the last run went, on every tab that runs write to.
    sheet_only("run_status", kText, "How the last run went for this row.",
               backlog(kSystem, "Last Run Status", {"Run Status", "Sync Status"}),
               scoring(kSystem, "Status", {"Last Run Status", "Run Status"}),
               models(kSystem, "Status", {"Last Run Status", "Run Status"}),
               params(kSystem, "Status", {"Last Run Status", "Run Status"})),
    sheet_only("updated_at", FieldType::kTimestamp, "When the stored initiative last changed (UTC).",
               backlog(kSystem, "Updated At"), scoring(kSystem, "Updated At"), models(kSystem, "Updated At"),
               params(kSystem, "Updated At")),
    sheet_only("updated_source", kText, "Which job wrote this row last.", backlog(kSystem, "Updated Source"),
               scoring(kSystem, "Updated Source"), models(kSystem, "Updated Source"),
               params(kSystem, "Updated Source")),
};

}  // namespace rows

using rows::kFields;
constexpr std::size_t kFieldCount = std::size(kFields);

constexpr bool names_are_unique() {
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    for (std::size_t j = i + 1; j < kFieldCount; ++j) {
      if (kFields[i].table == kFields[j].table && kFields[i].name == kFields[j].name) return false;
    }
  }
  return true;
}
static_assert(names_are_unique(), "a field's name is unique within its table");

// A name that does not exist does not compile.
consteval FieldId named(Table table, std::string_view name) {
  std::size_t index = 0;
  while (kFields[index].table != table || kFields[index].name != name)
    ++index;
  return FieldId(static_cast<std::uint16_t>(index));
}

// For each number below kCount the fields that the predicate holds for, in registry order.
template <std::size_t kCount, typename Predicate>
std::array<std::vector<FieldId>, kCount> fields_by(Predicate predicate) {
  std::array<std::vector<FieldId>, kCount> result;
  for (std::size_t number = 0; number < kCount; ++number) {
    for (std::size_t i = 0; i < kFieldCount; ++i) {
      if (predicate(kFields[i], number)) result[number].emplace_back(static_cast<std::uint16_t>(i));
    }
  }
  return result;
}

constexpr std::size_t kTableCount = 4;

// slot() of every field.
constexpr std::array<std::size_t, kFieldCount> kSlots = [] {
  std::array<std::size_t, kFieldCount> result{};
  std::array<std::size_t, kTableCount> next{};
  for (std::size_t i = 0; i < kFieldCount; ++i)
    result[i] = next[static_cast<std::size_t>(kFields[i].table)]++;
  return result;
}();

}  // namespace

std::span<const Field> all_fields() { return kFields; }

const Field& field(FieldId id) { return kFields[id.index()]; }

std::optional<FieldId> find_field(Table table, std::string_view name) {
  // Rows ask by name, each of them.
  static const auto kByName = [] {
    std::array<std::unordered_map<std::string_view, FieldId>, kTableCount> result;
    for (std::size_t i = 0; i < kFieldCount; ++i)
      result[static_cast<std::size_t>(kFields[i].table)].emplace(kFields[i].name,
                                                                 FieldId(static_cast<std::uint16_t>(i)));
    return result;
  }();
  const auto& names = kByName[static_cast<std::size_t>(table)];
  const auto found = names.find(name);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

FieldId field_id(Table table, std::string_view name) {
  if (const auto id = find_field(table, name)) return *id;
  throw std::logic_error("no field named '" + std::string(name) + "'");
}

const std::vector<FieldId>& fields_on(Tab tab) {
  static const auto kByTab = fields_by<kTabCount>(
      [](const Field& f, std::size_t number) { return f.on(static_cast<Tab>(number)) != nullptr; });
  return kByTab[static_cast<std::size_t>(tab)];
}

const std::vector<FieldId>& fields_of(Table table) {
  static const auto kByTable = fields_by<kTableCount>(
      [](const Field& f, std::size_t number) { return f.table == static_cast<Table>(number); });
  return kByTable[static_cast<std::size_t>(table)];
}

std::size_t slot(FieldId id) { return kSlots[id.index()]; }

Owner owner_on(FieldId id, Tab tab) {
  const TabColumn* column = field(id).on(tab);
  if (column == nullptr)
    throw std::logic_error("field '" + std::string(field(id).name) + "' is not on that tab");
  return column->owner;
}

std::string_view tab_name(Tab tab) {
  constexpr std::array<std::string_view, kTabCount> kNames = {"Intake", "Backlog", "Scoring_Inputs",
                                                              "MathModels", "Params"};
  return kNames[static_cast<std::size_t>(tab)];
}

namespace fields {

FieldId key() { return named(Table::kNone, "initiative_key"); }
FieldId title() { return named(Table::kInitiatives, "title"); }
FieldId requesting_team() { return named(Table::kInitiatives, "requesting_team"); }
FieldId requester_email() { return named(Table::kInitiatives, "requester_email"); }
FieldId status() { return named(Table::kInitiatives, "status"); }
FieldId active_framework() { return named(Table::kInitiatives, "active_scoring_framework"); }
FieldId value_score() { return named(Table::kInitiatives, "value_score"); }
FieldId effort_score() { return named(Table::kInitiatives, "effort_score"); }
FieldId overall_score() { return named(Table::kInitiatives, "overall_score"); }
FieldId use_math_model() { return named(Table::kInitiatives, "use_math_model"); }
FieldId effort_engineering_days() { return named(Table::kInitiatives, "effort_engineering_days"); }
FieldId model_name() { return named(Table::kMathModels, "model_name"); }
FieldId formula_text() { return named(Table::kMathModels, "formula_text"); }
FieldId approved_by_user() { return named(Table::kMathModels, "approved_by_user"); }
FieldId suggested_formula() { return named(Table::kMathModels, "llm_suggested_formula_text"); }
FieldId param_framework() { return named(Table::kParams, "framework"); }
FieldId param_name() { return named(Table::kParams, "param_name"); }
FieldId param_value() { return named(Table::kParams, "value"); }
FieldId param_min() { return named(Table::kParams, "min"); }
FieldId param_max() { return named(Table::kParams, "max"); }
FieldId param_approved() { return named(Table::kParams, "approved"); }
FieldId run_status() { return named(Table::kNone, "run_status"); }
FieldId updated_at() { return named(Table::kNone, "updated_at"); }
FieldId updated_source() { return named(Table::kNone, "updated_source"); }

}  // namespace fields

}  // namespace roadmap
