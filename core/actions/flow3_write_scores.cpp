#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/sheet_scope.h"
#include "core/sync/score_write_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class WriteScoresJob : public SheetJob {
 public:
  WriteScoresJob(JobContext& job, SheetTable table)
      : job_(job),
        table_(std::move(table)),
        layout_(table_.layout()),
        selection_(keys_in_scope(job, table_)) {}

  RunResult run() {
    Carried carried = carry_out(job_, *this);
    for (const std::string& key : carried.unwritten) {
      done_->report.fail_initiative(key, kNotWritten);
      done_->updated.erase(key);
    }
    RunResult result;
    result.count("updated_initiatives", static_cast<std::int64_t>(done_->updated.size()));
    result.count("cells_updated", carried.cells);
    result.summary.success = done_->report.ok_count();
    result.summary.failed =
        static_cast<std::int64_t>(done_->report.outcomes().size()) - result.summary.success;
    result.summary.skipped = selection_.skipped_no_key;
    for (const RowOutcome& outcome : done_->report.outcomes()) {
      const bool is_news =
          outcome.status != RowStatus::kOk || done_->updated.contains(outcome.initiative_key);
      if (is_news) result.rows.push_back(outcome);
    }
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  JobPlan plan(const Planning& planning) override {
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(address_of(table_.layout()));
    ScoreWritePlan made = plan_score_writes({table_, stored, bases, selection_});
    JobPlan plan{std::move(made.changes), {}};
    plan.tabs.push_back(std::move(made.tab));
    if (!done_ && plan.is_complete()) done_ = std::move(made);
    return plan;
  }

  std::vector<SheetTable*> tables() override { return {&table_}; }
  void read_again() override { table_ = read_tab(job_, {Tab::kScoringInputs, layout_, {}}); }

  JobWords words() const override {
    return {"plan", "Comparing scores", "write_scores", "Writing scores",
            "Google did not confirm the scores of tab '" + layout_.tab + "'. Run it again."};
  }

 private:
  JobContext& job_;
  SheetTable table_;
  const TabLayout layout_;
  const Selection selection_;
  std::optional<ScoreWritePlan> done_;  // by the first complete plan; later ones find it done
};

}  // namespace

RunResult run_flow3_write_scores(JobContext& job) {
  job.expect_steps(3);
  job.step("read_inputs", "Reading " + job.settings.product_ops.scoring_inputs_tab);
  return WriteScoresJob(
             job, read_tab(job, {Tab::kScoringInputs, product_ops_layout(job, Tab::kScoringInputs), {}}))
      .run();
}

}  // namespace roadmap
