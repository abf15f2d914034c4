#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {

RunResult run_flow3_write_scores(JobContext& job) {
  job.expect_steps(3);
  JobTabs tabs{{product_ops_of_request(job, Tab::kScoringInputs)}};
  const std::string& tab = tabs.wanted.front().layout.tab;
  std::optional<Selection> selection;
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const SheetTable& table = *tabs.find(Tab::kScoringInputs);
    if (!selection) selection = keys_in_scope(job, table);
    const auto bases = planning.bases(address_of(table.layout()));
    return plan_score_writes({table, stored, bases, *selection});
  };
  auto [plan, carried] = carry_out(job, tabs,
                                   {{"read_inputs", "Reading " + tab},
                                    {"plan", "Comparing scores"},
                                    {"write_scores", "Writing scores"},
                                    fmt::format("the scores of tab '{}'", tab)},
                                   ask);
  for (const std::string& key : carried.unwritten)
    plan.updated.erase(key);
  RunResult result;
  result.count("updated_initiatives", static_cast<std::int64_t>(plan.updated.size()));
  result.count("cells_updated", carried.cells);
  result.summary.success = plan.report.ok_count();
  result.summary.failed = static_cast<std::int64_t>(plan.report.outcomes().size()) - result.summary.success;
  result.summary.skipped = selection->skipped_no_key;
  for (const RowOutcome& outcome : plan.report.outcomes()) {
    const bool is_news = outcome.status != RowStatus::kOk || plan.updated.contains(outcome.initiative_key);
    if (is_news) result.rows.push_back(outcome);
  }
  return with_outcome(job, std::move(carried), std::move(result));
}

}  // namespace roadmap
