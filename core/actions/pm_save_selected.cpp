#include "core/actions/handlers.h"
#include "core/actions/sync_flows.h"
#include "core/actions/tab_branch.h"

namespace roadmap {
namespace {

RunResult nothing_selected(const Selection& selection) {
  RunResult result;
  result.count("selected_count", 0);
  result.count("saved_count", 0);
  result.count("failed_count", 0);
  result.count("skipped_no_key", selection.skipped_no_key);
  result.summary.skipped = result.summary.total = selection.skipped_no_key;
  return result;
}

}  // namespace

RunResult run_pm_save_selected(JobContext& job) {
  job.expect_steps(3);
  Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return nothing_selected(selection);
  const TabBranch branch = find_tab_branch(job, {Tab::kBacklog});
  job.step("read_backlog", "Reading the backlog");
  SheetTable table = read_tab(job, branch.tab, branch.layout);
  return save_backlog(job, std::move(table), std::move(selection),
                      {SaveRule::kRowAsItStands, StatusPolicy::kEverySelectedRow, "pm.save_selected"});
}

}  // namespace roadmap
