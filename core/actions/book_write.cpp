#include "core/actions/book_write.h"

#include <fmt/format.h>

#include "core/actions/checked_write.h"
#include "core/fields/registry.h"

namespace roadmap {
namespace {

bool is_provenance(FieldId id) {
  return id == fields::run_status() || id == fields::updated_at() || id == fields::updated_source();
}

std::vector<TabPlan> to_plans(const std::vector<TabChange>& changes) {
  std::vector<TabPlan> plans;
  for (const TabChange& change : changes) {
    if (!change.writes.empty() || change.insert)
      plans.push_back(tab_plan_of(*change.table, change.writes, change.insert));
  }
  return plans;
}

// Whether more than the Status and provenance of that row was to be written.
bool had_content(const std::vector<TabChange>& changes, const std::string& tab, const std::string& key) {
  for (const TabChange& change : changes) {
    if (change.table->layout().tab != tab) continue;
    for (const PlannedCell& write : change.writes) {
      if (write.key == key && !is_provenance(write.id)) return true;
    }
  }
  return false;
}

void settle(const std::vector<TabChange>& changes, const CheckedWriteResult& result, BookWritten& written) {
  for (const RefusedRow& row : result.refused) {
    written.warnings.push_back(fmt::format("{}: Google refused {}: {}", row.tab, row.label, row.reason));
    if (had_content(changes, row.tab, row.label)) written.unwritten.insert(row.label);
  }
  for (const std::string& key : result.misplaced) {
    for (const TabChange& change : changes) {
      if (had_content(changes, change.table->layout().tab, key)) written.unwritten.insert(key);
    }
  }
  written.rows_moved += static_cast<std::int64_t>(result.moved.size());
}

}  // namespace

BookWritten write_until_known(JobContext& job, const BookJob& book) {
  BookWritten written;
  for (int attempt = 0;; ++attempt) {
    const std::vector<TabChange> changes = book.plan();
    std::vector<TabPlan> plans = to_plans(changes);
    if (job.dry_run() || plans.empty()) return written;
    job.step(book.step, book.label);
    const CheckedWriteResult result = write_and_check(job, book.spreadsheet_id, std::move(plans));
    if (result.state == WriteState::kApplied) {
      settle(changes, result, written);
      return written;
    }
    if (attempt >= job.settings.max_write_retries) {
      throw SheetsError(SheetsFailure::kUnavailable, book.spreadsheet_id, book.lost,
                        "every attempt's answer was lost");
    }
    job.sheets.back_off(attempt, result.retry_after, job.control);
    book.read_again();
  }
}

void list_planned_cells(const std::vector<TabChange>& changes, RunResult& result) {
  for (const TabChange& change : changes) {
    const SheetTable& table = *change.table;
    const TabLayout& layout = table.layout();
    for (const PlannedCell& write : change.writes) {
      result.plan.push_back({layout.spreadsheet_id, layout.tab, write.row, write.key,
                             table.header_of(write.id), write.before, write.after});
    }
    if (!change.insert) continue;
    for (const RowWrite& row : change.insert->rows) {
      for (const CellWrite& cell : row.cells) {
        const auto id = table.columns().field_at(cell.column);
        result.plan.push_back({layout.spreadsheet_id, layout.tab, 0, row.label,
                               id ? table.header_of(*id) : std::string(), Cell{}, cell.value});
      }
    }
  }
}

}  // namespace roadmap
