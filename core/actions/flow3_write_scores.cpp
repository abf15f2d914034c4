#include <set>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/sheet_scope.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/row_report.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kWriteScoresToken = "flow3.productopssheet_write_scores";

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
      report_.fail_initiative(key, "Google refused the row, or it was not found again");
      updated_.erase(key);
    }
    RunResult result;
    result.count("updated_initiatives", static_cast<std::int64_t>(updated_.size()));
    result.count("cells_updated", carried.cells);
    result.summary.success = report_.ok_count();
    result.summary.failed = static_cast<std::int64_t>(report_.outcomes().size()) - result.summary.success;
    result.summary.skipped = selection_.skipped_no_key;
    for (const RowOutcome& outcome : report_.outcomes()) {
      const bool is_news = outcome.status != RowStatus::kOk || updated_.contains(outcome.initiative_key);
      if (is_news) result.rows.push_back(outcome);
    }
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  JobPlan plan(const Planning& planning) override {
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(address_of(table_.layout()));
    const KeyedRows keyed(table_, bases);
    const RowSelection rows(table_, keyed, stored, selection_);
    TabPlan tab;
    tab.table = &table_;
    TabReport report;
    std::set<std::string> updated;
    report_selection(rows, report, [&](const SelectedInitiative& selected) {
      const std::size_t before = tab.cells.size();
      write_scores(*selected.row, *selected.record, ScoreColumns::kFrameworks, tab);
      write_scores(*selected.row, *selected.record, ScoreColumns::kActive, tab);
      const bool changed = tab.cells.size() > before;
      report.add({selected.row->row, selected.key, RowStatus::kOk, {}, changed, selected.record->updated_at});
      if (changed) updated.insert(selected.key);
    });
    write_reports(report.rows(), StatusPolicy::kChangedAndFailedRows, kWriteScoresToken, tab);
    if (!planned_) {
      planned_ = true;
      report_ = std::move(report);
      updated_ = std::move(updated);
    }
    JobPlan plan;
    plan.tabs.push_back(std::move(tab));
    return plan;
  }

  std::vector<SheetTable*> tables() override { return {&table_}; }
  void read_again() override { table_ = read_tab(job_, Tab::kScoringInputs, layout_); }

  JobWords words() const override {
    return {"plan", "Comparing scores", "write_scores", "Writing scores",
            "Google did not confirm the scores of tab '" + layout_.tab + "'. Run it again."};
  }

 private:
  JobContext& job_;
  SheetTable table_;
  const TabLayout layout_;
  const Selection selection_;
  bool planned_ = false;  // what follows is of the first plan; later ones find it done
  TabReport report_;
  std::set<std::string> updated_;
};

}  // namespace

RunResult run_flow3_write_scores(JobContext& job) {
  job.expect_steps(3);
  job.step("read_inputs", "Reading " + job.settings.product_ops.scoring_inputs_tab);
  return WriteScoresJob(job,
                        read_tab(job, Tab::kScoringInputs, product_ops_layout(job, Tab::kScoringInputs)))
      .run();
}

}  // namespace roadmap
