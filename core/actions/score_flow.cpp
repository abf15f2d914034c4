#include "core/actions/score_flow.h"

#include <fmt/format.h>

#include "core/actions/selection_result.h"
#include "core/actions/sheet_job.h"
#include "core/sync/score_job_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class ScoreJob : public SheetJob {
 public:
  ScoreJob(JobContext& job, Tab branch, ProductOpsTables tables, const Selection& selection)
      : job_(job),
        branch_(branch),
        tables_(std::move(tables)),
        spreadsheet_id_(tables_.scoring_inputs->layout().spreadsheet_id),
        selection_(selection) {}

  RunResult run() {
    Carried carried = carry_out(job_, *this);
    for (const std::string& key : carried.unwritten) {
      done_->report.fail_initiative(key, kNotWritten);
      done_->written.erase(key);
    }
    RunResult result = selection_result(selection_, std::move(done_->report));
    result.count("computed", done_->computed);
    result.count("written", static_cast<std::int64_t>(done_->written.size()));
    result.hints = std::move(done_->hints);
    result.warnings.insert(result.warnings.end(), tables_.warnings.begin(), tables_.warnings.end());
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  JobPlan plan(const Planning& planning) override {
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(address_of(tables_.scoring_inputs->layout()));
    const std::vector<std::string>& keys = selection_.keys;
    ScoreJobPlan made = plan_score_job(
        {branch_, *tables_.scoring_inputs, tables_.math_models ? &*tables_.math_models : nullptr,
         tables_.params ? &*tables_.params : nullptr, stored, bases, planning.math_models(keys),
         planning.params(keys), planning.current_scores(keys), selection_, job_.settings.scoring,
         job_.clock.now()});
    JobPlan plan{std::move(made.changes), std::move(made.tabs)};
    if (!done_ && plan.is_complete()) done_ = std::move(made);
    return plan;
  }

  std::vector<SheetTable*> tables() override {
    std::vector<SheetTable*> tables;
    for (auto* table : {&tables_.scoring_inputs, &tables_.math_models, &tables_.params}) {
      if (*table) tables.push_back(&**table);
    }
    return tables;
  }

  void read_again() override {
    tables_ = read_product_ops(
        job_,
        product_ops_layouts(job_, spreadsheet_id_, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}),
        {Tab::kScoringInputs, branch_});
  }

  JobWords words() const override {
    return {"compute", "Saving inputs and computing scores", "write_scores", "Writing scores",
            fmt::format(
                "The scores are computed, but Google did not confirm the cells of tab '{}'. Run Score again.",
                tables_.scoring_inputs->layout().tab)};
  }

 private:
  JobContext& job_;
  const Tab branch_;
  ProductOpsTables tables_;
  const std::string spreadsheet_id_;
  const Selection& selection_;
  std::optional<ScoreJobPlan> done_;  // by the first complete plan; later ones find it done
};

}  // namespace

RunResult score_selected(JobContext& job, Tab branch, ProductOpsTables tables, const Selection& selection) {
  return ScoreJob(job, branch, std::move(tables), selection).run();
}

}  // namespace roadmap
