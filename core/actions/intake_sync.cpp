#include "core/actions/intake_sync.h"

#include <algorithm>
#include <set>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/fields/registry.h"
#include "core/sync/intake_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class IntakeJob : public Job {
 public:
  IntakeJob(JobContext& job, IntakeRead intake, std::set<std::int64_t> numbers_seen)
      : job_(job), intake_(std::move(intake)), numbers_seen_(std::move(numbers_seen)) {}

  RunResult run() { return result(carry_out(job_, *this)); }

  JobPlan plan(const Planning& planning) override {
    const std::shared_ptr<const InitiativeIndex> stored = job_.stored(planning);
    const auto bases = planning.bases(intake_address());
    const auto pending = planning.pending_keys();
    const std::set<std::int64_t> seen = planning.seen_key_numbers();
    std::vector<TabAddress> backlogs;
    for (const BacklogSettings& backlog : job_.settings.backlogs)
      backlogs.push_back(address_of(backlog.layout));
    const std::set<std::string> shown = planning.keys_shown_on(backlogs);
    plan_ = plan_intake(
        {intake_.sources, *stored, bases, pending, planning.next_key_number(), seen, shown,
         job_.request.options.allow_status_override ? StatusOverride::kAllowed : StatusOverride::kPerTab,
         job_.clock.now(), numbers_seen_});
    JobPlan plan{std::move(plan_.changes), std::move(plan_.tabs)};
    if (plan.is_complete()) remember();
    return plan;
  }

  std::vector<SheetTable*> tables() override {
    std::vector<SheetTable*> tables;
    for (IntakeSource& source : intake_.sources)
      tables.push_back(&source.table);
    return tables;
  }

  void read() override { intake_ = read_intake(job_); }

  JobWords words() const override {
    return {{"read_intake", "Reading intake"},
            {"save_intake", "Saving new intake"},
            {"write_keys", "Writing keys into intake"},
            "the keys written into intake"};
  }

 private:
  // A planning after a lost write sees the work of the one before as done: what was created or updated is
  // remembered from all of them.
  void remember() {
    created_.insert(plan_.created.begin(), plan_.created.end());
    updated_.insert(plan_.updated.begin(), plan_.updated.end());
    for (const RowOutcome& row : plan_.rows) {
      if (row.status == RowStatus::kOk) outcomes_.emplace(row.initiative_key, row);
    }
  }

  RunResult result(Carried carried) {
    RunResult result;
    result.always_listed = kListFailedSources;
    const auto created = static_cast<std::int64_t>(created_.size());
    const auto updated = std::count_if(updated_.begin(), updated_.end(),
                                       [&](const std::string& key) { return !created_.contains(key); });
    const std::int64_t good =
        static_cast<std::int64_t>(plan_.created.size() + plan_.updated.size()) + plan_.unchanged;
    result.count("created", created);
    result.count("updated", updated);
    result.count("unchanged", std::max<std::int64_t>(0, good - created - updated));
    result.count("skipped_no_title", plan_.no_title);
    result.count("duplicates", plan_.duplicates);
    for (const auto& [key, row] : outcomes_)
      result.rows.push_back(row);
    for (RowOutcome& row : plan_.rows) {
      if (row.status != RowStatus::kOk) result.rows.push_back(std::move(row));
    }
    result.warnings = std::move(plan_.warnings);
    result.kept_pm_values = std::move(plan_.kept_pm_values);
    result.failed_sources = intake_.failed;
    for (const RefusedRow& row : carried.refused)
      result.rows.push_back({row.key, 0, RowStatus::kFailed, "Google refused the key: " + row.reason});
    const auto refused = static_cast<std::int64_t>(carried.refused.size());
    result.summary.success = good - refused;
    result.summary.skipped = plan_.no_title + plan_.duplicates + plan_.left_alone;
    result.summary.failed = refused + static_cast<std::int64_t>(intake_.failed.size());
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  JobContext& job_;
  IntakeRead intake_;
  const std::set<std::int64_t> numbers_seen_;
  IntakePlan plan_;  // the last one
  std::set<std::string> created_;
  std::set<std::string> updated_;
  std::map<std::string, RowOutcome> outcomes_;  // of created and updated rows, by key
};

}  // namespace

RunResult sync_intake(JobContext& job, IntakeRead intake, const BacklogReads* backlogs) {
  std::set<std::int64_t> numbers;
  if (backlogs != nullptr) {
    for (const BacklogRead& read : backlogs->backlogs) {
      for (const TableRow& row : read.table.rows()) {
        if (const auto number = parse_initiative_key(row.key)) numbers.insert(*number);
      }
    }
  }
  return IntakeJob(job, std::move(intake), std::move(numbers)).run();
}

RunResult run_flow0_intake_sync(JobContext& job) {
  job.expect_steps(3);
  job.step({"read_intake", "Reading intake"});
  return sync_intake(job, read_intake(job), nullptr);
}

}  // namespace roadmap
