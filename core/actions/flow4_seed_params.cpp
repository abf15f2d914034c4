#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/model_job.h"
#include "core/fields/registry.h"
#include "core/sync/param_seed_plan.h"

namespace roadmap {
namespace {

RunResult counted(const Selection& selection, ParamSeedPlan plan, std::int64_t calls) {
  RunResult result = result_on_models(selection, std::move(plan.report));
  result.count("seeded", plan.seeded);
  result.count("skipped_unapproved", plan.skipped_unapproved);
  result.count("skipped_invalid_formula", plan.skipped_invalid_formula);
  result.count("skipped_no_missing", plan.skipped_no_missing);
  result.count("llm_calls", calls);
  return result;
}

// The rows that a run adds are whole by themselves, so nothing is stored: what stands on Params is what the
// next run goes by.
class SeedJob : public ModelJob {
 public:
  using ModelJob::ModelJob;

 private:
  JobPlan plan(const InitiativeIndex& stored) override {
    plan_ = planned(stored);
    for (const SeededParam& param : plan_.inserted)
      sent_[param.key].insert(param.name);
    JobPlan plan;
    plan.tabs = {plan_.math_models, plan_.params};
    return plan;
  }

  JobWords words() const override {
    return {{"read_again", "Reading formulas and parameters"},
            {},
            {"write_params", "Writing parameters"},
            fmt::format("what was written to tab '{}'", tabs_.wanted.back().layout.tab)};
  }

  ParamSeedPlan planned(const InitiativeIndex& stored) const {
    return plan_param_seeds({math_models(), *tabs_.find(Tab::kParams), stored, selection_, status_policy(),
                             job_.request.options.limit, described_, sent_, job_.clock.now()});
  }

  // Asks what the missing parameters mean.
  bool ask_all() override {
    if (job_.dry_run() || !session_.configured()) return false;
    const std::vector<ParamQuestion> questions = planned(*job_.stored()).questions;
    job_.expect_steps(static_cast<int>(questions.size()) + kOtherSteps);
    int number = 0;
    for (const ParamQuestion& question : questions) {
      step_to_question(++number, questions.size());
      auto answer = session_.describe_parameters(question.question);
      if (const auto* none = std::get_if<NoAnswer>(&answer)) {
        described_[question.key] = {{}, "described by name only: " + none->why};
      } else {
        described_[question.key] = {std::get<std::vector<ParameterDescription>>(std::move(answer)), ""};
      }
    }
    return session_.calls() > 0;
  }

  RunResult result(Carried carried) override {
    for (const RefusedRow& row : carried.refused)
      note_refusal(row);
    add_warnings_of_session(plan_.report);
    RunResult result = counted(selection_, std::move(plan_), session_.calls());
    for (RowOutcome& row : result.rows) {
      // The PM may stand on Params: "this tab" would be another one.
      if (row.row == 0) row.message = fmt::format("not on tab '{}'", math_models().layout().tab);
    }
    return with_outcome(job_, std::move(carried), std::move(result));
  }

  // An initiative one of whose parameters Google did not take fails; its other parameters are there.
  void note_refusal(const RefusedRow& refused) {
    if (!plan_.params.insert || refused.tab != tabs_.find(Tab::kParams)->layout().tab) return;
    for (const SeededParam& param : plan_.inserted) {
      if (param.key + " " + param.name != refused.key) continue;
      --plan_.seeded;
      plan_.report.fail_initiative(param.key,
                                   fmt::format("{} was not added: {}", param.name, refused.reason));
    }
  }

  std::map<std::string, DescribedParams> described_;
  std::map<std::string, std::set<std::string>> sent_;
  ParamSeedPlan plan_;
};

}  // namespace

RunResult run_flow4_seed_params(JobContext& job) {
  job.expect_steps(2);
  if (selects_nothing(job)) return counted(select_keys(job.request.scope), {}, 0);
  const std::string spreadsheet = find_model_spreadsheet(job);
  JobTabs tabs{{product_ops_tab(job, spreadsheet, Tab::kMathModels,
                                {fields::formula_text(), fields::approved_by_user()}),
                product_ops_tab(job, spreadsheet, Tab::kParams, {fields::param_name()})}};
  return SeedJob(job, std::move(tabs)).run();
}

}  // namespace roadmap
