#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/actions/checked_write.h"
#include "core/actions/sync_flows.h"
#include "core/fields/registry.h"
#include "core/sync/intake_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// What all attempts of one flow did together: an attempt after a lost write sees the first one's work as
// done.
struct IntakeTally {
  std::set<std::string> created;
  std::set<std::string> updated;
  std::map<std::string, RowOutcome> outcomes;  // of created and updated rows, by key
  std::vector<RefusedRow> refused;
  std::int64_t rows_moved = 0;
};

class IntakeFlow {
 public:
  IntakeFlow(JobContext& job, IntakeRead intake, std::int64_t highest_number_seen)
      : job_(job), intake_(std::move(intake)), highest_number_seen_(highest_number_seen) {}

  RunResult run(std::optional<DryRunState>& dry) {
    for (int attempt = 0;; ++attempt) {
      job_.step("save_intake", "Saving new intake");
      plan_ = IntakePlan{};
      plan_and_commit(dry);
      tally(plan_);
      if (job_.dry_run()) return result();
      const auto lost = write_keys();
      if (!lost) return result();
      if (attempt >= job_.settings.max_write_retries) throw_lost();
      job_.sheets.back_off(attempt, *lost, job_.control);
      job_.step("read_intake", "Reading intake again");
      intake_ = read_intake(job_);
    }
  }

 private:
  void plan_and_commit(std::optional<DryRunState>& dry) {
    Planning planning = job_.store.begin_planning();
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(intake_address());
    const auto pending = planning.pending_keys();
    plan_ = plan_intake(
        {intake_.sources, stored, bases, pending, planning.next_key_number(), highest_number_seen_,
         job_.request.options.allow_status_override ? StatusOverride::kAllowed : StatusOverride::kPerTab,
         job_.clock.now()});
    if (job_.dry_run()) {
      dry.emplace();
      dry->initiatives = apply(stored.all(), plan_.changes);
    } else if (!plan_.changes.empty()) {
      job_.control.check();
      planning.commit(plan_.changes);
      job_.reporter.committed();
    }
  }

  static std::vector<InitiativeRecord> apply(std::vector<InitiativeRecord> records,
                                             const StoreChanges& changes) {
    std::map<std::string, const InitiativeChange*> by_key;
    for (const InitiativeChange& change : changes.changed_initiatives)
      by_key[change.key] = &change;
    for (InitiativeRecord& record : records) {
      const auto change = by_key.find(record.key);
      if (change == by_key.end()) continue;
      for (const auto& [id, value] : change->second->values)
        record.set(id, value);
    }
    records.insert(records.end(), changes.new_initiatives.begin(), changes.new_initiatives.end());
    return records;
  }

  void tally(const IntakePlan& plan) {
    tally_.created.insert(plan.created.begin(), plan.created.end());
    tally_.updated.insert(plan.updated.begin(), plan.updated.end());
    for (const RowOutcome& row : plan.rows) {
      if (row.status == RowStatus::kOk) tally_.outcomes.emplace(row.initiative_key, row);
    }
  }

  // Puts issued keys into their rows, a call a spreadsheet, and notes which stand there. Returns how long to
  // wait when an answer was lost; nullopt when every write is known to be done.
  std::optional<std::chrono::milliseconds> write_keys() {
    if (plan_.key_writes.empty()) return std::nullopt;
    job_.step("write_keys", "Writing keys into intake");
    std::map<std::string, std::map<std::size_t, TabPlan>> by_spreadsheet;
    for (const KeyWrite& write : plan_.key_writes)
      add_key(by_spreadsheet, write);
    std::optional<std::chrono::milliseconds> lost;
    for (auto& [spreadsheet, tabs] : by_spreadsheet) {
      std::vector<TabPlan> plans;
      for (auto& entry : tabs)
        plans.push_back(std::move(entry.second));
      const CheckedWriteResult written = write_and_check(job_, spreadsheet, std::move(plans));
      if (written.state == WriteState::kUnknown) {
        lost = std::max(lost.value_or(std::chrono::milliseconds{0}), written.retry_after);
        continue;
      }
      confirm(spreadsheet, written);
    }
    return lost;
  }

  void add_key(std::map<std::string, std::map<std::size_t, TabPlan>>& by_spreadsheet,
               const KeyWrite& write) const {
    const SheetTable& table = intake_.sources[write.source].table;
    TabPlan& plan = by_spreadsheet[table.layout().spreadsheet_id][write.source];
    const int column = *table.columns().column_of(fields::key());
    plan.table = &table;
    plan.checked.push_back({write.title, write.row, column, fields::key(), Cell(write.key)});
    plan.write.tab = table.layout().tab;
    plan.write.rows.push_back({write.row, write.key, {{column, Cell(write.key)}}});
  }

  void confirm(const std::string& spreadsheet, const CheckedWriteResult& written) {
    std::set<std::string> unsure;
    for (const RefusedRow& row : written.refused)
      unsure.insert(row.label);
    std::vector<std::string> standing;
    for (const KeyWrite& write : plan_.key_writes) {
      const bool here = intake_.sources[write.source].table.layout().spreadsheet_id == spreadsheet;
      if (here && !unsure.contains(write.key) && !written.misplaced.contains(write.title))
        standing.push_back(write.key);
    }
    job_.store.confirm_keys(standing);
    tally_.rows_moved += static_cast<std::int64_t>(written.moved.size());
    tally_.refused.insert(tally_.refused.end(), written.refused.begin(), written.refused.end());
  }

  [[noreturn]] void throw_lost() const {
    throw SheetsError(SheetsFailure::kUnavailable, intake_.sources.front().table.layout().spreadsheet_id,
                      fmt::format("Google did not confirm {} keys written into intake. Run it again.",
                                  plan_.key_writes.size()),
                      "every attempt's answer was lost");
  }

  RunResult result() {
    RunResult result;
    result.always_listed = kListFailedSources | (job_.dry_run() ? kListPlan : 0);
    const auto created = static_cast<std::int64_t>(tally_.created.size());
    std::int64_t updated = 0;
    for (const std::string& key : tally_.updated)
      updated += tally_.created.contains(key) ? 0 : 1;
    const std::int64_t good =
        static_cast<std::int64_t>(plan_.created.size() + plan_.updated.size()) + plan_.unchanged;
    result.count("created", created);
    result.count("updated", updated);
    result.count("unchanged", std::max<std::int64_t>(0, good - created - updated));
    result.count("skipped_no_title", plan_.no_title);
    result.count("duplicates", plan_.duplicates);
    if (tally_.rows_moved > 0) result.count("rows_moved", tally_.rows_moved);
    for (const auto& [key, row] : tally_.outcomes)
      result.rows.push_back(row);
    for (RowOutcome& row : plan_.rows) {
      if (row.status != RowStatus::kOk) result.rows.push_back(std::move(row));
    }
    result.warnings = std::move(plan_.warnings);
    result.kept_pm_values = std::move(plan_.kept_pm_values);
    result.failed_sources = intake_.failed;
    add_refusals(result);
    result.summary.success = good - static_cast<std::int64_t>(tally_.refused.size());
    result.summary.skipped = plan_.no_title + plan_.duplicates + plan_.left_alone;
    result.summary.failed =
        plan_.bad_rows + static_cast<std::int64_t>(tally_.refused.size() + intake_.failed.size());
    if (job_.dry_run()) list_planned_keys(result);
    return result;
  }

  void add_refusals(RunResult& result) const {
    for (const RefusedRow& row : tally_.refused) {
      result.warnings.push_back(
          fmt::format("{}: Google refused the key {}: {}", row.tab, row.label, row.reason));
      result.rows.push_back({row.label, 0, RowStatus::kFailed, "Google refused the key: " + row.reason});
    }
  }

  void list_planned_keys(RunResult& result) const {
    for (const KeyWrite& write : plan_.key_writes) {
      const SheetTable& table = intake_.sources[write.source].table;
      const Cell& before = table.raw(write.row, *table.columns().column_of(fields::key()));
      result.plan.push_back({table.layout().spreadsheet_id, table.layout().tab, write.row, write.key,
                             table.header_of(fields::key()), before, Cell(write.key)});
    }
  }

  JobContext& job_;
  IntakeRead intake_;
  const std::int64_t highest_number_seen_;
  IntakePlan plan_;
  IntakeTally tally_;
};

}  // namespace

RunResult sync_intake(JobContext& job, IntakeRead intake, std::int64_t highest_number_seen,
                      std::optional<DryRunState>& dry) {
  return IntakeFlow(job, std::move(intake), highest_number_seen).run(dry);
}

}  // namespace roadmap
