#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/tab_of_request.h"
#include "core/sync/add_to_scoring_plan.h"

namespace roadmap {
namespace {

// The result of a plan; of none, where nothing was selected.
RunResult result_of_adding(const Selection& selection, AddToScoringPlan plan) {
  RunResult result;
  result.take_rows(std::move(plan.rows));
  result.count("selected_count", static_cast<std::int64_t>(selection.keys.size()));
  result.count("added", static_cast<std::int64_t>(plan.added.size()));
  result.count("already_there", plan.already_there);
  result.count("failed_count", result.summary.failed);
  result.count("skipped_no_key", selection.skipped_no_key);
  result.summary.skipped += selection.skipped_no_key;
  result.warnings = std::move(plan.warnings);
  return result;
}

class AddToScoringJob : public PlannedJob<AddToScoringPlan> {
 public:
  AddToScoringJob(JobContext& job, const Selection& selection, TabLayout layout)
      : PlannedJob(job, selection), layout_(std::move(layout)) {}

  RunResult run() {
    Carried carried = carry();
    for (RowOutcome& row : first_->rows) {
      if (!carried.unwritten.contains(row.initiative_key)) continue;
      row.status = RowStatus::kFailed;
      row.message = kNotWritten;
      first_->added.erase(row.initiative_key);
    }
    RunResult result = result_of_adding(selection(), std::move(*first_));
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  void read() override { table_ = read_tab(job_, {Tab::kScoringInputs, layout_, {}}); }
  std::vector<SheetTable*> tables() override { return read_of(table_); }

  JobWords words() const override {
    return {"read_tab",
            "Reading " + layout_.tab,
            "plan",
            "Comparing with Scoring_Inputs",
            "write_rows",
            "Adding rows for scoring",
            fmt::format("the rows added to tab '{}'", layout_.tab)};
  }

 private:
  AddToScoringPlan ask(const Planning&, const InitiativeIndex& stored) override {
    return plan_add_to_scoring({*table_, stored, selection()});
  }

  const TabLayout layout_;
  std::optional<SheetTable> table_;
};

}  // namespace

// The PM stands on the Central Backlog; the rows go to the configured Product Ops workbook.
RunResult run_pm_add_to_scoring(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return result_of_adding(selection, {});
  return AddToScoringJob(job, selection, configured_product_ops(job, Tab::kScoringInputs)).run();
}

}  // namespace roadmap
