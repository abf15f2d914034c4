#include "core/actions/handlers.h"
#include "core/actions/save_flow.h"
#include "core/actions/selection_result.h"
#include "core/actions/tab_of_request.h"

namespace roadmap {

RunResult run_pm_save_selected(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return nothing_selected(selection);
  const TabOfRequest branch =
      find_tab_of_request(job, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams, Tab::kBacklog});
  job.step("read_tab", "Reading " + branch.layout.tab);
  SaveOptions options;
  options.sheet_token = "pm.save_selected";
  if (branch.tab != Tab::kScoringInputs) {
    return save_rows(job, read_tab(job, {branch.tab, branch.layout, {}}), std::nullopt, selection, options)
        .result;
  }
  ProductOpsTables tabs = read_product_ops(
      job, product_ops_layouts(job, branch.layout.spreadsheet_id, {Tab::kScoringInputs, Tab::kMathModels}),
      {Tab::kScoringInputs});
  RunResult result =
      save_rows(job, std::move(*tabs.scoring_inputs), std::move(tabs.math_models), selection, options).result;
  result.warnings.insert(result.warnings.end(), tabs.warnings.begin(), tabs.warnings.end());
  return result;
}

}  // namespace roadmap
