#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/demo/demo_data.h"
#include "app/demo/demo_intake.h"
#include "core/fields/registry.h"

namespace roadmap::app {
namespace {

using NamedCells = std::vector<std::pair<std::string_view, Cell>>;  // field and value; others stay blank

DemoTab tab_of(Tab tab, const std::vector<NamedCells>& rows) {
  const std::vector<std::string_view> columns = all_columns(tab);
  DemoTab result{std::string(tab_name(tab)), {header_row(tab, columns)}, tab};
  for (const NamedCells& cells : rows) {
    std::vector<Cell>& row = result.rows.emplace_back(columns.size());
    for (const auto& [name, value] : cells) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == name) row[i] = value;
      }
    }
  }
  return result;
}

struct Inputs {
  std::string key;
  Cell framework{};
  bool use_math_model = false;
  Cell reach{}, impact{}, confidence{}, effort{};
  Cell business_value{}, time_criticality{}, risk_reduction{}, job_size{};
};

const std::vector<Inputs>& scoring_inputs() {
  static const std::vector<Inputs> kInputs = {
      {"INIT-000001", "RICE", false, 180000.0, 2.0, 0.8, 6.0, 13.0, 5.0, 2.0, 13.0},
      {"INIT-000002", "WSJF", false, {}, {}, {}, {}, 8.0, 20.0, 13.0, 5.0},
      {"INIT-000003", {}, false, 24000.0, 1.0, "80%", 1.0, 3.0, 2.0, 1.0, 1.0},
      {"INIT-000004", {}, false, 60000.0, 0.5, 0.5, 2.0, 5.0, 1.0, 1.0, 3.0},
      {"INIT-000005", "RICE", false, 9000.0, 2.0, 0.5, 2.0, {}, {}, {}, {}},
      {"INIT-000006", "RICE", true, 2600.0, 3.0, 0.8, 5.0, 13.0, 8.0, 3.0, 8.0},
      {"INIT-000007", "MATH_MODEL", true, 190000.0, 2.0, 0.5, 12.0, 20.0, 8.0, 5.0, 20.0},
      {"INIT-000008", "WSJF", false, 400000.0, 1.0, 0.8, 2.0, 8.0, 13.0, 8.0, 3.0},
      // Words in a number cell, as people write them.
      {"INIT-000009", {}, false, "about 2000", 1.0, 0.8, 2.0, 5.0, 2.0, 2.0, 3.0},
      {"INIT-000010", "RICE", true, 120000.0, 3.0, 0.8, 5.0, 13.0, 8.0, 3.0, 8.0},
      // Effort has not been estimated.
      {"INIT-000011", "RICE", false, 80000.0, 2.0, 0.8, {}, 8.0, 8.0, 2.0, 2.0},
      {"INIT-000012", "WSJF", false, {}, {}, {}, {}, 20.0, 3.0, 3.0, 20.0},
  };
  return kInputs;
}

// Titles are the system's: the first job writes them.
DemoTab scoring_tab() {
  std::vector<NamedCells> rows;
  for (const Inputs& in : scoring_inputs()) {
    const DemoRow initiative = demo_initiative(in.key);
    rows.push_back({{"initiative_key", in.key},
                    {"active_scoring_framework", in.framework},
                    {"use_math_model", in.use_math_model},
                    {"risk_level", cell_of(initiative, "risk_level")},
                    {"time_sensitivity", cell_of(initiative, "time_sensitivity")},
                    {"rice_reach", in.reach},
                    {"rice_impact", in.impact},
                    {"rice_confidence", in.confidence},
                    {"rice_effort", in.effort},
                    {"wsjf_business_value", in.business_value},
                    {"wsjf_time_criticality", in.time_criticality},
                    {"wsjf_risk_reduction", in.risk_reduction},
                    {"wsjf_job_size", in.job_size}});
  }
  return tab_of(Tab::kScoringInputs, rows);
}

constexpr std::string_view kCollectFormula = R"(# margin of orders that we do not have today, over three years
extra_orders = collected_orders * share_of_new_orders
margin = extra_orders * margin_per_order * 36
cost = one_off_cost + running_cost * 3
value = margin - cost
effort = effort_days)";

constexpr std::string_view kWalletFormula = R"(# baskets that are paid instead of left, in the first year
paid_baskets = baskets_a_month * uplift * 12
value = paid_baskets * margin_per_basket - provider_fee * 12
effort = effort_days)";

DemoTab math_models_tab() {
  return tab_of(
      Tab::kMathModels,
      {{{"initiative_key", "INIT-000007"},
        {"model_name", "Collected orders"},
        {"model_description_free_text", "Margin of additional collected orders less cost, over three years."},
        {"formula_text", std::string(kCollectFormula)},
        {"assumptions_text", "Two collected orders in five would not have been placed without it."},
        {"approved_by_user", true}},
       {{"initiative_key", "INIT-000010"},
        {"model_name", "Paid baskets"},
        {"model_description_free_text", "Margin of baskets that are paid because the wallet is there."},
        {"formula_text", std::string(kWalletFormula)},
        {"assumptions_text", "The pilot in Singapore holds for the region."},
        {"approved_by_user", true}},
       {{"initiative_key", "INIT-000006"},
        {"model_name", "Invoice revenue"},
        {"model_description_free_text",
         "Businesses that buy on invoice order more often and larger. Unpaid invoices cost a part of it."},
        {"model_prompt_to_llm", "Think of companies won, orders a company, margin an order, and bad debt."},
        {"approved_by_user", false}}});
}

struct Parameter {
  std::string key;
  std::string name;
  std::string display;
  Cell value{};
  std::string unit;
  Cell min{}, max{};
  std::string source;
  bool approved = false;
};

DemoTab params_tab() {
  const std::vector<Parameter> parameters = {
      {"INIT-000007", "collected_orders", "Collected orders", 16000.0, "orders a month", 0.0, 40000.0,
       "Pilot in 12 stores", true},
      {"INIT-000007", "share_of_new_orders", "Share of new orders", 0.4, "fraction", 0.0, 1.0, "Survey, May",
       true},
      {"INIT-000007", "margin_per_order", "Margin per order", 11.5, "EUR", 0.0, 60.0, "Finance", true},
      {"INIT-000007", "one_off_cost", "One-off cost", 640000.0, "EUR", 0.0, {}, "Plan of March", true},
      {"INIT-000007", "running_cost", "Running cost", 210000.0, "EUR a year", 0.0, {}, "Plan of March", true},
      {"INIT-000007", "effort_days", "Effort", 250.0, "days", 1.0, {}, "Engineering", true},
      // INIT-000010 waits: two values are not given, one is not approved, the other inputs have no row yet.
      {"INIT-000010", "baskets_a_month", "Baskets a month", 52000.0, "baskets", 0.0, {}, "Analytics", true},
      {"INIT-000010", "uplift", "Uplift", 0.09, "fraction", 0.0, 1.0, "Guess of the team", false},
      {"INIT-000010", "margin_per_basket", "Margin per basket", {}, "EUR", 0.0, {}, "", false},
      {"INIT-000010", "provider_fee", "Fee of the provider", {}, "EUR a month", 0.0, {}, "", false},
  };
  std::vector<NamedCells> rows;
  rows.reserve(parameters.size());
  for (const Parameter& p : parameters) {
    rows.push_back({{"initiative_key", p.key},
                    {"framework", "MATH_MODEL"},
                    {"param_name", p.name},
                    {"param_display", p.display},
                    {"value", p.value},
                    {"unit", p.unit},
                    {"min", p.min},
                    {"max", p.max},
                    {"source", p.source.empty() ? Cell{} : Cell(p.source)},
                    {"approved", p.approved}});
  }
  return tab_of(Tab::kParams, rows);
}

}  // namespace

DemoWorkbook demo_product_ops() {
  return {"Marlowe & Finch: Product Ops", {scoring_tab(), math_models_tab(), params_tab()}};
}

}  // namespace roadmap::app
