#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/tab_of_request.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

// Saves the selected initiatives' rows of all three tabs, computes every framework, writes scores and
// warnings into Scoring_Inputs and Status on the tab that the PM stands on.
class ScoreJob : public PlannedJob<ScoreJobPlan> {
 public:
  ScoreJob(JobContext& job, const Selection& selection, const TabOfRequest& here)
      : PlannedJob(job, selection), tab_(here.tab), spreadsheet_id_(here.layout.spreadsheet_id) {}

  RunResult run() {
    Carried carried = carry();
    for (const std::string& key : carried.unwritten)
      first_->written.erase(key);
    RunResult result = selection_result(selection(), std::move(first_->report));
    result.count("computed", first_->computed);
    result.count("written", static_cast<std::int64_t>(first_->written.size()));
    result.hints = std::move(first_->hints);
    result.warnings.insert(result.warnings.end(), tables_.warnings.begin(), tables_.warnings.end());
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  void read() override {
    tables_ = read_product_ops(
        job_,
        product_ops_layouts(job_, spreadsheet_id_, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}),
        {Tab::kScoringInputs, tab_});
  }

  std::vector<SheetTable*> tables() override {
    std::vector<SheetTable*> tables;
    for (auto* table : {&tables_.scoring_inputs, &tables_.math_models, &tables_.params}) {
      if (*table) tables.push_back(&**table);
    }
    return tables;
  }

  JobWords words() const override {
    const std::string& tab = job_.settings.product_ops.scoring_inputs_tab;
    return {"read_tabs",
            "Reading inputs, math models and parameters",
            "compute",
            "Saving inputs and computing scores",
            "write_scores",
            "Writing scores",
            fmt::format("the cells of tab '{}'", tab),
            "The scores are computed",
            "Run Score again."};
  }

 private:
  ScoreJobPlan ask(const Planning& planning, const InitiativeIndex& stored) override {
    const std::vector<std::string>& keys = selection().keys;
    return plan_score_job({tab_, *tables_.scoring_inputs,
                           tables_.math_models ? &*tables_.math_models : nullptr,
                           tables_.params ? &*tables_.params : nullptr, stored,
                           planning.bases(address_of(tables_.scoring_inputs->layout())),
                           planning.math_models(keys), planning.params(keys), planning.current_scores(keys),
                           selection(), job_.settings.scoring, job_.clock.now()});
  }

  const Tab tab_;  // that the PM stands on
  const std::string spreadsheet_id_;
  ProductOpsTables tables_;
};

}  // namespace

RunResult run_pm_score_selected(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) {
    RunResult result = nothing_selected(selection);
    result.count("computed", 0);
    result.count("written", 0);
    return result;
  }
  return ScoreJob(job, selection,
                  find_tab_of_request(job, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}))
      .run();
}

}  // namespace roadmap
