#include "core/actions/action_registry.h"

#include <algorithm>

#include "core/actions/handlers.h"

namespace roadmap {
namespace {

constexpr std::uint8_t kIntakeAndBacklog = kIntakeBooks | kBacklogBooks;

constexpr ActionSpec kActions[] = {
    {"flow0.intake_sync", "Take intake over",
     "Reads all intake tabs, stores new and changed initiatives, and writes their keys into intake.",
     kScopeAll, kIntakeBooks, kAllowStatusOverride, false, false, run_flow0_intake_sync},
    {"flow1.backlog_sync", "Update Backlog",
     "Publishes stored initiatives, with active framework and scores, to the Central Backlog.", kScopeAll,
     kBacklogBooks, kProductOrg, false, false, run_flow1_backlog_sync},
    {"flow1.full_sync", "Take intake over and update Backlog",
     "Takes intake over, saves the edits of all backlog rows, then updates the Central Backlog.", kScopeAll,
     kIntakeAndBacklog, kProductOrg | kAllowStatusOverride, false, false, run_flow1_full_sync},
    {"flow4.suggest_mathmodels", "Suggest formula",
     "Asks the assistant for a formula where a math model has none. A person reviews, copies and approves "
     "it.",
     kScopeAll | kScopeKeys, kProductOpsBook, kForce | kLimit | kMaxLlmCalls, false, true,
     run_flow4_suggest_mathmodels},
    {"flow4.seed_params", "Seed parameters",
     "Adds a row to Params for each input of an approved formula that has none there yet.",
     kScopeAll | kScopeKeys, kProductOpsBook, kLimit | kMaxLlmCalls, false, false, run_flow4_seed_params},
    {"pm.backlog_sync", "See latest intake",
     "Brings new intake into the Central Backlog and refreshes what is there. Never publishes scores.",
     kScopeAll, kIntakeAndBacklog, kProductOrg, false, false, run_pm_backlog_sync},
    {"pm.save_selected", "Save selected", "Saves the selected rows of the tab that the PM stands on.",
     kScopeKeys, kBacklogBooks, kNoOption, true, false, run_pm_save_selected},
};

}  // namespace

std::span<const ActionSpec> all_actions() { return kActions; }

const ActionSpec* find_action(std::string_view name) {
  const auto* found = std::find_if(std::begin(kActions), std::end(kActions),
                                   [&](const ActionSpec& action) { return action.name == name; });
  return found == std::end(kActions) ? nullptr : found;
}

}  // namespace roadmap
