#include <set>

#include "core/actions/book_write.h"
#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_scope.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/row_report.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kWriteScoresToken = "flow3.productopssheet_write_scores";

class WriteScoresFlow {
 public:
  WriteScoresFlow(JobContext& job, SheetTable table)
      : job_(job),
        table_(std::move(table)),
        layout_(table_.layout()),
        selection_(keys_in_scope(job, table_)) {}

  RunResult run() {
    job_.step("plan", "Comparing scores");
    BookJob book;
    book.spreadsheet_id = layout_.spreadsheet_id;
    book.plan = [this] { return plan(); };
    book.read_again = [this] { table_ = read_tab(job_, Tab::kScoringInputs, layout_); };
    book.step = "write_scores";
    book.label = "Writing scores";
    book.lost = "Google did not confirm the scores of tab '" + layout_.tab + "'. Run it again.";
    const BookWritten written = write_until_known(job_, book);
    for (const std::string& key : written.unwritten)
      report_.fail_initiative(key, "Google refused the row, or it was not found again");
    return result(written);
  }

 private:
  std::vector<TabChange> plan() {
    Planning planning = job_.store.begin_planning();
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(address_of(table_.layout()));
    const KeyedRows keyed(table_, bases);
    const RowSelection rows(table_, keyed, stored, selection_);
    TabChange change{&table_, {}, std::nullopt};
    TabReport report;
    report_selection(rows, report, [&](const SelectedInitiative& selected) {
      const std::size_t before = change.writes.size();
      write_scores(table_, *selected.row, *selected.record, ScoreColumns::kAll, change.writes);
      const bool changed = change.writes.size() > before;
      report.add({selected.row->row, selected.key, RowStatus::kOk, {}, changed, selected.record->updated_at});
      if (changed) updated_.insert(selected.key);
    });
    for (const PlannedWrite& write : change.writes)
      cells_.emplace(write.key, write.column);
    write_reports(table_, report.rows(), StatusPolicy::kChangedAndFailedRows, kWriteScoresToken,
                  change.writes);
    std::vector<TabChange> changes;
    changes.push_back(std::move(change));
    if (planned_) return changes;
    planned_ = true;
    report_ = std::move(report);
    if (job_.dry_run()) list_planned_cells(changes, result_);
    return changes;
  }

  RunResult result(const BookWritten& written) {
    RunResult result = std::move(result_);
    for (const std::string& key : written.unwritten)
      updated_.erase(key);
    std::int64_t cells = 0;
    for (const auto& [key, column] : cells_)
      cells += written.unwritten.contains(key) ? 0 : 1;
    result.count("updated_initiatives", static_cast<std::int64_t>(updated_.size()));
    result.count("cells_updated", cells);
    if (written.rows_moved > 0) result.count("rows_moved", written.rows_moved);
    result.summary.success = report_.ok_count();
    result.summary.failed = static_cast<std::int64_t>(report_.outcomes().size()) - result.summary.success;
    result.summary.skipped = selection_.skipped_no_key;
    result.summary.total = result.summary.success + result.summary.failed + result.summary.skipped;
    result.warnings = written.warnings;
    for (const RowOutcome& outcome : report_.outcomes()) {
      const bool is_news = outcome.status != RowStatus::kOk || updated_.contains(outcome.initiative_key);
      if (is_news) result.rows.push_back(outcome);
    }
    if (job_.dry_run()) result.always_listed = kListPlan;
    return result;
  }

  JobContext& job_;
  SheetTable table_;
  const TabLayout layout_;
  const Selection selection_;
  bool planned_ = false;
  TabReport report_;  // of the first plan; later ones find it done
  std::set<std::string> updated_;
  std::set<std::pair<std::string, int>> cells_;  // key and column
  RunResult result_;
};

}  // namespace

RunResult run_flow3_write_scores(JobContext& job) {
  job.expect_steps(3);
  job.step("read_inputs", "Reading " + job.settings.product_ops.scoring_inputs_tab);
  return WriteScoresFlow(job,
                         read_tab(job, Tab::kScoringInputs, product_ops_layout(job, Tab::kScoringInputs)))
      .run();
}

}  // namespace roadmap
