#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/save_flow.h"
#include "core/actions/sheet_scope.h"

namespace roadmap {

RunResult run_flow4_sync_params(JobContext& job) {
  job.expect_steps(2);
  job.step("read_params", "Reading parameters");
  SheetTable table = read_tab(job, {Tab::kParams, product_ops_layout(job, Tab::kParams), {}});
  const Selection selection = keys_in_scope(job, table);
  SaveOptions options;
  options.status = StatusPolicy::kNone;
  options.missing_params = MissingParams::kDrop;
  Saved saved = save_rows(job, std::move(table), std::nullopt, selection, options);
  saved.result.counts.clear();
  saved.result.count("upserts", saved.upserts);
  saved.result.count("created", saved.created);
  return std::move(saved.result);
}

}  // namespace roadmap
