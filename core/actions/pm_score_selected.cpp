#include "core/actions/handlers.h"
#include "core/actions/score_flow.h"
#include "core/actions/selection_result.h"
#include "core/actions/tab_of_request.h"

namespace roadmap {

RunResult run_pm_score_selected(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) {
    RunResult result = nothing_selected(selection);
    result.count("computed", 0);
    result.count("written", 0);
    return result;
  }
  const TabOfRequest branch = find_tab_of_request(job, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams});
  job.step("read_tabs", "Reading inputs, math models and parameters");
  ProductOpsTables tabs =
      read_product_ops(job,
                       product_ops_layouts(job, branch.layout.spreadsheet_id,
                                           {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}),
                       {Tab::kScoringInputs, branch.tab});
  return score_selected(job, branch.tab, std::move(tabs), selection);
}

}  // namespace roadmap
