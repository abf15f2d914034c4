#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/sync/add_to_scoring_plan.h"

namespace roadmap {
namespace {

// `plan` is empty where nothing was selected.
RunResult result_of_adding(const Selection& selection, AddToScoringPlan plan) {
  RunResult result;
  result.take_rows(std::move(plan.rows));
  result.count("selected_count", static_cast<std::int64_t>(selection.keys.size()));
  result.count("added", static_cast<std::int64_t>(plan.added.size()));
  result.count("already_there", plan.already_there);
  result.count("failed_count", result.summary.failed);
  result.count("skipped_no_key", selection.skipped_no_key);
  result.summary.skipped += selection.skipped_no_key;
  result.warnings = std::move(plan.warnings);
  return result;
}

}  // namespace

// The PM stands on the Central Backlog; the rows go to the configured Product Ops workbook.
RunResult run_pm_add_to_scoring(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return result_of_adding(selection, {});
  JobTabs tabs{{configured_product_ops(job, Tab::kScoringInputs)}};
  const std::string& tab = tabs.wanted.front().layout.tab;
  const auto ask = [&](const Planning&, const InitiativeIndex& stored) {
    return plan_add_to_scoring({*tabs.find(Tab::kScoringInputs), stored, selection});
  };
  auto [plan, carried] = carry_out(job, tabs,
                                   {{"read_tab", "Reading " + tab},
                                    {"plan", "Comparing with Scoring_Inputs"},
                                    {"write_rows", "Adding rows for scoring"},
                                    fmt::format("the rows added to tab '{}'", tab)},
                                   ask);
  for (RowOutcome& row : plan.rows) {
    if (!carried.unwritten.contains(row.initiative_key)) continue;
    row.status = RowStatus::kFailed;
    row.message = kNotWritten;
    plan.added.erase(row.initiative_key);
  }
  return with_outcome(job, std::move(carried), result_of_adding(selection, std::move(plan)));
}

}  // namespace roadmap
