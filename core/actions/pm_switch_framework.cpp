#include <fmt/format.h>

#include "core/actions/book_write.h"
#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/selection_result.h"
#include "core/actions/tab_branch.h"
#include "core/fields/registry.h"
#include "core/sync/switch_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kSwitchFrameworkToken = "pm.switch_framework";

class SwitchFlow {
 public:
  SwitchFlow(JobContext& job, SheetTable table, const Selection& selection)
      : job_(job), table_(std::move(table)), layout_(table_.layout()), selection_(selection) {}

  RunResult run() {
    job_.step("switch", "Switching frameworks");
    BookJob book;
    book.spreadsheet_id = layout_.spreadsheet_id;
    book.plan = [this] { return plan(); };
    book.read_again = [this] { table_ = read_tab(job_, table_.tab(), layout_); };
    book.step = "write_active";
    book.label = "Writing active scores";
    book.lost = fmt::format(
        "The frameworks are switched, but Google did not confirm the cells of tab '{}'. Run it again.",
        layout_.tab);
    const BookWritten written = write_until_known(job_, book);
    for (const std::string& key : written.unwritten)
      first_->fail_initiative(key, "Google refused the row, or it was not found again");
    const std::int64_t activated = first_->ok_count();
    RunResult result = selection_result(selection_, std::move(*first_));
    result.count("activated", activated);
    if (written.rows_moved > 0) result.count("rows_moved", written.rows_moved);
    result.warnings.insert(result.warnings.end(), written.warnings.begin(), written.warnings.end());
    if (job_.dry_run()) {
      result.always_listed = kListPlan;
      result.plan = std::move(planned_.plan);
    }
    return result;
  }

 private:
  std::vector<TabChange> plan() {
    Planning planning = job_.store.begin_planning();
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(address_of(table_.layout()));
    SwitchPlan plan = plan_switch({table_, stored, bases, selection_, job_.clock.now()});
    if (!job_.dry_run() && !plan.changes.empty()) {
      job_.control.check();
      planning.commit(plan.changes);
      job_.reporter.committed();
    }
    write_reports(table_, plan.report.rows(), StatusPolicy::kEverySelectedRow, kSwitchFrameworkToken,
                  plan.writes);
    std::vector<TabChange> changes = {{&table_, std::move(plan.writes), std::nullopt}};
    if (!first_) {
      first_ = std::move(plan.report);
      if (job_.dry_run()) list_planned_cells(changes, planned_);
    }
    return changes;
  }

  JobContext& job_;
  SheetTable table_;
  const TabLayout layout_;
  const Selection& selection_;
  std::optional<TabReport> first_;  // what the first plan did; later ones find it done
  RunResult planned_;               // a dry run's cells
};

}  // namespace

RunResult run_pm_switch_framework(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) {
    RunResult result = nothing_selected(selection);
    result.count("activated", 0);
    return result;
  }
  const TabBranch branch = find_tab_branch(job, {Tab::kScoringInputs, Tab::kBacklog});
  job.step("read_tab", "Reading " + branch.layout.tab);
  SheetTable table = read_tab(job, branch.tab, branch.layout);
  if (!table.has(fields::active_framework())) {
    throw Error("tab_unusable",
                fmt::format("Tab '{}' has no column '{}' to choose a framework in.", branch.layout.tab,
                            field(fields::active_framework()).on(branch.tab)->header));
  }
  return SwitchFlow(job, std::move(table), selection).run();
}

}  // namespace roadmap
