#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/fields/registry.h"
#include "core/sync/switch_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// `plan` is empty where nothing was selected.
RunResult result_of_switching(const Selection& selection, TabReport report) {
  RunResult result = selection_result(selection, std::move(report));
  result.count("activated", result.summary.success);
  return result;
}

}  // namespace

RunResult run_pm_switch_framework(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return result_of_switching(selection, {});
  const TabToRead here = find_tab_of_request(job, {Tab::kScoringInputs, Tab::kBacklog});
  JobTabs tabs{{here}};
  tabs.check = [&] {
    if (tabs.find(here.tab)->has(fields::active_framework())) return;
    throw Error("tab_unusable",
                fmt::format("Tab '{}' has no column '{}' to choose a framework in.", here.layout.tab,
                            field(fields::active_framework()).on(here.tab)->header));
  };
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const SheetTable& table = *tabs.find(here.tab);
    const std::vector<std::string>& keys = selection.keys;
    const auto bases = planning.bases(address_of(table.layout()));
    StoredScoring scoring(planning.math_models(keys), planning.params(keys), planning.current_scores(keys));
    return plan_switch({table, stored, bases, scoring, job.settings.scoring, selection, job.clock.now()});
  };
  auto [plan, carried] = carry_out(job, tabs,
                                   {{"read_tab", "Reading " + here.layout.tab},
                                    {"switch", "Switching frameworks"},
                                    {"write_active", "Writing active scores"},
                                    fmt::format("the cells of tab '{}'", here.layout.tab),
                                    "The frameworks are switched"},
                                   ask);
  return with_outcome(job, std::move(carried), result_of_switching(selection, std::move(plan.report)));
}

}  // namespace roadmap
