#include "core/actions/save_rows.h"

#include <fmt/format.h>

#include <set>

#include "core/actions/handlers.h"
#include "core/actions/job.h"
#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// The tab, and MathModels beside it where rows that are marked may need one there.
JobTabs tabs_to_save(const JobContext& job, const TabToRead& place, const SaveOptions& options) {
  JobTabs tabs{{place}};
  if (place.tab == Tab::kScoringInputs && options.status != StatusPolicy::kNone) {
    tabs.wanted.push_back(product_ops_tab(job, place.layout.spreadsheet_id, Tab::kMathModels));
    tabs.wanted.back().optional = true;
  }
  return tabs;
}

// Takes the rows without a formula out of a selection of MathModels.
std::vector<RowOutcome> pass_over_without_formula(const SheetTable& table, Selection& selection) {
  std::vector<RowOutcome> passed_over;
  const KeyedRows keyed(table, {});
  std::erase_if(selection.keys, [&](const std::string& key) {
    const TableRow* row = keyed.find(key);
    if (row == nullptr || !is_blank(table.raw(*row, fields::formula_text()))) return false;
    passed_over.push_back({key, row->row, RowStatus::kSkipped, "no formula yet"});
    return true;
  });
  return passed_over;
}

JobWords words_of_saving(const std::string& tab) {
  return {{"read_tab", "Reading " + tab},
          {"save_rows", "Saving rows"},
          {"write_status", "Writing Status"},
          fmt::format("the cells of tab '{}'", tab),
          "The rows are saved"};
}

// A flow that stores what a Product Ops tab shows.
Saved save_tab(JobContext& job, Tab tab, const SaveOptions& options) {
  job.expect_steps(2);
  Saved saved = save_rows(job, product_ops_of_request(job, tab), options);
  saved.result.counts.clear();
  return saved;
}

}  // namespace

Saved save_rows(JobContext& job, const TabToRead& place, const SaveOptions& options,
                std::optional<SheetTable> read) {
  JobTabs tabs = tabs_to_save(job, place, options);
  if (read) tabs.usable.emplace(place.tab, std::move(*read));
  std::optional<Selection> selection = options.selection;
  Saved saved;
  const auto ask = [&](const Planning& planning, const InitiativeIndex& stored) {
    const SheetTable& table = *tabs.find(place.tab);
    if (!selection) {
      selection = keys_in_scope(job, table);
      if (options.skip_without_formula) saved.without_formula = pass_over_without_formula(table, *selection);
    }
    const std::vector<std::string>& keys = selection->keys;
    const bool has_bases = place.tab == Tab::kBacklog || place.tab == Tab::kScoringInputs;
    const auto bases =
        has_bases ? planning.bases(address_of(table.layout())) : std::map<std::string, RowBase>{};
    const SheetTable* math_models = place.tab == Tab::kScoringInputs ? tabs.find(Tab::kMathModels) : nullptr;
    return plan_save_job({{table, stored, bases, planning.math_models(keys), planning.params(keys),
                           *selection, options.missing_params, job.clock.now()},
                          math_models,
                          planning.current_scores(keys),
                          job.settings.scoring,
                          options.status,
                          options.sheet_token});
  };
  auto [plan, carried] = carry_out(job, tabs, words_of_saving(place.layout.tab), ask);
  std::set<std::string> changed;
  for (const RowReport& row : plan.report.rows()) {
    if (row.changed) changed.insert(row.key);
  }
  RunResult& result = saved.result;
  result = selection_result(*selection, std::move(plan.report));
  if (options.status != StatusPolicy::kEverySelectedRow) {
    std::erase_if(result.rows, [&](const RowOutcome& row) {
      return row.status == RowStatus::kOk && !changed.contains(row.initiative_key);
    });
  }
  result.warnings.insert(result.warnings.end(), tabs.warnings.begin(), tabs.warnings.end());
  result = with_outcome(job, std::move(carried), std::move(result));
  saved.plan = std::move(plan);
  return saved;
}

RunResult run_flow3_sync_inputs(JobContext& job) {
  Saved saved = save_tab(job, Tab::kScoringInputs, {});
  saved.result.count("updated", saved.plan.changed);
  return std::move(saved.result);
}

RunResult run_flow4_sync_params(JobContext& job) {
  SaveOptions options;
  options.missing_params = MissingParams::kDrop;
  Saved saved = save_tab(job, Tab::kParams, options);
  saved.result.count("upserts", saved.plan.upserts);
  saved.result.count("created", saved.plan.created);
  return std::move(saved.result);
}

RunResult run_flow4_sync_mathmodels(JobContext& job) {
  SaveOptions options;
  options.skip_without_formula = true;
  Saved saved = save_tab(job, Tab::kMathModels, options);
  const std::vector<RowOutcome>& skipped = saved.without_formula;
  RunResult result = std::move(saved.result);
  result.count("updated", saved.plan.changed - saved.plan.created);
  result.count("created", saved.plan.created);
  result.count("skipped_no_formula", static_cast<std::int64_t>(skipped.size()));
  result.rows.insert(result.rows.end(), skipped.begin(), skipped.end());
  result.summary.skipped += static_cast<std::int64_t>(skipped.size());
  return result;
}

RunResult run_pm_save_selected(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return selection_result(selection, {});
  SaveOptions options;
  options.status = StatusPolicy::kEverySelectedRow;
  options.sheet_token = "pm.save_selected";
  options.selection = selection;
  return save_rows(
             job,
             find_tab_of_request(job, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams, Tab::kBacklog}),
             options)
      .result;
}

}  // namespace roadmap
