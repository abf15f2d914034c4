// The actions that fill Scoring_Inputs, or say on the PM's tab what became of its scores.
#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/fields/registry.h"
#include "core/sync/add_to_scoring_plan.h"
#include "core/sync/score_job_plan.h"
#include "core/sync/score_write_plan.h"
#include "core/sync/switch_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// Each of these is the result of a plan; of none, where nothing was selected.
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

RunResult result_of_scoring(const Selection& selection, ScoreJobPlan plan) {
  RunResult result = selection_result(selection, std::move(plan.report));
  result.count("computed", plan.computed);
  result.count("written", static_cast<std::int64_t>(plan.written.size()));
  result.hints = std::move(plan.hints);
  return result;
}

RunResult result_of_switching(const Selection& selection, TabReport report) {
  RunResult result = selection_result(selection, std::move(report));
  result.count("activated", result.summary.success);
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

// Saves the selected initiatives' rows of all three tabs, computes every framework, writes scores and
// warnings into Scoring_Inputs and Status on the tab that the PM stands on.
RunResult run_pm_score_selected(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return result_of_scoring(selection, {});
  constexpr std::array kTabs = {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams};
  const TabToRead here = find_tab_of_request(job, {kTabs.begin(), kTabs.end()});
  JobTabs tabs;
  for (const Tab tab : kTabs) {
    tabs.wanted.push_back(product_ops_tab(job, here.layout.spreadsheet_id, tab));
    tabs.wanted.back().optional = tab != Tab::kScoringInputs && tab != here.tab;
  }
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const std::vector<std::string>& keys = selection.keys;
    const SheetTable& inputs = *tabs.find(Tab::kScoringInputs);
    return plan_score_job({here.tab, inputs, tabs.find(Tab::kMathModels), tabs.find(Tab::kParams), stored,
                           planning.bases(address_of(inputs.layout())), planning.math_models(keys),
                           planning.params(keys), planning.current_scores(keys), selection,
                           job.settings.scoring, job.clock.now()});
  };
  auto [plan, carried] =
      carry_out(job, tabs,
                {{"read_tabs", "Reading inputs, math models and parameters"},
                 {"compute", "Saving inputs and computing scores"},
                 {"write_scores", "Writing scores"},
                 fmt::format("the cells of tab '{}'", job.settings.product_ops.scoring_inputs_tab),
                 "The scores are computed",
                 "Run Score again."},
                ask);
  for (const std::string& key : carried.unwritten)
    plan.written.erase(key);
  RunResult result = result_of_scoring(selection, std::move(plan));
  result.warnings.insert(result.warnings.end(), tabs.warnings.begin(), tabs.warnings.end());
  return with_outcome(job, std::move(carried), std::move(result));
}

RunResult run_pm_switch_framework(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return result_of_switching(selection, {});
  const TabToRead here = find_tab_of_request(job, {Tab::kScoringInputs, Tab::kBacklog});
  JobTabs tabs{{here}};
  tabs.check = [&] {
    if (tabs.find(here.tab)->has(fields::active_framework())) return;
    throw Error("tab_unusable",
                fmt::format("Tab '{}' has no column '{}' to choose a framework in.", here.layout.tab,
                            field(fields::active_framework()).on(here.tab)->header));
  };
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const SheetTable& table = *tabs.find(here.tab);
    const std::vector<std::string>& keys = selection.keys;
    const auto bases = planning.bases(address_of(table.layout()));
    StoredScoring scoring(planning.math_models(keys), planning.params(keys), planning.current_scores(keys));
    return plan_switch({table, stored, bases, scoring, job.settings.scoring, selection, job.clock.now()});
  };
  auto [plan, carried] = carry_out(job, tabs,
                                   {{"read_tab", "Reading " + here.layout.tab},
                                    {"switch", "Switching frameworks"},
                                    {"write_active", "Writing active scores"},
                                    fmt::format("the cells of tab '{}'", here.layout.tab),
                                    "The frameworks are switched"},
                                   ask);
  return with_outcome(job, std::move(carried), result_of_switching(selection, std::move(plan.report)));
}

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
