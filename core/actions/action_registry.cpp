#include "core/actions/action_registry.h"

#include <algorithm>

#include "core/actions/handlers.h"
#include "core/actions/job_context.h"

namespace roadmap {
namespace {

constexpr std::uint8_t kIntakeAndBacklog = kIntakeBooks | kBacklogBooks;

constexpr std::uint8_t kTabOfRequest = kBacklogBooks | kProductOpsBook;

constexpr ActionSpec kActions[] = {
    {"flow0.intake_sync",
     "Take intake over",
     "Reads all intake tabs, stores new and changed initiatives, and writes their keys into intake.",
     kScopeAll,
     {kIntakeBooks, false},
     kAllowStatusOverride,
     false,
     run_flow0_intake_sync},
    {"flow1.backlog_sync",
     "Update Backlog",
     "Publishes stored initiatives, with active framework and scores, to the Central Backlog.",
     kScopeAll,
     {kBacklogBooks, false},
     kProductOrg,
     false,
     run_flow1_backlog_sync},
    {"flow1.full_sync",
     "Take intake over and update Backlog",
     "Takes intake over, saves the edits of all backlog rows, then updates the Central Backlog.",
     kScopeAll,
     {kIntakeAndBacklog, false},
     kProductOrg | kAllowStatusOverride,
     false,
     run_flow1_full_sync},
    {"flow2.activate",
     "Activate frameworks",
     "Copies computed scores of a framework into the active ones. Never computes.",
     kScopeAll | kScopeKeys | kScopeFilter,
     {kNoWorkbook, false},
     kFramework | kOnlyMissing,
     false,
     run_flow2_activate},
    {"flow3.sync_inputs",
     "Take inputs over",
     "Stores what Scoring_Inputs shows.",
     kScopeAll | kScopeKeys,
     {kProductOpsBook, false},
     kNoOption,
     false,
     run_flow3_sync_inputs},
    {"flow3.compute_all_frameworks",
     "Compute all frameworks",
     "Computes RICE, WSJF and math models from what is stored.",
     kScopeAll | kScopeKeys,
     {kNoWorkbook, false},
     kNoOption,
     false,
     run_flow3_compute_all_frameworks},
    {"flow3.write_scores",
     "Write scores",
     "Writes stored scores into Scoring_Inputs.",
     kScopeAll | kScopeKeys,
     {kProductOpsBook, false},
     kNoOption,
     false,
     run_flow3_write_scores},
    {"flow4.sync_mathmodels",
     "Take math models over",
     "Stores what MathModels shows.",
     kScopeAll | kScopeKeys,
     {kProductOpsBook, false},
     kNoOption,
     false,
     run_flow4_sync_mathmodels},
    {"flow4.sync_params",
     "Take parameters over",
     "Stores what Params shows.",
     kScopeAll | kScopeKeys,
     {kProductOpsBook, false},
     kNoOption,
     false,
     run_flow4_sync_params},
    {"flow4.suggest_mathmodels",
     "Suggest formula",
     "Asks the assistant for a formula where a math model has none. A person reviews, copies and approves "
     "it.",
     kScopeAll | kScopeKeys,
     {kProductOpsBook, false},
     kForce | kLimit | kMaxLlmCalls,
     true,
     run_flow4_suggest_mathmodels},
    {"flow4.seed_params",
     "Seed parameters",
     "Adds a row to Params for each input of an approved formula that has none there yet.",
     kScopeAll | kScopeKeys,
     {kProductOpsBook, false},
     kLimit | kMaxLlmCalls,
     false,
     run_flow4_seed_params},
    {"pm.backlog_sync",
     "See latest intake",
     "Brings new intake into the Central Backlog and refreshes what is there. Never publishes scores.",
     kScopeAll,
     {kIntakeAndBacklog, false},
     kProductOrg,
     false,
     run_pm_backlog_sync},
    {"pm.add_to_scoring",
     "Add to scoring",
     "Gives the selected initiatives that Scoring_Inputs does not list yet a row there.",
     kScopeKeys,
     {kProductOpsBook, true, true},
     kNoOption,
     false,
     run_pm_add_to_scoring},
    {"pm.score_selected",
     "Score selected",
     "Saves the selected initiatives' inputs, computes every framework and writes the scores.",
     kScopeKeys,
     {kProductOpsBook, true},
     kNoOption,
     false,
     run_pm_score_selected},
    {"pm.switch_framework",
     "Switch framework",
     "Shows the chosen framework's computed scores as the active ones, on this sheet only.",
     kScopeKeys,
     {kTabOfRequest, true},
     kNoOption,
     false,
     run_pm_switch_framework},
    {"pm.save_selected",
     "Save selected",
     "Saves the selected rows of the tab that the PM stands on.",
     kScopeKeys,
     {kTabOfRequest, true},
     kNoOption,
     false,
     run_pm_save_selected},
};

}  // namespace

std::span<const ActionSpec> all_actions() { return kActions; }

const ActionSpec* find_action(std::string_view name) {
  const auto* found = std::find_if(std::begin(kActions), std::end(kActions),
                                   [&](const ActionSpec& action) { return action.name == name; });
  return found == std::end(kActions) ? nullptr : found;
}

RunResult run_action(const ActionSpec& action, JobContext& job) {
  RunResult result = action.handler(job);
  if (job.news.rows_moved > 0) result.count("rows_moved", job.news.rows_moved);
  result.warnings.insert(result.warnings.end(), job.news.warnings.begin(), job.news.warnings.end());
  for (std::string& sentence : job.take_news())
    result.warnings.push_back(std::move(sentence));
  return result;
}

}  // namespace roadmap
