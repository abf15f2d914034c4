#include "core/setup/column_layout.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/fields/registry.h"

namespace roadmap {
namespace {

// What stands in front of each tab, in order. Who works on a tab sees it beside the frozen columns of a
// screen 1440 pixels wide; of the columns behind it, typed ones come first.
const std::vector<std::string_view>& front_of(Tab tab) {
  static const std::array<std::vector<std::string_view>, kTabCount> kFront = {{
      {"initiative_key", "title"},
      {"initiative_key", "title", "run_status", "active_scoring_framework", "overall_score", "status"},
      {"initiative_key", "title", "run_status", "active_scoring_framework", "overall_score",
       "rice_overall_score", "wsjf_overall_score", "math_overall_score", "rice_reach", "rice_impact",
       "rice_confidence", "rice_effort", "wsjf_business_value", "wsjf_time_criticality",
       "wsjf_risk_reduction", "wsjf_job_size"},
      {"initiative_key", "model_name", "run_status", "approved_by_user", "formula_text"},
      {"initiative_key", "param_name", "run_status", "value", "unit", "approved", "min", "max"},
  }};
  return kFront[static_cast<std::size_t>(tab)];
}

// Texts of several sentences or lines.
constexpr std::array kProse = {
    "problem_statement",   "current_pain",
    "desired_outcome",     "target_metrics",
    "hypothesis",          "expected_impact_description",
    "risk_description",    "dependencies_others",
    "llm_notes",           "llm_summary",
    "math_warnings",       "model_description_free_text",
    "model_prompt_to_llm", "formula_text",
    "assumptions_text",    "parameters_json",
    "description",         "notes",
    "requester_email",     "llm_suggested_formula_text",
};

constexpr int kKeyPixels = 110;
constexpr int kNamePixels = 214;
constexpr int kStatusPixels = 340;  // of a sentence
constexpr int kFrameworkPixels = 116;
constexpr int kNumberPixels = 92;
constexpr int kTextPixels = 140;
constexpr int kProsePixels = 250;
constexpr int kFormulaPixels = 340;
constexpr int kTimePixels = 165;

bool is_prose(std::string_view name) { return std::find(kProse.begin(), kProse.end(), name) != kProse.end(); }

bool is_typed(FieldId id, Tab tab) {
  const Owner owner = owner_on(id, tab);
  return owner == Owner::kPm || owner == Owner::kTeam;
}

std::vector<FieldId> in_order(Tab tab) {
  const std::vector<std::string_view>& front = front_of(tab);
  const auto rank = [&](FieldId id) {
    const auto place = std::find(front.begin(), front.end(), field(id).name) - front.begin();
    const bool behind = place == static_cast<std::ptrdiff_t>(front.size());
    return behind && !is_typed(id, tab) ? place + 1 : place;
  };
  std::vector<FieldId> ids = fields_on(tab);
  std::stable_sort(ids.begin(), ids.end(), [&](FieldId a, FieldId b) { return rank(a) < rank(b); });
  return ids;
}

}  // namespace

const std::vector<FieldId>& columns_of_new_tab(Tab tab) {
  static const auto kByTab = [] {
    std::array<std::vector<FieldId>, kTabCount> result;
    for (int t = 0; t < kTabCount; ++t)
      result[static_cast<std::size_t>(t)] = in_order(static_cast<Tab>(t));
    return result;
  }();
  return kByTab[static_cast<std::size_t>(tab)];
}

ColumnLook look_of(FieldId id, Tab tab) {
  if (id == fields::run_status()) return ColumnLook::kRunStatus;
  if (is_typed(id, tab)) return ColumnLook::kTyped;
  return field(id).type == FieldType::kNumber ? ColumnLook::kScore : ColumnLook::kWritten;
}

int pixels_of(FieldId id, Tab tab) {
  if (id == fields::key()) return kKeyPixels;
  if (stays_in_view(id, tab)) return kNamePixels;
  if (id == fields::run_status()) return kStatusPixels;
  switch (field(id).type) {
    case FieldType::kFramework:
      return kFrameworkPixels;
    case FieldType::kNumber:
    case FieldType::kBool:
      return kNumberPixels;
    case FieldType::kTimestamp:
      return kTimePixels;
    default:
      if (id == fields::formula_text() || id == fields::suggested_formula()) return kFormulaPixels;
      return is_prose(field(id).name) ? kProsePixels : kTextPixels;
  }
}

bool stays_in_view(FieldId id, Tab tab) {
  const std::vector<FieldId>& columns = columns_of_new_tab(tab);
  return id == columns[0] || id == columns[1];
}

}  // namespace roadmap
