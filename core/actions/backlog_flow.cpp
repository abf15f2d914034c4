#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "core/actions/checked_write.h"
#include "core/actions/result_merge.h"
#include "core/actions/sync_flows.h"
#include "core/fields/registry.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// What all attempts on one backlog did together.
struct BacklogTally {
  std::set<std::string> appended;
  std::set<std::string> changed;
  std::set<std::pair<std::string, int>> cells;  // key and column of each written cell
  std::map<std::string, RowOutcome> outcomes;   // of appended and changed rows, by key
  std::vector<RefusedRow> refused;
  std::set<std::string> failed_keys;
  std::int64_t rows_moved = 0;
};

// Update of one backlog tab, until every write is known to be done.
class BacklogFlow {
 public:
  BacklogFlow(JobContext& job, BacklogRead read, const BacklogSyncOptions& options,
              const std::optional<DryRunState>& dry)
      : job_(job), read_(std::move(read)), options_(options), dry_(dry) {}

  RunResult run() {
    for (int attempt = 0;; ++attempt) {
      job_.step("plan_backlog", "Comparing with the backlog");
      plan_and_commit();
      if (job_.dry_run()) {
        tally_plan();
        return result();
      }
      drop_touched_cells();
      tally_plan();
      const auto lost = write();
      if (!lost) return result();
      if (attempt >= job_.settings.max_write_retries) throw_lost();
      job_.sheets.back_off(attempt, *lost, job_.control);
      job_.step("read_backlog", "Reading the backlog again");
      read_.table = read_tab(job_, Tab::kBacklog, read_.settings->layout);
    }
  }

 private:
  void plan_and_commit() {
    Planning planning = job_.store.begin_planning();
    const InitiativeIndex stored(dry_ ? dry_->initiatives : planning.initiatives());
    std::set<std::string> unconfirmed;
    if (!dry_) {
      for (const PendingKeyWrite& pending : planning.pending_keys())
        unconfirmed.insert(pending.key);
    }
    const auto bases = planning.bases(address_of(read_.table.layout()));
    plan_ = plan_backlog({read_.table, stored, bases, unconfirmed, initiatives_here(stored), options_.publish,
                          options_.add_status_column});
    if (job_.dry_run() || plan_.changes.empty()) return;
    job_.control.check();
    planning.commit(plan_.changes);
    job_.reporter.committed();
  }

  std::set<std::string> initiatives_here(const InitiativeIndex& stored) const {
    std::set<std::string> keys;
    for (const InitiativeRecord& record : stored.all()) {
      if (job_.settings.backlog_for(record.product_org) == read_.settings)
        keys.insert(keys.end(), record.key);
    }
    return keys;
  }

  // PMs' cells that are about to be overwritten are looked at once more: a formula is never written, and what
  // was typed since the tab was read stays.
  void drop_touched_cells() {
    if (plan_.merged.empty()) return;
    job_.step("look_at_cells", "Looking at cells before writing them");
    std::vector<CellAddress> addresses;
    for (const PlannedCell& write : plan_.merged)
      addresses.push_back({write.row, write.column});
    const std::vector<EnteredCell> entered = job_.sheets.read_entered(
        read_.settings->layout.spreadsheet_id, read_.table.layout().tab, addresses, job_.control);
    std::set<CellAddress> dropped;
    for (std::size_t i = 0; i < entered.size(); ++i) {
      const PlannedCell& write = plan_.merged[i];
      const FieldType type = field(write.id).type;
      const bool edited = !entered[i].is_formula && !same_value(type, entered[i].value, write.before) &&
                          !same_value(type, entered[i].value, write.after);
      if (!entered[i].is_formula && !edited) continue;
      dropped.insert(addresses[i]);
      if (edited) {
        plan_.result.kept_unsaved_edits.push_back(
            {write.key, read_.table.header_of(write.id), entered[i].value, write.after});
      }
    }
    std::erase_if(plan_.writes, [&](const PlannedCell& write) {
      return dropped.contains({write.row, write.column});
    });
    if (!dropped.empty()) drop_idle_provenance();
  }

  // Rows of which nothing but provenance is left to write did not change after all.
  void drop_idle_provenance() {
    std::set<std::string> still_changed;
    for (const PlannedCell& write : plan_.writes) {
      if (!is_provenance(write.id)) still_changed.insert(write.key);
    }
    std::set<std::string> idle;
    std::set_difference(plan_.changed_keys.begin(), plan_.changed_keys.end(), still_changed.begin(),
                        still_changed.end(), std::inserter(idle, idle.end()));
    std::erase_if(plan_.writes, [&](const PlannedCell& write) { return idle.contains(write.key); });
    std::erase_if(plan_.result.rows, [&](const RowOutcome& row) {
      return row.status == RowStatus::kOk && idle.contains(row.initiative_key);
    });
    plan_.changed_keys = std::move(still_changed);
  }

  static bool is_provenance(FieldId id) {
    return id == fields::run_status() || id == fields::updated_at() || id == fields::updated_source();
  }

  void tally_plan() {
    tally_.appended.insert(plan_.appended_keys.begin(), plan_.appended_keys.end());
    tally_.changed.insert(plan_.changed_keys.begin(), plan_.changed_keys.end());
    for (const PlannedCell& write : plan_.writes)
      tally_.cells.emplace(write.key, write.column);
    if (plan_.appends.insert) {
      for (const RowWrite& row : plan_.appends.insert->rows) {
        for (const CellWrite& cell : row.cells)
          tally_.cells.emplace(row.label, cell.column);
      }
    }
    for (const RowOutcome& row : plan_.result.rows) {
      if (row.status == RowStatus::kOk) tally_.outcomes.emplace(row.initiative_key, row);
    }
  }

  std::optional<std::chrono::milliseconds> write() {
    TabPlan tab = tab_plan_of(read_.table, plan_.writes, plan_.appends.insert);
    tab.write.headers = plan_.appends.headers;
    if (tab.write.headers.empty() && tab.write.rows.empty() && !tab.write.insert) return std::nullopt;
    job_.step("write_backlog", "Writing the backlog");
    std::vector<TabPlan> tabs;
    tabs.push_back(std::move(tab));
    const CheckedWriteResult written =
        write_and_check(job_, read_.settings->layout.spreadsheet_id, std::move(tabs));
    if (written.state == WriteState::kUnknown) return written.retry_after;
    settle(written);
    return std::nullopt;
  }

  // Notes what stands in the sheet now. A refused row's bases stay pending, so that the next run tries it
  // again.
  void settle(const CheckedWriteResult& written) {
    std::set<std::string> unsure = written.misplaced;
    for (const RefusedRow& row : written.refused) {
      unsure.insert(row.label);
      if (has_more_than_provenance(row.label)) tally_.failed_keys.insert(row.label);
    }
    std::vector<std::string> keys;
    for (const std::string& key : plan_.changed_keys) {
      if (!unsure.contains(key)) keys.push_back(key);
    }
    for (const std::string& key : plan_.appended_keys) {
      if (!unsure.contains(key)) keys.push_back(key);
    }
    job_.store.confirm_bases(address_of(read_.table.layout()), keys);
    tally_.rows_moved += static_cast<std::int64_t>(written.moved.size());
    tally_.refused.insert(tally_.refused.end(), written.refused.begin(), written.refused.end());
  }

  bool has_more_than_provenance(const std::string& key) const {
    const bool appended =
        std::find(plan_.appended_keys.begin(), plan_.appended_keys.end(), key) != plan_.appended_keys.end();
    return appended || plan_.changed_keys.contains(key);
  }

  [[noreturn]] void throw_lost() const {
    throw SheetsError(
        SheetsFailure::kUnavailable, read_.settings->layout.spreadsheet_id,
        fmt::format("Google did not confirm what was written to tab '{}' ({} rows). Run it again.",
                    read_.table.layout().tab, tally_.appended.size() + tally_.changed.size()),
        "every attempt's answer was lost");
  }

  RunResult result() {
    RunResult result = std::move(plan_.result);
    std::erase_if(result.rows, [](const RowOutcome& row) { return row.status == RowStatus::kOk; });
    for (const auto& [key, row] : tally_.outcomes) {
      if (!tally_.failed_keys.contains(key)) result.rows.push_back(row);
    }
    for (const RefusedRow& row : tally_.refused)
      add_refusal(result, row);
    std::int64_t updated = 0;
    for (const std::string& key : tally_.changed) {
      updated += tally_.appended.contains(key) || tally_.failed_keys.contains(key) ? 0 : 1;
    }
    std::int64_t appended = 0;
    for (const std::string& key : tally_.appended)
      appended += tally_.failed_keys.contains(key) ? 0 : 1;
    std::int64_t cells = 0;
    for (const auto& cell : tally_.cells)
      cells += tally_.failed_keys.contains(cell.first) ? 0 : 1;
    result.count("appended", appended);
    result.count("updated_count", appended + updated);
    result.count("cells_updated", cells);
    if (tally_.rows_moved > 0) result.count("rows_moved", tally_.rows_moved);
    const auto refused = static_cast<std::int64_t>(tally_.failed_keys.size());
    result.summary.success -= refused;
    result.summary.failed += refused;
    if (job_.dry_run()) list_planned_cells(result);
    return result;
  }

  void add_refusal(RunResult& result, const RefusedRow& row) const {
    result.warnings.push_back(fmt::format("{}: Google refused {}: {}", row.tab, row.label, row.reason));
    if (tally_.failed_keys.contains(row.label)) {
      result.rows.push_back({row.label, 0, RowStatus::kFailed, "Google refused the row: " + row.reason});
    }
  }

  void list_planned_cells(RunResult& result) const {
    const SheetTable& table = read_.table;
    const std::string& spreadsheet = table.layout().spreadsheet_id;
    for (const PlannedCell& write : plan_.writes) {
      result.plan.push_back({spreadsheet, table.layout().tab, write.row, write.key, table.header_of(write.id),
                             write.before, write.after});
    }
    if (!plan_.appends.insert) return;
    for (const RowWrite& row : plan_.appends.insert->rows) {
      for (const CellWrite& cell : row.cells) {
        const auto id = table.columns().field_at(cell.column);
        const std::string column =
            id ? table.header_of(*id) : std::string(field(fields::run_status()).on(Tab::kBacklog)->header);
        result.plan.push_back({spreadsheet, table.layout().tab, 0, row.label, column, Cell{}, cell.value});
      }
    }
  }

  JobContext& job_;
  BacklogRead read_;
  const BacklogSyncOptions options_;
  const std::optional<DryRunState>& dry_;
  BacklogPlan plan_;
  BacklogTally tally_;
};

// Initiatives whose product_org has no backlog would silently appear nowhere.
void warn_about_homeless(JobContext& job, const std::optional<DryRunState>& dry, RunResult& result) {
  std::map<std::string, std::int64_t> count_by_org;
  const auto initiatives = dry ? dry->initiatives : job.store.begin_planning().initiatives();
  for (const InitiativeRecord& record : initiatives) {
    if (job.settings.backlog_for(record.product_org) == nullptr) ++count_by_org[record.product_org];
  }
  for (const auto& [org, count] : count_by_org) {
    result.warnings.push_back(
        fmt::format("{} initiatives of product_org '{}' have no Central Backlog", count, org));
  }
}

}  // namespace

RunResult sync_backlogs(JobContext& job, BacklogReads reads, const BacklogSyncOptions& options,
                        const std::optional<DryRunState>& dry) {
  RunResult total;
  total.always_listed = kListKeptUnsavedEdits | (job.dry_run() ? kListPlan : 0);
  for (const char* name : {"appended", "updated_count", "cells_updated"})
    total.count(name, 0);
  total.failed_sources = std::move(reads.failed);
  const std::size_t backlogs = reads.backlogs.size() + total.failed_sources.size();
  for (BacklogRead& read : reads.backlogs) {
    const TabLayout layout = read.table.layout();
    try {
      merge_result(total, BacklogFlow(job, std::move(read), options, dry).run());
    } catch (const RunStopped&) {
      throw;
    } catch (const StorageError&) {
      throw;
    } catch (const Error& error) {
      if (backlogs == 1) throw;
      total.failed_sources.push_back({layout.spreadsheet_id, layout.tab, error.what()});
    }
  }
  const auto failed = static_cast<std::int64_t>(total.failed_sources.size());
  total.summary.failed += failed;
  warn_about_homeless(job, dry, total);
  return total;
}

std::int64_t highest_key_number(const BacklogReads& backlogs) {
  std::int64_t highest = 0;
  for (const BacklogRead& read : backlogs.backlogs) {
    for (const TableRow& row : read.table.rows()) {
      highest = std::max(highest, parse_initiative_key(row.key).value_or(0));
    }
  }
  return highest;
}

}  // namespace roadmap
