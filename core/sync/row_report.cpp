#include "core/sync/row_report.h"

#include <algorithm>

#include "core/sync/row_provenance.h"
#include "core/sync/row_selection.h"

namespace roadmap {

void TabReport::add(RowReport report) {
  outcomes.push_back({report.key, report.row, report.status, report.message});
  rows.push_back(std::move(report));
}

void TabReport::fail(const TableRow& row, const std::string& why) {
  add({row.row, row.key, RowStatus::kFailed, why, false, std::nullopt});
}

RowOutcome* TabReport::outcome_of(const std::string& key) {
  const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                  [&](const RowOutcome& outcome) { return outcome.initiative_key == key; });
  return found == outcomes.end() ? nullptr : &*found;
}

std::int64_t TabReport::ok_count() const {
  return std::count_if(outcomes.begin(), outcomes.end(),
                       [](const RowOutcome& outcome) { return outcome.status == RowStatus::kOk; });
}

void TabReport::add_detail_to(const std::string& key, const std::string& detail) {
  RowOutcome* outcome = outcome_of(key);
  if (outcome == nullptr || outcome->status != RowStatus::kOk) return;
  add_detail(outcome->message, detail);
  for (RowReport& row : rows) {
    if (row.key == key && row.status == RowStatus::kOk) add_detail(row.message, detail);
  }
}

void TabReport::fail_initiative(const std::string& key, const std::string& why) {
  RowOutcome* outcome = outcome_of(key);
  if (outcome == nullptr || outcome->status == RowStatus::kFailed) return;
  outcome->status = RowStatus::kFailed;
  outcome->message = why;
  for (RowReport& row : rows) {
    if (row.key != key || row.status == RowStatus::kFailed) continue;
    row.status = RowStatus::kFailed;
    row.message = why;
  }
}

void report_selection(const RowSelection& selection, TabReport& report,
                      const std::function<void(const SelectedInitiative&)>& work) {
  for (const SelectedCopy& copy : selection.copies()) {
    report.rows.push_back(
        {copy.row->row, copy.row->key, RowStatus::kFailed, copy.problem, false, std::nullopt});
  }
  for (const SelectedInitiative& selected : selection.initiatives()) {
    if (selected.problem.empty()) {
      work(selected);
    } else if (selected.row != nullptr) {
      report.fail(*selected.row, selected.problem);
    } else {
      report.outcomes.push_back({selected.key, selected.problem_row, RowStatus::kFailed, selected.problem});
    }
  }
}

void write_reports(const SheetTable& table, const std::vector<RowReport>& reports, StatusPolicy policy,
                   const std::string& sheet_token, std::vector<PlannedWrite>& writes) {
  if (policy == StatusPolicy::kNone) return;
  for (const RowReport& report : reports) {
    const bool is_news = report.changed || report.status != RowStatus::kOk;
    if (policy == StatusPolicy::kChangedAndFailedRows && !is_news) continue;
    const TableRow* row = row_at(table, report.row);
    if (row == nullptr) continue;
    write_provenance(table, *row,
                     {status_text(report.status, report.message), sheet_token,
                      report.updated_at ? sheet_time(*report.updated_at) : std::string()},
                     writes);
  }
}

void add_detail(std::string& message, const std::string& detail) {
  if (detail.empty()) return;
  if (!message.empty()) message += "; ";
  message += detail;
}

}  // namespace roadmap
