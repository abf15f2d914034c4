// The actions that update the Central Backlogs. Those that begin with the intake read every spreadsheet
// before anything is changed, so that one that cannot be read fails the run with nothing done.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/actions/save_rows.h"
#include "core/sync/backlog_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

struct BacklogOptions {
  Publish publish = Publish::kScores;
  bool add_status_column = false;
  // Of a job that saved the backlogs' rows before: what it stored, and why it could not (by key).
  std::set<std::string> saved;
  std::map<std::string, std::string> refused;
};

// How many initiatives have no backlog to appear in, by product_org.
using Homeless = std::map<std::string, std::int64_t>;

// The keys of this backlog's initiatives; those of none are counted.
std::set<std::string> initiatives_of(const BacklogSettings& here, const Settings& settings,
                                     const InitiativeIndex& stored, Homeless& homeless) {
  std::set<std::string> keys;
  homeless.clear();
  for (const InitiativeRecord& record : stored.all()) {
    const BacklogSettings* backlog = settings.backlog_for(record.product_org);
    if (backlog == nullptr) ++homeless[record.product_org];
    if (backlog == &here) keys.insert(keys.end(), record.key);
  }
  return keys;
}

void fail_unwritten(const Carried& carried, RunResult& result) {
  std::erase_if(result.rows, [&](const RowOutcome& row) {
    return row.status == RowStatus::kOk && carried.unwritten.contains(row.initiative_key);
  });
  for (const std::string& key : carried.unwritten) {
    const auto refusal = std::find_if(carried.refused.begin(), carried.refused.end(),
                                      [&](const RefusedRow& row) { return row.key == key; });
    result.rows.push_back({key, 0, RowStatus::kFailed,
                           refusal == carried.refused.end() ? "its row was not found again"
                                                            : "Google refused the row: " + refusal->reason});
  }
  const auto failed = static_cast<std::int64_t>(carried.unwritten.size());
  result.summary.success -= failed;
  result.summary.failed += failed;
}

// Update of one backlog tab.
RunResult update_backlog(JobContext& job, BacklogRead read, const BacklogOptions& options,
                         Homeless& homeless) {
  const BacklogSettings& here = *read.settings;
  JobTabs tabs{{{Tab::kBacklog, here.layout}}};
  tabs.usable.emplace(Tab::kBacklog, std::move(read.table));
  std::shared_ptr<const SheetTable> with_status;  // that the last plan refers to
  Homeless without_backlog;
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const SheetTable& table = *tabs.find(Tab::kBacklog);
    std::set<std::string> unconfirmed;
    for (const PendingKeyWrite& pending : planning.pending_keys())
      unconfirmed.insert(pending.key);
    const auto bases = planning.bases(address_of(table.layout()));
    const auto intake_bases = planning.bases_with_kept(intake_address());
    BacklogPlan made = plan_backlog({table, stored, bases, intake_bases, unconfirmed,
                                     initiatives_of(here, job.settings, stored, without_backlog),
                                     job.settings.backlogs.front().product_org, options.publish,
                                     options.add_status_column, options.saved, options.refused});
    with_status = made.with_status;
    return made;
  };
  auto [plan, carried] = carry_out(job, tabs,
                                   {{"read_backlog", "Reading the backlog"},
                                    {"plan_backlog", "Comparing with the backlog"},
                                    {"write_backlog", "Writing the backlog"},
                                    fmt::format("what was written to tab '{}'", here.layout.tab)},
                                   ask);
  homeless = std::move(without_backlog);
  const auto written = [&unwritten = carried.unwritten](const std::set<std::string>& keys) {
    return std::count_if(keys.begin(), keys.end(),
                         [&](const std::string& key) { return !unwritten.contains(key); });
  };
  RunResult result = std::move(plan.result);
  const auto appended = written(plan.appended);
  result.count("appended", appended);
  result.count("updated_count", appended + written(plan.changed));
  result.count("cells_updated", carried.cells);
  if (options.publish == Publish::kScores) result.count("not_active", plan.not_active);
  fail_unwritten(carried, result);
  return with_outcome(job, std::move(carried), std::move(result));
}

// Initiatives whose product_org has no backlog would silently appear nowhere.
void warn_about(const Homeless& homeless, RunResult& result) {
  for (const auto& [org, count] : homeless) {
    result.warnings.push_back(fmt::format("{} {} of product_org '{}' {} no Central Backlog", count,
                                          count == 1 ? "initiative" : "initiatives", org,
                                          count == 1 ? "has" : "have"));
  }
}

// Database → backlogs (flow1).
RunResult sync_backlogs(JobContext& job, BacklogReads reads, const BacklogOptions& options) {
  RunResult total;
  total.always_listed = kListKeptUnsavedEdits | (job.dry_run() ? kListPlan : 0);
  for (const char* name : {"appended", "updated_count", "cells_updated"})
    total.count(name, 0);
  total.failed_sources = std::move(reads.failed);
  Homeless homeless;
  const std::size_t backlogs = reads.backlogs.size() + total.failed_sources.size();
  for (BacklogRead& read : reads.backlogs) {
    const TabLayout layout = read.table.layout();
    for_one_backlog(layout, backlogs == 1, total.failed_sources,
                    [&] { total.merge(update_backlog(job, std::move(read), options, homeless)); });
  }
  total.summary.failed += static_cast<std::int64_t>(total.failed_sources.size());
  warn_about(homeless, total);
  return total;
}

// What PMs typed in the backlogs → database. What is to be said of a row is left to the update of its
// backlog.
RunResult save_backlogs(JobContext& job, const BacklogReads& backlogs, BacklogOptions& options) {
  RunResult saved;
  for (const BacklogRead& backlog : backlogs.backlogs) {
    RunResult part = save_rows(job, {Tab::kBacklog, backlog.settings->layout}, {}, backlog.table).result;
    for (const RowOutcome& row : part.rows) {
      if (row.status == RowStatus::kFailed) options.refused.emplace(row.initiative_key, row.message);
      if (row.status == RowStatus::kOk) options.saved.insert(row.initiative_key);
    }
    saved.merge(std::move(part));
  }
  return saved;
}

// A row that both flows refuse is said, and counted, once.
void leave_to_the_update(RunResult& saved, const RunResult& updated) {
  std::set<std::pair<std::string, int>> said;
  for (const RowOutcome& row : updated.rows) {
    if (row.status == RowStatus::kFailed) said.emplace(row.initiative_key, row.row);
  }
  saved.summary.failed -= static_cast<std::int64_t>(std::erase_if(saved.rows, [&](const RowOutcome& row) {
    return row.status == RowStatus::kFailed && said.contains({row.initiative_key, row.row});
  }));
}

enum class BacklogEdits : std::uint8_t { kSaved, kLeft };

RunResult sync_both(JobContext& job, BacklogEdits edits, BacklogOptions options) {
  job.expect_steps(6);
  job.step({"read_intake", "Reading intake"});
  IntakeRead intake;
  intake.read(job);
  job.step({"read_backlog", "Reading the backlog"});
  BacklogReads backlogs = read_backlogs(job);

  RunResult result;
  result.add_substep("flow0.intake_sync", sync_intake(job, std::move(intake), &backlogs));
  std::optional<RunResult> saved;
  if (edits == BacklogEdits::kSaved) saved = save_backlogs(job, backlogs, options);
  RunResult updated = sync_backlogs(job, std::move(backlogs), options);
  if (saved) {
    leave_to_the_update(*saved, updated);
    result.add_substep("flow1.backlogsheet_read", std::move(*saved));
  }
  result.add_substep("flow1.backlog_sync", std::move(updated));
  result.lift_substeps();
  result.always_listed |= kListKeptPmValues;
  return result;
}

}  // namespace

RunResult run_flow1_backlog_sync(JobContext& job) {
  job.expect_steps(4);
  job.step({"read_backlog", "Reading the backlog"});
  return sync_backlogs(job, read_backlogs(job), {});
}

RunResult run_flow1_full_sync(JobContext& job) { return sync_both(job, BacklogEdits::kSaved, {}); }

// See latest intake.
RunResult run_pm_backlog_sync(JobContext& job) {
  BacklogOptions options;
  options.publish = Publish::kNoScores;
  options.add_status_column = true;
  return sync_both(job, BacklogEdits::kLeft, std::move(options));
}

}  // namespace roadmap
