#include "core/actions/checked_write.h"

#include <algorithm>
#include <map>
#include <utility>

namespace roadmap {
namespace {

// What was refused was not written: there is nothing of it to check, and inserted rows below it stand higher.
void drop_refused(TabPlan& tab, const std::vector<RefusedRow>& refused) {
  std::set<std::string> labels;
  for (const RefusedRow& row : refused) {
    if (row.tab == tab.write.tab) labels.insert(row.label);
  }
  if (labels.empty()) return;
  std::map<std::pair<RowOrigin, int>, int> stands;  // where a row stands, by where it was meant to
  for (const RowWrite& row : tab.write.rows) {
    if (!labels.contains(row.label)) stands[{RowOrigin::kRead, row.row}] = row.row;
  }
  if (tab.write.insert) {
    int meant = tab.write.insert->after_row, number = meant;
    for (const RowWrite& row : tab.write.insert->rows) {
      ++meant;
      if (!labels.contains(row.label)) stands[{RowOrigin::kInserted, meant}] = ++number;
    }
  }
  std::vector<CheckedWrite> written;
  for (CheckedWrite& write : tab.checked) {
    const auto found = stands.find({write.origin, write.row});
    if (found == stands.end()) continue;
    write.row = found->second;
    written.push_back(std::move(write));
  }
  tab.checked = std::move(written);
}

// Reads the tabs back; asks once more where the identifying columns themselves moved.
std::vector<TabNow> read_now(JobContext& job, const std::string& spreadsheet_id,
                             const std::vector<TabPlan>& tabs) {
  std::vector<CheckRead> checks;
  checks.reserve(tabs.size());
  for (const TabPlan& tab : tabs)
    checks.push_back(check_read_of(*tab.table));
  std::vector<CheckResult> results = job.sheets.read_back(spreadsheet_id, checks, job.control);
  std::vector<std::size_t> again;
  std::vector<CheckRead> moved_checks;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    if (auto moved = moved_check_read(*tabs[i].table, results[i].header)) {
      again.push_back(i);
      moved_checks.push_back(std::move(*moved));
    }
  }
  if (!again.empty()) {
    std::vector<CheckResult> moved = job.sheets.read_back(spreadsheet_id, moved_checks, job.control);
    for (std::size_t i = 0; i < again.size(); ++i)
      results[again[i]] = std::move(moved[i]);
  }
  std::vector<TabNow> now;
  now.reserve(tabs.size());
  for (std::size_t i = 0; i < tabs.size(); ++i)
    now.push_back(tab_now(*tabs[i].table, std::move(results[i])));
  return now;
}

SheetWrite repair_write(const std::vector<TabPlan>& tabs, const std::vector<TabNow>& now,
                        CheckedWriteResult& result) {
  SheetWrite write;
  result.misplaced.clear();
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    Repair repair = plan_repair(*tabs[i].table, tabs[i].checked, now[i]);
    result.moved.merge(repair.moved);
    result.misplaced.merge(repair.misplaced);
    if (repair.rows.empty()) continue;
    TabWrite tab;
    tab.tab = tabs[i].write.tab;
    tab.rows = std::move(repair.rows);
    write.tabs.push_back(std::move(tab));
  }
  return write;
}

void put_right(JobContext& job, const std::string& spreadsheet_id, const std::vector<TabPlan>& tabs,
               CheckedWriteResult& result) {
  for (int attempt = 0;; ++attempt) {
    const SheetWrite write = repair_write(tabs, read_now(job, spreadsheet_id, tabs), result);
    if (write.empty()) return;
    job.reporter.note("rows moved while they were written; putting them right");
    WriteReport report = job.sheets.write(spreadsheet_id, write, job.control);
    if (report.state == WriteState::kApplied) {
      for (RefusedRow& row : report.refused)
        result.refused.push_back(std::move(row));
      return;
    }
    if (attempt >= job.settings.max_write_retries) {
      throw SheetsError(
          SheetsFailure::kUnavailable, spreadsheet_id,
          "Rows moved while they were written, and Google did not confirm that they were put right. "
          "Run it again.",
          report.lost_reason);
    }
    job.sheets.back_off(attempt, report.retry_after, job.control);
  }
}

}  // namespace

TabPlan tab_plan_of(const SheetTable& table, const std::vector<PlannedCell>& writes,
                    const std::optional<RowsInsert>& insert) {
  TabPlan plan;
  plan.table = &table;
  plan.write.tab = table.layout().tab;
  plan.write.rows = group_by_row(writes);
  plan.write.insert = insert;
  for (const PlannedCell& write : writes)
    plan.checked.push_back({write.key, write.row, write.column, write.id, write.after});
  if (!insert) return plan;
  int row_number = insert->after_row;
  for (const RowWrite& row : insert->rows) {
    ++row_number;
    for (const CellWrite& cell : row.cells) {
      if (const auto id = table.columns().field_at(cell.column))
        plan.checked.push_back({row.label, row_number, cell.column, *id, cell.value, RowOrigin::kInserted});
    }
  }
  return plan;
}

CheckedWriteResult write_and_check(JobContext& job, const std::string& spreadsheet_id,
                                   std::vector<TabPlan> tabs) {
  SheetWrite write;
  for (TabPlan& tab : tabs)
    write.tabs.push_back(tab.write);
  CheckedWriteResult result;
  if (write.empty()) return result;
  WriteReport report = job.sheets.write(spreadsheet_id, write, job.control);
  result.state = report.state;
  result.retry_after = report.retry_after;
  result.refused = std::move(report.refused);
  if (result.state == WriteState::kUnknown) {
    job.reporter.note("the answer to a write was lost: " + report.lost_reason);
    return result;
  }
  for (TabPlan& tab : tabs)
    drop_refused(tab, result.refused);
  const bool has_checked =
      std::any_of(tabs.begin(), tabs.end(), [](const TabPlan& tab) { return !tab.checked.empty(); });
  if (job.settings.verify_rows && has_checked) put_right(job, spreadsheet_id, tabs, result);
  return result;
}

}  // namespace roadmap
