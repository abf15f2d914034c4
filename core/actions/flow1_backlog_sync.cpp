#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/actions/handlers.h"
#include "core/actions/sheet_job.h"
#include "core/actions/sync_flows.h"
#include "core/fields/registry.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// Update of one backlog tab.
class BacklogJob : public PlannedJob<BacklogPlan> {
 public:
  BacklogJob(JobContext& job, const BacklogSettings& settings, SheetTable table,
             const BacklogSyncOptions& options)
      : PlannedJob(job), settings_(settings), table_(std::move(table)), options_(options) {}

  RunResult run() { return result(carry()); }

  // How many initiatives have no backlog to appear in, by product_org.
  const std::map<std::string, std::int64_t>& homeless() const { return homeless_; }

  void read() override { table_ = read_tab(job_, {Tab::kBacklog, settings_.layout, {}}); }
  std::vector<SheetTable*> tables() override { return {&table_}; }

  JobWords words() const override {
    return {"read_backlog",
            "Reading the backlog",
            "plan_backlog",
            "Comparing with the backlog",
            "write_backlog",
            "Writing the backlog",
            fmt::format("what was written to tab '{}'", settings_.layout.tab)};
  }

 private:
  BacklogPlan ask(const Planning& planning, const InitiativeIndex& stored) override {
    std::set<std::string> unconfirmed;
    for (const PendingKeyWrite& pending : planning.pending_keys())
      unconfirmed.insert(pending.key);
    const auto bases = planning.bases(address_of(table_.layout()));
    const auto intake_bases = planning.bases_with_kept(intake_address());
    BacklogPlan made =
        plan_backlog({table_, stored, bases, intake_bases, unconfirmed, initiatives_here(stored),
                      job_.settings.backlogs.front().product_org, options_.publish,
                      options_.add_status_column, options_.saved, options_.refused});
    with_status_ = made.with_status;
    return made;
  }

  // Those of this backlog; those of none are counted.
  std::set<std::string> initiatives_here(const InitiativeIndex& stored) {
    std::set<std::string> keys;
    homeless_.clear();
    for (const InitiativeRecord& record : stored.all()) {
      const BacklogSettings* backlog = job_.settings.backlog_for(record.product_org);
      if (backlog == nullptr) ++homeless_[record.product_org];
      if (backlog == &settings_) keys.insert(keys.end(), record.key);
    }
    return keys;
  }

  RunResult result(Carried carried) {
    RunResult result = std::move(first_->result);
    const auto is_unwritten = [&](const std::string& key) { return carried.unwritten.contains(key); };
    const auto written = [&](const std::set<std::string>& keys) {
      return std::count_if(keys.begin(), keys.end(),
                           [&](const std::string& key) { return !is_unwritten(key); });
    };
    const auto appended = written(first_->appended);
    result.count("appended", appended);
    result.count("updated_count", appended + written(first_->changed));
    result.count("cells_updated", carried.cells);
    if (options_.publish == Publish::kScores) result.count("not_active", first_->not_active);
    fail_unwritten(carried, result);
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  static void fail_unwritten(const Carried& carried, RunResult& result) {
    std::erase_if(result.rows, [&](const RowOutcome& row) {
      return row.status == RowStatus::kOk && carried.unwritten.contains(row.initiative_key);
    });
    for (const std::string& key : carried.unwritten) {
      const auto refusal = std::find_if(carried.refused.begin(), carried.refused.end(),
                                        [&](const RefusedRow& row) { return row.key == key; });
      result.rows.push_back({key, 0, RowStatus::kFailed,
                             refusal == carried.refused.end()
                                 ? "its row was not found again"
                                 : "Google refused the row: " + refusal->reason});
    }
    const auto failed = static_cast<std::int64_t>(carried.unwritten.size());
    result.summary.success -= failed;
    result.summary.failed += failed;
  }

  const BacklogSettings& settings_;
  SheetTable table_;
  const BacklogSyncOptions& options_;
  std::shared_ptr<const SheetTable> with_status_;  // that the last plan refers to
  std::map<std::string, std::int64_t> homeless_;
};

// Initiatives whose product_org has no backlog would silently appear nowhere.
void warn_about(const std::map<std::string, std::int64_t>& homeless, RunResult& result) {
  for (const auto& [org, count] : homeless) {
    result.warnings.push_back(fmt::format("{} {} of product_org '{}' {} no Central Backlog", count,
                                          count == 1 ? "initiative" : "initiatives", org,
                                          count == 1 ? "has" : "have"));
  }
}

}  // namespace

RunResult sync_backlogs(JobContext& job, BacklogReads reads, const BacklogSyncOptions& options) {
  RunResult total;
  total.always_listed = kListKeptUnsavedEdits | (job.dry_run() ? kListPlan : 0);
  for (const char* name : {"appended", "updated_count", "cells_updated"})
    total.count(name, 0);
  total.failed_sources = std::move(reads.failed);
  std::map<std::string, std::int64_t> homeless;
  const std::size_t backlogs = reads.backlogs.size() + total.failed_sources.size();
  for (BacklogRead& read : reads.backlogs) {
    const TabLayout layout = read.table.layout();
    try {
      BacklogJob backlog(job, *read.settings, std::move(read.table), options);
      total.merge(backlog.run());
      homeless = backlog.homeless();
    } catch (const RunStopped&) {
      throw;
    } catch (const StorageError&) {
      throw;
    } catch (const Error& error) {
      if (backlogs == 1) throw;
      total.failed_sources.push_back({layout.spreadsheet_id, layout.tab, error.what()});
    }
  }
  total.summary.failed += static_cast<std::int64_t>(total.failed_sources.size());
  warn_about(homeless, total);
  return total;
}

RunResult run_flow1_backlog_sync(JobContext& job) {
  job.expect_steps(4);
  job.step("read_backlog", "Reading the backlog");
  return sync_backlogs(job, read_backlogs(job), {});
}

}  // namespace roadmap
