#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/sheet_scope.h"
#include "core/sync/add_to_scoring_plan.h"

namespace roadmap {
namespace {

class AddToScoringJob : public SheetJob {
 public:
  AddToScoringJob(JobContext& job, SheetTable table, const Selection& selection)
      : job_(job), table_(std::move(table)), layout_(table_.layout()), selection_(selection) {}

  RunResult run() {
    Carried carried = carry_out(job_, *this);
    for (RowOutcome& row : done_->rows) {
      if (!carried.unwritten.contains(row.initiative_key)) continue;
      row.status = RowStatus::kFailed;
      row.message = kNotWritten;
      done_->added.erase(row.initiative_key);
    }
    RunResult result = answer(selection_, std::move(*done_));
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  // The result of a plan; of none, where nothing was selected.
  static RunResult answer(const Selection& selection, AddToScoringPlan plan) {
    RunResult result;
    for (const RowOutcome& row : plan.rows) {
      if (row.status == RowStatus::kOk) ++result.summary.success;
      if (row.status == RowStatus::kSkipped) ++result.summary.skipped;
      if (row.status == RowStatus::kFailed) ++result.summary.failed;
    }
    result.count("selected_count", static_cast<std::int64_t>(selection.keys.size()));
    result.count("added", static_cast<std::int64_t>(plan.added.size()));
    result.count("already_there", plan.already_there);
    result.count("failed_count", result.summary.failed);
    result.count("skipped_no_key", selection.skipped_no_key);
    result.summary.skipped += selection.skipped_no_key;
    result.rows = std::move(plan.rows);
    result.warnings = std::move(plan.warnings);
    return result;
  }

  JobPlan plan(const Planning& planning) override {
    const InitiativeIndex stored(planning.initiatives());
    AddToScoringPlan made = plan_add_to_scoring({table_, stored, selection_});
    JobPlan plan{std::move(made.changes), {}};
    plan.tabs.push_back(std::move(made.tab));
    if (!done_) done_ = std::move(made);
    return plan;
  }

  std::vector<SheetTable*> tables() override { return {&table_}; }
  void read_again() override { table_ = read_tab(job_, {Tab::kScoringInputs, layout_, {}}); }

  JobWords words() const override {
    return {"plan", "Comparing with Scoring_Inputs", "write_rows", "Adding rows for scoring",
            fmt::format("Google did not confirm the rows added to tab '{}'. Run it again.", layout_.tab)};
  }

 private:
  JobContext& job_;
  SheetTable table_;
  const TabLayout layout_;
  const Selection& selection_;
  std::optional<AddToScoringPlan> done_;  // by the first plan; later ones find it done
};

}  // namespace

// The PM stands on the Central Backlog; the rows go to the configured Product Ops workbook.
RunResult run_pm_add_to_scoring(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return AddToScoringJob::answer(selection, {});
  TabLayout layout = job.settings.product_ops.layout_of(Tab::kScoringInputs);
  if (layout.spreadsheet_id.empty()) {
    throw Error(
        "no_product_ops",
        "No Product Ops workbook is configured. Set product_ops.spreadsheet_id in the configuration.");
  }
  job.step("read_tab", "Reading " + layout.tab);
  return AddToScoringJob(job, read_tab(job, {Tab::kScoringInputs, layout, {}}), selection).run();
}

}  // namespace roadmap
