#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/save_flow.h"
#include "core/actions/sheet_scope.h"

namespace roadmap {

RunResult run_flow3_sync_inputs(JobContext& job) {
  job.expect_steps(2);
  job.step("read_inputs", "Reading inputs");
  SheetTable table = read_tab(job, {Tab::kScoringInputs, product_ops_layout(job, Tab::kScoringInputs), {}});
  const Selection selection = keys_in_scope(job, table);
  SaveOptions options;
  options.status = StatusPolicy::kNone;
  Saved saved = save_rows(job, std::move(table), std::nullopt, selection, options);
  saved.result.counts.clear();
  saved.result.count("updated", saved.changed);
  return std::move(saved.result);
}

}  // namespace roadmap
