#include <fmt/format.h>

#include <array>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// `plan` is empty where nothing was selected.
RunResult result_of_scoring(const Selection& selection, ScoreJobPlan plan) {
  RunResult result = selection_result(selection, std::move(plan.report));
  result.count("computed", plan.computed);
  result.count("written", static_cast<std::int64_t>(plan.written.size()));
  result.hints = std::move(plan.hints);
  return result;
}

}  // namespace

// Saves the selected initiatives' rows of all three tabs, computes every framework, writes scores and
// warnings into Scoring_Inputs and Status on the tab that the PM stands on.
RunResult run_pm_score_selected(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return result_of_scoring(selection, {});
  constexpr std::array kTabs = {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams};
  const TabToRead here = find_tab_of_request(job, {kTabs.begin(), kTabs.end()});
  JobTabs tabs;
  for (const Tab tab : kTabs) {
    tabs.wanted.push_back(product_ops_tab(job, here.layout.spreadsheet_id, tab));
    tabs.wanted.back().optional = tab != Tab::kScoringInputs && tab != here.tab;
  }
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const std::vector<std::string>& keys = selection.keys;
    const SheetTable& inputs = *tabs.find(Tab::kScoringInputs);
    return plan_score_job({here.tab, inputs, tabs.find(Tab::kMathModels), tabs.find(Tab::kParams), stored,
                           planning.bases(address_of(inputs.layout())), planning.math_models(keys),
                           planning.params(keys), planning.current_scores(keys), selection,
                           job.settings.scoring, job.clock.now()});
  };
  auto [plan, carried] =
      carry_out(job, tabs,
                {{"read_tabs", "Reading inputs, math models and parameters"},
                 {"compute", "Saving inputs and computing scores"},
                 {"write_scores", "Writing scores"},
                 fmt::format("the cells of tab '{}'", job.settings.product_ops.scoring_inputs_tab),
                 "The scores are computed",
                 "Run Score again."},
                ask);
  for (const std::string& key : carried.unwritten)
    plan.written.erase(key);
  RunResult result = result_of_scoring(selection, std::move(plan));
  result.warnings.insert(result.warnings.end(), tabs.warnings.begin(), tabs.warnings.end());
  return with_outcome(job, std::move(carried), std::move(result));
}

}  // namespace roadmap
