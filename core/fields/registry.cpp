#include "core/fields/registry.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace roadmap {
namespace {

using Aliases = std::array<std::string_view, 3>;

constexpr TabColumn intake(std::string_view header, Owner owner = Owner::kTeam, Aliases aliases = {}) {
  return {Tab::kIntake, owner, header, aliases};
}
constexpr TabColumn backlog(Owner owner, std::string_view header, Aliases aliases = {}) {
  return {Tab::kBacklog, owner, header, aliases};
}
constexpr TabColumn scoring(Owner owner, std::string_view header, Aliases aliases = {}) {
  return {Tab::kScoringInputs, owner, header, aliases};
}
constexpr TabColumn models(Owner owner, std::string_view header, Aliases aliases = {}) {
  return {Tab::kMathModels, owner, header, aliases};
}
constexpr TabColumn params(Owner owner, std::string_view header, Aliases aliases = {}) {
  return {Tab::kParams, owner, header, aliases};
}

constexpr Owner kPm = Owner::kPm;
constexpr Owner kSystem = Owner::kSystem;
constexpr Owner kLlm = Owner::kLlm;
constexpr Table kInitiatives = Table::kInitiatives;
constexpr Table kMathModels = Table::kMathModels;
constexpr Table kParams = Table::kParams;
constexpr FieldType kText = FieldType::kText;
constexpr FieldType kNumber = FieldType::kNumber;
constexpr FieldType kBool = FieldType::kBool;

// One line a field.
// clang-format off
constexpr Field kFields[] = {
  {"initiative_key", FieldType::kKey, Table::kNone, "The initiative's permanent key, such as INIT-000001: the same on every tab, never changed.",
   {intake("Initiative Key", kSystem, {"Key"}), backlog(kSystem, "Initiative Key", {"Key"}), scoring(kPm, "Initiative Key", {"Key"}),
    models(kPm, "initiative_key", {"Key"}), params(kPm, "initiative_key", {"Key"})}},

  // What teams tell about an initiative, and PMs keep.
  {"title", kText, kInitiatives, "What the initiative is called.", {intake("Title", Owner::kTeam, {"Initiative Title", "Initiative Name"}), backlog(kPm, "Title"), scoring(kSystem, "Title")}},
  {"requesting_team", kText, kInitiatives, "The team that asks for it.", {intake("Requesting Team"), backlog(kPm, "Requesting Team")}},
  {"requester_name", kText, kInitiatives, "Who asks for it.", {intake("Requester Name"), backlog(kPm, "Requester Name")}},
  {"requester_email", kText, kInitiatives, "Where to reach them.", {intake("Requester Email"), backlog(kPm, "Requester Email")}},
  {"country", kText, kInitiatives, "The country concerned.", {intake("Country"), backlog(kPm, "Country")}},
  {"product_area", kText, kInitiatives, "The part of the product concerned.", {intake("Product Area"), backlog(kPm, "Product Area")}},
  {"status", kText, kInitiatives, "Where the initiative stands: new, withdrawn, or what the PM makes of it.", {intake("Status"), backlog(kPm, "Status")}},
  {"problem_statement", kText, kInitiatives, "The problem to solve.", {intake("Problem Statement"), backlog(kPm, "Problem Statement")}},
  {"current_pain", kText, kInitiatives, "What hurts today.", {intake("Current Pain")}},
  {"desired_outcome", kText, kInitiatives, "What is true when it is done.", {intake("Desired Outcome")}},
  {"target_metrics", kText, kInitiatives, "The metrics it should move.", {intake("Target Metrics")}},
  {"hypothesis", kText, kInitiatives, "Why it should work.", {intake("Hypothesis"), backlog(kPm, "Hypothesis")}},
  {"strategic_theme", kText, kInitiatives, "The strategy it serves.", {intake("Strategic Theme"), backlog(kPm, "Strategic Theme")}},
  {"customer_segment", kText, kInitiatives, "Whom it is for.", {intake("Customer Segment"), backlog(kPm, "Customer Segment")}},
  {"initiative_type", kText, kInitiatives, "Feature, experiment, compliance and the like.", {intake("Initiative Type"), backlog(kPm, "Initiative Type")}},
  {"expected_impact_description", kText, kInitiatives, "The impact in words.", {intake("Expected Impact Description")}},
  {"impact_metric", kText, kInitiatives, "The metric that the impact is measured in.", {intake("Impact Metric")}},
  {"impact_unit", kText, kInitiatives, "The unit of the impact figures.", {intake("Impact Unit")}},
  {"impact_low", kNumber, kInitiatives, "The pessimistic impact.", {intake("Impact Low")}},
  {"impact_expected", kNumber, kInitiatives, "The expected impact.", {intake("Impact Expected")}},
  {"impact_high", kNumber, kInitiatives, "The optimistic impact.", {intake("Impact High")}},
  {"effort_tshirt_size", kText, kInitiatives, "Effort as XS to XL.", {intake("Effort T-shirt Size", Owner::kTeam, {"Effort Tshirt Size"})}},
  {"effort_engineering_days", kNumber, kInitiatives, "Engineering effort in days.", {intake("Effort Engineering Days")}},
  {"effort_other_teams_days", kNumber, kInitiatives, "Other teams' effort in days.", {intake("Effort Other Teams Days")}},
  {"infra_cost_estimate", kNumber, kInitiatives, "Infrastructure cost a year.", {intake("Infra Cost Estimate")}},
  {"dependencies_initiatives", FieldType::kKeyList, kInitiatives, "Keys of the initiatives it depends on, separated by commas.", {backlog(kPm, "Dependencies Initiatives")}},
  {"dependencies_others", kText, kInitiatives, "What else it depends on.", {intake("Dependencies Others"), backlog(kPm, "Dependencies Others")}},
  {"is_mandatory", kBool, kInitiatives, "TRUE when there is no choice.", {intake("Is Mandatory")}},
  {"risk_level", kText, kInitiatives, "Low, medium or high.", {intake("Risk Level"), scoring(kPm, "Risk Level")}},
  {"risk_description", kText, kInitiatives, "What may go wrong.", {intake("Risk Description")}},
  {"time_sensitivity", kText, kInitiatives, "How much waiting costs.", {intake("Time Sensitivity"), scoring(kPm, "Time Sensitivity")}},
  {"deadline_date", FieldType::kDate, kInitiatives, "The day after which it is worth little.", {intake("Deadline Date")}},

  // What PMs decide.
  {"active_scoring_framework", FieldType::kFramework, kInitiatives, "RICE, WSJF or MATH_MODEL: whose scores are shown as active. Switch framework takes it over.",
   {backlog(kPm, "Active Scoring Framework"), scoring(kPm, "Active Scoring Framework")}},
  {"use_math_model", kBool, kInitiatives, "TRUE when a math model should score it too.", {backlog(kPm, "Use Math Model"), scoring(kPm, "Use Math Model")}},
  {"strategic_priority_coefficient", kNumber, kInitiatives, "A weight of the PM's; empty means 1.", {backlog(kPm, "Strategic Priority Coefficient"), scoring(kPm, "Strategic Priority Coefficient")}},
  {"llm_notes", kText, kInitiatives, "Notes taken over from the assistant.", {backlog(kPm, "LLM Notes")}},
  {"rice_reach", kNumber, kInitiatives, "How many people or events a period.", {scoring(kPm, "RICE: Reach")}},
  {"rice_impact", kNumber, kInitiatives, "0.25, 0.5, 1, 2 or 3.", {scoring(kPm, "RICE: Impact")}},
  {"rice_confidence", kNumber, kInitiatives, "0 to 1, or a percentage.", {scoring(kPm, "RICE: Confidence")}},
  {"rice_effort", kNumber, kInitiatives, "Person-months, above 0.", {scoring(kPm, "RICE: Effort")}},
  {"wsjf_business_value", kNumber, kInitiatives, "1, 2, 3, 5, 8, 13 or 20.", {scoring(kPm, "WSJF: Business Value")}},
  {"wsjf_time_criticality", kNumber, kInitiatives, "1, 2, 3, 5, 8, 13 or 20.", {scoring(kPm, "WSJF: Time Criticality")}},
  {"wsjf_risk_reduction", kNumber, kInitiatives, "1, 2, 3, 5, 8, 13 or 20.", {scoring(kPm, "WSJF: Risk Reduction")}},
  {"wsjf_job_size", kNumber, kInitiatives, "1, 2, 3, 5, 8, 13 or 20; above 0.", {scoring(kPm, "WSJF: Job Size")}},

  // What the system works out.
  {"rice_value_score", kNumber, kInitiatives, "Reach × Impact × Confidence.", {scoring(kSystem, "RICE: Value Score")}},
  {"rice_effort_score", kNumber, kInitiatives, "Effort.", {scoring(kSystem, "RICE: Effort Score")}},
  {"rice_overall_score", kNumber, kInitiatives, "RICE value divided by effort.", {scoring(kSystem, "RICE: Overall Score")}},
  {"wsjf_value_score", kNumber, kInitiatives, "Business Value + Time Criticality + Risk Reduction.", {scoring(kSystem, "WSJF: Value Score")}},
  {"wsjf_effort_score", kNumber, kInitiatives, "Job Size.", {scoring(kSystem, "WSJF: Effort Score")}},
  {"wsjf_overall_score", kNumber, kInitiatives, "WSJF value divided by job size.", {scoring(kSystem, "WSJF: Overall Score")}},
  {"math_value_score", kNumber, kInitiatives, "The formula's value.", {scoring(kSystem, "Math: Value Score", {"math_model: Value Score"})}},
  {"math_effort_score", kNumber, kInitiatives, "The formula's effort.", {scoring(kSystem, "Math: Effort Score", {"math_model: Effort Score"})}},
  {"math_overall_score", kNumber, kInitiatives, "The formula's overall, or value divided by effort.", {scoring(kSystem, "Math: Overall Score", {"math_model: Overall Score"})}},
  {"math_warnings", kText, kInitiatives, "Why the math model has no score, or what to know about it.", {scoring(kSystem, "Math: Warnings", {"math_model: Warnings"})}},
  {"value_score", kNumber, kInitiatives, "Value in the active framework.", {backlog(kSystem, "Value Score"), scoring(kSystem, "Active: Value Score")}},
  {"effort_score", kNumber, kInitiatives, "Effort in the active framework.", {backlog(kSystem, "Effort Score"), scoring(kSystem, "Active: Effort Score")}},
  {"overall_score", kNumber, kInitiatives, "Overall score in the active framework.", {backlog(kSystem, "Overall Score"), scoring(kSystem, "Active: Overall Score")}},
  {"llm_summary", kText, kInitiatives, "A summary by the assistant.", {backlog(kSystem, "LLM Summary")}},

  // Math models: one row an initiative.
  {"model_name", kText, kMathModels, "What the model is called.", {models(kPm, "model_name")}},
  {"model_description_free_text", kText, kMathModels, "The model in words.", {models(kPm, "model_description_free_text")}},
  {"model_prompt_to_llm", kText, kMathModels, "What the assistant should know.", {models(kPm, "model_prompt_to_llm")}},
  {"formula_text", kText, kMathModels, "The formula that counts.", {models(kPm, "formula_text", {"formula", "formula_text_final"})}},
  {"assumptions_text", kText, kMathModels, "What the formula assumes.", {models(kPm, "assumptions_text", {"assumptions", "notes"})}},
  {"parameters_json", kText, kMathModels, "Parameters of the model as JSON.", {models(kPm, "parameters_json")}},
  {"approved_by_user", kBool, kMathModels, "TRUE once a person has approved the formula.", {models(kPm, "approved_by_user", {"approved"})}},
  {"llm_suggested_formula_text", kText, kMathModels, "The assistant's suggestion; copy it to formula_text to use it.", {models(kLlm, "llm_suggested_formula_text", {"formula_suggestion"})}},
  {"llm_notes", kText, kMathModels, "The assistant's assumptions and notes.", {models(kLlm, "llm_notes")}},
  {"suggested_by_llm", kBool, kMathModels, "TRUE when a suggestion of the assistant stands here.", {models(kLlm, "suggested_by_llm")}},

  // Parameters: one row per initiative, framework and name.
  {"framework", FieldType::kFramework, kParams, "Whose parameter it is; empty means MATH_MODEL.", {params(kPm, "framework")}},
  {"param_name", kText, kParams, "The name that the formula uses.", {params(kPm, "param_name", {"parameter_name", "name"})}},
  {"param_display", kText, kParams, "The name that people read.", {params(kPm, "param_display")}},
  {"description", kText, kParams, "What the parameter means.", {params(kPm, "description")}},
  {"value", kNumber, kParams, "The value that the formula is computed with.", {params(kPm, "value")}},
  {"unit", kText, kParams, "The value's unit.", {params(kPm, "unit")}},
  {"min", kNumber, kParams, "The smallest value that makes sense.", {params(kPm, "min")}},
  {"max", kNumber, kParams, "The largest value that makes sense.", {params(kPm, "max")}},
  {"source", kText, kParams, "Where the value comes from.", {params(kPm, "source")}},
  {"approved", kBool, kParams, "TRUE once a person stands behind the value.", {params(kPm, "approved")}},
  {"notes", kText, kParams, "Anything else.", {params(kPm, "notes")}},
  {"is_auto_seeded", kBool, kParams, "TRUE on rows that the system added.", {params(kSystem, "is_auto_seeded")}},

  // How the last run went, on every tab that runs write to.
  {"run_status", kText, Table::kNone, "How the last run went for this row.",
   {backlog(kSystem, "Last Run Status", {"Run Status", "Sync Status"}), scoring(kSystem, "Status", {"Last Run Status", "Run Status"}),
    models(kSystem, "Status", {"Last Run Status", "Run Status"}), params(kSystem, "Status", {"Last Run Status", "Run Status"})}},
  {"updated_at", FieldType::kTimestamp, Table::kNone, "When the stored initiative last changed (UTC).",
   {backlog(kSystem, "Updated At"), scoring(kSystem, "Updated At"), models(kSystem, "Updated At"), params(kSystem, "Updated At")}},
  {"updated_source", kText, Table::kNone, "Which job wrote this row last.",
   {backlog(kSystem, "Updated Source"), scoring(kSystem, "Updated Source"), models(kSystem, "Updated Source"), params(kSystem, "Updated Source")}},
};
// clang-format on

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

template <typename Predicate>
std::vector<FieldId> ids_where(Predicate predicate) {
  std::vector<FieldId> ids;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (predicate(kFields[i])) ids.emplace_back(static_cast<std::uint16_t>(i));
  }
  return ids;
}

// slot() of every field, worked out once.
const std::array<std::size_t, kFieldCount>& slots() {
  static const auto kSlots = [] {
    std::array<std::size_t, kFieldCount> result{};
    std::array<std::size_t, 4> next{};
    for (std::size_t i = 0; i < kFieldCount; ++i)
      result[i] = next[static_cast<std::size_t>(kFields[i].table)]++;
    return result;
  }();
  return kSlots;
}

}  // namespace

std::span<const Field> all_fields() { return kFields; }

const Field& field(FieldId id) { return kFields[id.index()]; }

std::optional<FieldId> find_field(Table table, std::string_view name) {
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (kFields[i].table == table && kFields[i].name == name) return FieldId(static_cast<std::uint16_t>(i));
  }
  return std::nullopt;
}

FieldId field_id(Table table, std::string_view name) {
  if (const auto id = find_field(table, name)) return *id;
  throw std::logic_error("no field named '" + std::string(name) + "'");
}

const std::vector<FieldId>& fields_on(Tab tab) {
  static const auto kByTab = [] {
    std::array<std::vector<FieldId>, kTabCount> result;
    for (int t = 0; t < kTabCount; ++t) {
      result[static_cast<std::size_t>(t)] =
          ids_where([&](const Field& f) { return f.on(static_cast<Tab>(t)) != nullptr; });
    }
    return result;
  }();
  return kByTab[static_cast<std::size_t>(tab)];
}

const std::vector<FieldId>& fields_of(Table table) {
  static const auto kByTable = [] {
    std::array<std::vector<FieldId>, 4> result;
    for (std::size_t t = 0; t < result.size(); ++t) {
      result[t] = ids_where([&](const Field& f) { return f.table == static_cast<Table>(t); });
    }
    return result;
  }();
  return kByTable[static_cast<std::size_t>(table)];
}

std::size_t slot(FieldId id) { return slots()[id.index()]; }

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
namespace {

FieldId field_of_initiatives(std::string_view name) { return field_id(Table::kInitiatives, name); }

}  // namespace

FieldId key() {
  static const FieldId kId = field_id(Table::kNone, "initiative_key");
  return kId;
}
FieldId title() {
  static const FieldId kId = field_of_initiatives("title");
  return kId;
}
FieldId requesting_team() {
  static const FieldId kId = field_of_initiatives("requesting_team");
  return kId;
}
FieldId requester_email() {
  static const FieldId kId = field_of_initiatives("requester_email");
  return kId;
}
FieldId status() {
  static const FieldId kId = field_of_initiatives("status");
  return kId;
}
FieldId active_framework() {
  static const FieldId kId = field_of_initiatives("active_scoring_framework");
  return kId;
}
FieldId value_score() {
  static const FieldId kId = field_of_initiatives("value_score");
  return kId;
}
FieldId effort_score() {
  static const FieldId kId = field_of_initiatives("effort_score");
  return kId;
}
FieldId overall_score() {
  static const FieldId kId = field_of_initiatives("overall_score");
  return kId;
}
FieldId use_math_model() {
  static const FieldId kId = field_of_initiatives("use_math_model");
  return kId;
}
FieldId effort_engineering_days() {
  static const FieldId kId = field_id(Table::kInitiatives, "effort_engineering_days");
  return kId;
}
FieldId math_warnings() {
  static const FieldId kId = field_id(Table::kInitiatives, "math_warnings");
  return kId;
}
FieldId model_name() {
  static const FieldId kId = field_id(Table::kMathModels, "model_name");
  return kId;
}
FieldId formula_text() {
  static const FieldId kId = field_id(Table::kMathModels, "formula_text");
  return kId;
}
FieldId approved_by_user() {
  static const FieldId kId = field_id(Table::kMathModels, "approved_by_user");
  return kId;
}
FieldId suggested_formula() {
  static const FieldId kId = field_id(Table::kMathModels, "llm_suggested_formula_text");
  return kId;
}
FieldId param_framework() {
  static const FieldId kId = field_id(Table::kParams, "framework");
  return kId;
}
FieldId param_name() {
  static const FieldId kId = field_id(Table::kParams, "param_name");
  return kId;
}
FieldId param_value() {
  static const FieldId kId = field_id(Table::kParams, "value");
  return kId;
}
FieldId param_min() {
  static const FieldId kId = field_id(Table::kParams, "min");
  return kId;
}
FieldId param_max() {
  static const FieldId kId = field_id(Table::kParams, "max");
  return kId;
}
FieldId param_approved() {
  static const FieldId kId = field_id(Table::kParams, "approved");
  return kId;
}
FieldId run_status() {
  static const FieldId kId = field_id(Table::kNone, "run_status");
  return kId;
}
FieldId updated_at() {
  static const FieldId kId = field_id(Table::kNone, "updated_at");
  return kId;
}
FieldId updated_source() {
  static const FieldId kId = field_id(Table::kNone, "updated_source");
  return kId;
}

}  // namespace fields

}  // namespace roadmap
