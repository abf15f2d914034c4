#include <fmt/format.h>

#include "core/actions/checked_write.h"
#include "core/actions/sync_flows.h"
#include "core/fields/registry.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

Selection every_key(const SheetTable& table) {
  Scope scope;
  for (const TableRow& row : table.rows()) {
    if (!row.key.empty()) scope.initiative_keys.push_back(row.key);
  }
  return select_keys(scope);
}

class SaveFlow {
 public:
  SaveFlow(JobContext& job, SheetTable table, std::optional<Selection> selection,
           const BacklogSaveOptions& options)
      : job_(job),
        table_(std::move(table)),
        layout_(table_.layout()),
        selection_(selection ? std::move(*selection) : every_key(table_)),
        options_(options) {}

  RunResult run() {
    job_.step("save_rows", "Saving rows");
    plan_and_commit();
    const BacklogSavePlan first = plan_;
    for (int attempt = 0;; ++attempt) {
      if (job_.dry_run()) break;
      const auto lost = write_status();
      if (!lost) break;
      if (attempt >= job_.settings.max_write_retries) throw_lost();
      job_.sheets.back_off(attempt, *lost, job_.control);
      table_ = read_tab(job_, Tab::kBacklog, layout_);
      plan_and_commit();
    }
    return result(first);
  }

 private:
  void plan_and_commit() {
    Planning planning = job_.store.begin_planning();
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(address_of(table_.layout()));
    plan_ = plan_backlog_save({table_, stored, bases, selection_, options_.rule, options_.status,
                               options_.sheet_token, job_.clock.now()});
    if (job_.dry_run() || plan_.changes.empty()) return;
    job_.control.check();
    planning.commit(plan_.changes);
    job_.reporter.committed();
  }

  std::optional<std::chrono::milliseconds> write_status() {
    if (plan_.writes.empty()) return std::nullopt;
    job_.step("write_status", "Writing Status");
    TabPlan tab;
    tab.table = &table_;
    tab.identifying = fields::key();
    tab.write.tab = table_.layout().tab;
    tab.write.rows = group_by_row(plan_.writes);
    for (const PlannedWrite& write : plan_.writes) {
      tab.checked.push_back({write.key, write.row, write.column, write.id, write.after});
    }
    std::vector<TabPlan> tabs;
    tabs.push_back(std::move(tab));
    const CheckedWriteResult written = write_and_check(job_, layout_.spreadsheet_id, std::move(tabs));
    if (written.state == WriteState::kUnknown) return written.retry_after;
    for (const RefusedRow& row : written.refused) {
      warnings_.push_back(
          fmt::format("{}: Google refused the Status of {}: {}", row.tab, row.label, row.reason));
    }
    rows_moved_ += static_cast<std::int64_t>(written.moved.size());
    return std::nullopt;
  }

  [[noreturn]] void throw_lost() const {
    throw SheetsError(
        SheetsFailure::kUnavailable, layout_.spreadsheet_id,
        fmt::format("The rows are saved, but Google did not confirm the Status cells of tab '{}'. "
                    "Run it again.",
                    layout_.tab),
        "every attempt's answer was lost");
  }

  RunResult result(const BacklogSavePlan& first) {
    RunResult result = first.result;
    if (job_.dry_run()) result.always_listed = kListPlan;
    result.warnings.insert(result.warnings.end(), warnings_.begin(), warnings_.end());
    result.count("selected_count", static_cast<std::int64_t>(selection_.keys.size()));
    result.count("saved_count", first.saved);
    result.count("failed_count", static_cast<std::int64_t>(selection_.keys.size()) - first.saved);
    result.count("skipped_no_key", selection_.skipped_no_key);
    if (rows_moved_ > 0) result.count("rows_moved", rows_moved_);
    if (job_.dry_run()) list_planned_cells(result);
    return result;
  }

  void list_planned_cells(RunResult& result) const {
    for (const PlannedWrite& write : plan_.writes) {
      result.plan.push_back({layout_.spreadsheet_id, layout_.tab, write.row, write.key,
                             table_.header_of(write.id), write.before, write.after});
    }
  }

  JobContext& job_;
  SheetTable table_;
  const TabLayout layout_;
  const Selection selection_;
  const BacklogSaveOptions options_;
  BacklogSavePlan plan_;
  std::vector<std::string> warnings_;
  std::int64_t rows_moved_ = 0;
};

}  // namespace

RunResult save_backlog(JobContext& job, SheetTable table, std::optional<Selection> selection,
                       const BacklogSaveOptions& options) {
  return SaveFlow(job, std::move(table), std::move(selection), options).run();
}

}  // namespace roadmap
