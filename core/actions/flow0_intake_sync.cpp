#include <algorithm>
#include <set>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/sync/intake_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// What planning found. A planning after a lost write sees the work of the one before as done: what was
// created or updated is remembered from all of them.
struct IntakeFound {
  IntakePlan last;
  std::set<std::string> created{};
  std::set<std::string> updated{};
  std::map<std::string, RowOutcome> outcomes{};  // of created and updated rows, by key

  void remember_last() {
    created.insert(last.created.begin(), last.created.end());
    updated.insert(last.updated.begin(), last.updated.end());
    for (const RowOutcome& row : last.rows) {
      if (row.status == RowStatus::kOk) outcomes.emplace(row.initiative_key, row);
    }
  }
};

// `refused_rows`: whose keys were not written.
RunResult result_of_intake(IntakeFound found, std::vector<FailedSource> failed_sources,
                           const std::vector<RefusedRow>& refused_rows) {
  RunResult result;
  result.always_listed = kListFailedSources;
  IntakePlan& plan = found.last;
  const auto created = static_cast<std::int64_t>(found.created.size());
  const auto updated = std::count_if(found.updated.begin(), found.updated.end(),
                                     [&](const std::string& key) { return !found.created.contains(key); });
  const std::int64_t good =
      static_cast<std::int64_t>(plan.created.size() + plan.updated.size()) + plan.unchanged;
  result.count("created", created);
  result.count("updated", updated);
  result.count("unchanged", std::max<std::int64_t>(0, good - created - updated));
  result.count("skipped_no_title", plan.no_title);
  result.count("duplicates", plan.duplicates);
  for (const auto& [key, row] : found.outcomes)
    result.rows.push_back(row);
  for (RowOutcome& row : plan.rows) {
    if (row.status != RowStatus::kOk) result.rows.push_back(std::move(row));
  }
  result.warnings = std::move(plan.warnings);
  result.kept_pm_values = std::move(plan.kept_pm_values);
  for (const RefusedRow& row : refused_rows)
    result.rows.push_back({row.key, 0, RowStatus::kFailed, "Google refused the key: " + row.reason});
  const auto refused = static_cast<std::int64_t>(refused_rows.size());
  result.summary.success = good - refused;
  result.summary.skipped = plan.no_title + plan.duplicates + plan.left_alone;
  result.summary.failed = refused + static_cast<std::int64_t>(failed_sources.size());
  result.failed_sources = std::move(failed_sources);
  return result;
}

std::set<std::int64_t> key_numbers_on(const BacklogReads& backlogs) {
  std::set<std::int64_t> numbers;
  for (const BacklogRead& read : backlogs.backlogs) {
    for (const TableRow& row : read.table.rows()) {
      if (const auto number = parse_initiative_key(row.key)) numbers.insert(*number);
    }
  }
  return numbers;
}

}  // namespace

RunResult sync_intake(JobContext& job, IntakeRead intake, const BacklogReads* backlogs) {
  const std::set<std::int64_t> numbers =
      backlogs == nullptr ? std::set<std::int64_t>{} : key_numbers_on(*backlogs);
  std::vector<TabAddress> addresses;
  for (const BacklogSettings& backlog : job.settings.backlogs)
    addresses.push_back(address_of(backlog.layout));
  IntakeFound found;
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const auto bases = planning.bases(intake_address());
    const auto pending = planning.pending_keys();
    const std::set<std::int64_t> seen = planning.seen_key_numbers();
    const std::set<std::string> shown = planning.keys_shown_on(addresses);
    found.last = plan_intake(
        {intake.sources, stored, bases, pending, planning.next_key_number(), seen, shown,
         job.request.options.allow_status_override ? StatusOverride::kAllowed : StatusOverride::kPerTab,
         job.clock.now(), numbers});
    JobPlan plan{std::move(found.last.changes), std::move(found.last.tabs)};
    if (plan.is_complete()) found.remember_last();
    return plan;
  };
  Carried carried = carry_out(job, intake,
                              {{"read_intake", "Reading intake"},
                               {"save_intake", "Saving new intake"},
                               {"write_keys", "Writing keys into intake"},
                               "the keys written into intake"},
                              ask)
                        .carried;
  RunResult result = result_of_intake(std::move(found), std::move(intake.failed), carried.refused);
  return with_outcome(job, std::move(carried), std::move(result));
}

RunResult run_flow0_intake_sync(JobContext& job) {
  job.expect_steps(3);
  job.step({"read_intake", "Reading intake"});
  IntakeRead intake;
  intake.read(job);
  return sync_intake(job, std::move(intake), nullptr);
}

}  // namespace roadmap
