#include "core/actions/save_rows.h"

#include <fmt/format.h>

#include <set>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/save_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class SaveJob : public PlannedJob<SaveJobPlan> {
 public:
  SaveJob(JobContext& job, TabOfRequest place, const SaveOptions& options, std::optional<SheetTable> table)
      : PlannedJob(job, options.selection),
        place_(std::move(place)),
        options_(options),
        table_(std::move(table)) {}

  Saved run() {
    Carried carried = carry();
    std::set<std::string> changed;
    for (const RowReport& row : first_->report.rows()) {
      if (row.changed) changed.insert(row.key);
    }
    Saved saved{selection_result(selection(), std::move(first_->report)), first_->changed, first_->created,
                first_->upserts, std::move(without_formula_)};
    if (options_.status != StatusPolicy::kEverySelectedRow) {
      std::erase_if(saved.result.rows, [&](const RowOutcome& row) {
        return row.status == RowStatus::kOk && !changed.contains(row.initiative_key);
      });
    }
    saved.result.warnings.insert(saved.result.warnings.end(), warnings_.begin(), warnings_.end());
    add_outcome(job_, std::move(carried), saved.result);
    return saved;
  }

  void read() override {
    if (place_.tab != Tab::kScoringInputs || options_.status == StatusPolicy::kNone) {
      table_ = read_tab(job_, {place_.tab, place_.layout, {}});
      return;
    }
    ProductOpsTables tables = read_product_ops(
        job_, product_ops_layouts(job_, place_.layout.spreadsheet_id, {place_.tab, Tab::kMathModels}),
        {place_.tab});
    table_ = std::move(tables.scoring_inputs);
    math_models_ = std::move(tables.math_models);
    warnings_ = std::move(tables.warnings);
  }

  std::vector<SheetTable*> tables() override {
    std::vector<SheetTable*> tables = read_of(table_);
    if (math_models_) tables.push_back(&*math_models_);
    return tables;
  }

  JobWords words() const override {
    const std::string& tab = place_.layout.tab;
    return {"read_tab",
            "Reading " + tab,
            "save_rows",
            "Saving rows",
            "write_status",
            "Writing Status",
            fmt::format("the cells of tab '{}'", tab),
            "The rows are saved"};
  }

 private:
  SaveJobPlan ask(const Planning& planning, const InitiativeIndex& stored) override {
    const std::vector<std::string>& keys = selection().keys;
    const bool has_bases = place_.tab == Tab::kBacklog || place_.tab == Tab::kScoringInputs;
    const auto bases =
        has_bases ? planning.bases(address_of(table_->layout())) : std::map<std::string, RowBase>{};
    return plan_save_job({{*table_, stored, bases, planning.math_models(keys), planning.params(keys),
                           selection(), options_.missing_params, job_.clock.now()},
                          math_models_ ? &*math_models_ : nullptr,
                          planning.current_scores(keys),
                          job_.settings.scoring,
                          options_.status,
                          options_.sheet_token});
  }

  Selection select() override {
    Selection selection = PlannedJob::select();
    if (!options_.skip_without_formula) return selection;
    const KeyedRows keyed(*table_, {});
    std::erase_if(selection.keys, [&](const std::string& key) {
      const TableRow* row = keyed.find(key);
      if (row == nullptr || !is_blank(table_->raw(*row, fields::formula_text()))) return false;
      without_formula_.push_back({key, row->row, RowStatus::kSkipped, "no formula yet"});
      return true;
    });
    return selection;
  }

  const TabOfRequest place_;
  const SaveOptions options_;
  std::optional<SheetTable> table_;
  std::optional<SheetTable> math_models_;
  std::vector<std::string> warnings_;
  std::vector<RowOutcome> without_formula_;
};

// A flow that stores what a Product Ops tab shows.
Saved save_tab(JobContext& job, Tab tab, const SaveOptions& options) {
  job.expect_steps(2);
  Saved saved = save_rows(job, {tab, product_ops_layout(job, tab)}, options);
  saved.result.counts.clear();
  return saved;
}

}  // namespace

Saved save_rows(JobContext& job, const TabOfRequest& place, const SaveOptions& options,
                std::optional<SheetTable> read) {
  return SaveJob(job, place, options, std::move(read)).run();
}

RunResult run_flow3_sync_inputs(JobContext& job) {
  Saved saved = save_tab(job, Tab::kScoringInputs, {});
  saved.result.count("updated", saved.changed);
  return std::move(saved.result);
}

RunResult run_flow4_sync_params(JobContext& job) {
  SaveOptions options;
  options.missing_params = MissingParams::kDrop;
  Saved saved = save_tab(job, Tab::kParams, options);
  saved.result.count("upserts", saved.upserts);
  saved.result.count("created", saved.created);
  return std::move(saved.result);
}

RunResult run_flow4_sync_mathmodels(JobContext& job) {
  SaveOptions options;
  options.skip_without_formula = true;
  Saved saved = save_tab(job, Tab::kMathModels, options);
  const std::vector<RowOutcome>& skipped = saved.without_formula;
  RunResult result = std::move(saved.result);
  result.count("updated", saved.changed - saved.created);
  result.count("created", saved.created);
  result.count("skipped_no_formula", static_cast<std::int64_t>(skipped.size()));
  result.rows.insert(result.rows.end(), skipped.begin(), skipped.end());
  result.summary.skipped += static_cast<std::int64_t>(skipped.size());
  return result;
}

RunResult run_pm_save_selected(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) return nothing_selected(selection);
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
