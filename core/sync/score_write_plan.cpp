#include "core/sync/score_write_plan.h"

#include "core/sync/keyed_rows.h"
#include "core/sync/pm_cells.h"
#include "core/sync/score_plan.h"

namespace roadmap {
namespace {

constexpr const char* kWriteScoresSheetToken = "flow3.productopssheet_write_scores";

}  // namespace

ScoreWritePlan plan_score_writes(const ScoreWriteInput& input) {
  ScoreWritePlan plan;
  plan.tab.table = &input.table;
  const auto write = [&](const TableRow& row, const InitiativeRecord& record) {
    MergedRow merged(input.table, row, record, input.bases);
    const std::size_t before = plan.tab.cells.size();
    write_scores(row, record, ScoreColumns::kFrameworks, plan.tab);
    const FrameworkUnit unit = refresh_framework_unit(plan.tab, merged);
    refresh_title(plan.tab, merged);
    if (!merged.base.cells.empty()) plan.changes.bases.push_back(std::move(merged.base));
    const bool changed = plan.tab.cells.size() > before;
    if (changed) plan.updated.insert(row.key);
    plan.report.add({row.row, row.key, RowStatus::kOk, unit.note, changed, record.updated_at});
  };
  report_selection(input.table, KeyedRows(input.table, input.bases), input.stored, input.selection,
                   plan.report, write);
  write_reports(plan.report.rows(), StatusPolicy::kChangedAndFailedRows, kWriteScoresSheetToken, plan.tab);
  sort_cells(plan.tab);
  return plan;
}

}  // namespace roadmap
