#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/tab_of_request.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class WriteScoresJob : public PlannedJob<ScoreWritePlan> {
 public:
  explicit WriteScoresJob(JobContext& job)
      : PlannedJob(job), layout_(product_ops_layout(job, Tab::kScoringInputs)) {}

  RunResult run() {
    Carried carried = carry();
    TabReport& report = first_->report;
    for (const std::string& key : carried.unwritten)
      first_->updated.erase(key);
    RunResult result;
    result.count("updated_initiatives", static_cast<std::int64_t>(first_->updated.size()));
    result.count("cells_updated", carried.cells);
    result.summary.success = report.ok_count();
    result.summary.failed = static_cast<std::int64_t>(report.outcomes().size()) - result.summary.success;
    result.summary.skipped = selection().skipped_no_key;
    for (const RowOutcome& outcome : report.outcomes()) {
      const bool is_news =
          outcome.status != RowStatus::kOk || first_->updated.contains(outcome.initiative_key);
      if (is_news) result.rows.push_back(outcome);
    }
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  void read() override { table_ = read_tab(job_, {Tab::kScoringInputs, layout_, {}}); }
  std::vector<SheetTable*> tables() override { return read_of(table_); }

  JobWords words() const override {
    return {"read_inputs",
            "Reading " + layout_.tab,
            "plan",
            "Comparing scores",
            "write_scores",
            "Writing scores",
            fmt::format("the scores of tab '{}'", layout_.tab)};
  }

 private:
  ScoreWritePlan ask(const Planning& planning, const InitiativeIndex& stored) override {
    const auto bases = planning.bases(address_of(table_->layout()));
    return plan_score_writes({*table_, stored, bases, selection()});
  }

  const TabLayout layout_;
  std::optional<SheetTable> table_;
};

}  // namespace

RunResult run_flow3_write_scores(JobContext& job) {
  job.expect_steps(3);
  return WriteScoresJob(job).run();
}

}  // namespace roadmap
