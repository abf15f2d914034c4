#include "core/actions/action_registry.h"

#include <algorithm>
#include <array>

#include "core/actions/handlers.h"
#include "core/actions/job_context.h"

namespace roadmap {
namespace {

constexpr std::uint8_t kIntakeAndBacklog = kIntakeWorkbooks | kBacklogWorkbooks;
constexpr std::uint8_t kAnyPmWorkbook = kBacklogWorkbooks | kProductOpsWorkbook;

constexpr ActionSpec kActions[] = {
    {.name = "flow0.intake_sync",
     .label = "Take intake over",
     .summary =
         "Reads all intake tabs, stores new and changed initiatives, and writes their keys into intake.",
     .scopes = kScopeAll,
     .reach = {.workbooks = kIntakeWorkbooks},
     .options = kAllowStatusOverride,
     .handler = run_flow0_intake_sync},
    {.name = "flow1.backlog_sync",
     .label = "Update Backlog",
     .summary = "Publishes stored initiatives, with active framework and scores, to the Central Backlog.",
     .scopes = kScopeAll,
     .reach = {.workbooks = kBacklogWorkbooks},
     .options = kProductOrg,
     .handler = run_flow1_backlog_sync},
    {.name = "flow1.full_sync",
     .label = "Take intake over and update Backlog",
     .summary = "Takes intake over, saves the edits of all backlog rows, then updates the Central Backlog.",
     .scopes = kScopeAll,
     .reach = {.workbooks = kIntakeAndBacklog},
     .options = kProductOrg | kAllowStatusOverride,
     .handler = run_flow1_full_sync},
    {.name = "flow2.activate",
     .label = "Activate frameworks",
     .summary = "Copies computed scores of a framework into the active ones. Never computes.",
     .scopes = kScopeAll | kScopeKeys | kScopeFilter,
     .options = kFramework | kOnlyMissing,
     .handler = run_flow2_activate},
    {.name = "flow3.sync_inputs",
     .label = "Take inputs over",
     .summary = "Stores what Scoring_Inputs shows.",
     .scopes = kScopeAll | kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook},
     .handler = run_flow3_sync_inputs},
    {.name = "flow3.compute_all_frameworks",
     .label = "Compute all frameworks",
     .summary = "Computes RICE, WSJF and math models from what is stored.",
     .scopes = kScopeAll | kScopeKeys,
     .handler = run_flow3_compute_all_frameworks},
    {.name = "flow3.write_scores",
     .label = "Write scores",
     .summary = "Writes stored scores into Scoring_Inputs.",
     .scopes = kScopeAll | kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook},
     .handler = run_flow3_write_scores},
    {.name = "flow4.sync_mathmodels",
     .label = "Take math models over",
     .summary = "Stores what MathModels shows.",
     .scopes = kScopeAll | kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook},
     .handler = run_flow4_sync_mathmodels},
    {.name = "flow4.sync_params",
     .label = "Take parameters over",
     .summary = "Stores what Params shows.",
     .scopes = kScopeAll | kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook},
     .handler = run_flow4_sync_params},
    {.name = "flow4.suggest_mathmodels",
     .label = "Suggest formula",
     .summary = "Asks the assistant for a formula where a math model has none. A person reviews, copies and "
                "approves it.",
     .scopes = kScopeAll | kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook},
     .options = kForce | kLimit | kMaxLlmCalls,
     .needs_llm = true,
     .handler = run_flow4_suggest_mathmodels},
    {.name = "flow4.seed_params",
     .label = "Seed parameters",
     .summary = "Adds a row to Params for each input of an approved formula that has none there yet.",
     .scopes = kScopeAll | kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook},
     .options = kLimit | kMaxLlmCalls,
     .handler = run_flow4_seed_params},
    {.name = "pm.backlog_sync",
     .label = "See latest intake",
     .summary =
         "Brings new intake into the Central Backlog and refreshes what is there. Never publishes scores.",
     .scopes = kScopeAll,
     .reach = {.workbooks = kIntakeAndBacklog},
     .options = kProductOrg,
     .handler = run_pm_backlog_sync},
    {.name = "pm.add_to_scoring",
     .label = "Add to scoring",
     .summary = "Gives the selected initiatives that Scoring_Inputs does not list yet a row there.",
     .scopes = kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook, .works_on = WorksOn::kSelectedInitiatives},
     .handler = run_pm_add_to_scoring},
    {.name = "pm.score_selected",
     .label = "Score selected",
     .summary = "Saves the selected initiatives' inputs, computes every framework and writes the scores.",
     .scopes = kScopeKeys,
     .reach = {.workbooks = kProductOpsWorkbook, .works_on = WorksOn::kSelectedRows},
     .handler = run_pm_score_selected},
    {.name = "pm.switch_framework",
     .label = "Switch framework",
     .summary = "Shows the chosen framework's computed scores as the active ones, on this sheet only.",
     .scopes = kScopeKeys,
     .reach = {.workbooks = kAnyPmWorkbook, .works_on = WorksOn::kSelectedRows},
     .handler = run_pm_switch_framework},
    {.name = "pm.save_selected",
     .label = "Save selected",
     .summary = "Saves the selected rows of the tab that the PM stands on.",
     .scopes = kScopeKeys,
     .reach = {.workbooks = kAnyPmWorkbook, .works_on = WorksOn::kSelectedRows},
     .handler = run_pm_save_selected},
};

constexpr int kMaxInitiativesPerRun = 100000;
constexpr int kMaxLlmCallsPerRun = 1000;

constexpr std::array kOptions = {
    OptionSpec{0, "dry_run", &ActionOptions::dry_run,
               "Only says what would change: nothing is stored or written."},
    OptionSpec{kProductOrg, "product_org", &ActionOptions::product_org,
               "Only the backlog of this product organisation; all backlogs when missing."},
    OptionSpec{kAllowStatusOverride, "allow_status_override", &ActionOptions::allow_status_override,
               "Lets intake bring a withdrawn initiative back to new."},
    OptionSpec{kFramework, "framework", &ActionOptions::framework,
               "The framework to activate instead of each initiative's own choice."},
    OptionSpec{kOnlyMissing, "only_missing", &ActionOptions::only_missing,
               "Leaves initiatives alone that have an active score already."},
    OptionSpec{kForce, "force", &ActionOptions::force, "Also where there is a suggestion already."},
    OptionSpec{kLimit, "limit", &ActionOptions::limit, "At most this many initiatives.", 1,
               kMaxInitiativesPerRun},
    OptionSpec{kMaxLlmCalls, "max_llm_calls", &ActionOptions::max_llm_calls,
               "At most this many questions to the language model.", 1, kMaxLlmCallsPerRun},
};

// What an option is where a request does not name it; nullopt: it is no `Value`.
template <class Value>
std::optional<Value> default_of(const OptionSpec& option) {
  const auto* member = std::get_if<Value ActionOptions::*>(&option.member);
  return member == nullptr ? std::nullopt : std::optional<Value>(ActionOptions{}.**member);
}

}  // namespace

OptionType OptionSpec::type() const {
  if (std::holds_alternative<bool ActionOptions::*>(member)) return OptionType::kFlag;
  if (!std::holds_alternative<std::optional<std::string> ActionOptions::*>(member)) return OptionType::kCount;
  return member == Member(&ActionOptions::framework) ? OptionType::kFramework : OptionType::kText;
}

bool OptionSpec::default_flag() const { return default_of<bool>(*this).value_or(false); }

int OptionSpec::default_count() const { return default_of<int>(*this).value_or(0); }

std::span<const OptionSpec> all_options() { return kOptions; }

std::vector<const OptionSpec*> options_of(const ActionSpec& action) {
  std::vector<const OptionSpec*> options;
  for (const OptionSpec& option : kOptions) {
    if (option.bit == 0 || (action.options & option.bit) != 0) options.push_back(&option);
  }
  return options;
}

std::span<const ActionSpec> all_actions() { return kActions; }

const ActionSpec* find_action(std::string_view name) {
  const auto* found = std::find_if(std::begin(kActions), std::end(kActions),
                                   [&](const ActionSpec& action) { return action.name == name; });
  return found == std::end(kActions) ? nullptr : found;
}

std::vector<std::string_view> scope_names(const ActionSpec& action) {
  std::vector<std::string_view> names;
  for (const ScopeType type : {ScopeType::kAll, ScopeType::kSelection, ScopeType::kFilter}) {
    if ((action.scopes & scope_bit(type)) != 0) names.push_back(scope_name(type));
  }
  return names;
}

RunResult run_action(const ActionSpec& action, JobContext& job) {
  RunResult result = action.handler(job);
  job.add_news(result);
  return result;
}

}  // namespace roadmap
