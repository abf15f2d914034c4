#include <fmt/format.h>

#include "core/actions/assistant_session.h"
#include "core/actions/handlers.h"
#include "core/actions/model_tabs.h"
#include "core/actions/sheet_job.h"
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
class SeedJob : public SheetJob {
 public:
  SeedJob(JobContext& job, const ModelTabs& tabs) : job_(job), tabs_(tabs), session_(job) {}

  RunResult run() {
    job_.step("read_math_models", "Reading formulas and parameters");
    read();
    selection_ = selected_models(job_, tables_->math_models);
    plan_ = planned(*job_.stored());
    if (!job_.dry_run() && describe_all()) {
      job_.step("read_again", "Reading approvals again");
      read();
    }
    Carried carried = carry_out(job_, *this);
    return result(std::move(carried));
  }

  JobPlan plan(const Planning& planning) override {
    const std::shared_ptr<const InitiativeIndex> known = job_.stored(planning);
    const InitiativeIndex& stored = *known;
    plan_ = planned(stored);
    for (const SeededParam& param : plan_.inserted)
      sent_[param.key].insert(param.name);
    JobPlan plan;
    plan.tabs = {plan_.math_models, plan_.params};
    return plan;
  }

  void read() override { tables_ = read_model_tables(job_, tabs_); }
  std::vector<SheetTable*> tables() override { return {&tables_->math_models, &tables_->params}; }

  JobWords words() const override {
    return {"read_again",
            "Reading formulas and parameters",
            "",
            "",
            "write_params",
            "Writing parameters",
            fmt::format("what was written to tab '{}'", tabs_.params.tab)};
  }

 private:
  ParamSeedPlan planned(const InitiativeIndex& stored) const {
    return plan_param_seeds({tables_->math_models, tables_->params, stored, selection_,
                             status_policy(job_.request.scope), job_.request.options.limit, described_, sent_,
                             job_.clock.now()});
  }

  // Asks what the missing parameters mean. True when anything was really put to the assistant.
  bool describe_all() {
    if (!session_.configured()) return false;
    const std::size_t count = plan_.questions.size();
    job_.expect_steps(static_cast<int>(count) + kOtherSteps);
    int number = 0;
    for (const ParamQuestion& question : plan_.questions) {
      job_.step("ask_assistant", fmt::format("Asking the assistant ({} of {})", ++number, count));
      auto answer = session_.describe_parameters(question.question);
      if (const auto* none = std::get_if<NoAnswer>(&answer)) {
        described_[question.key] = {{}, "described by name only: " + none->why};
      } else {
        described_[question.key] = {std::get<std::vector<ParameterDescription>>(std::move(answer)), ""};
      }
    }
    return session_.calls() > 0;
  }

  RunResult result(Carried carried) {
    for (const RefusedRow& row : carried.refused)
      note_refusal(row);
    const std::vector<std::string>& warnings = session_.warnings();
    plan_.report.warnings.insert(plan_.report.warnings.end(), warnings.begin(), warnings.end());
    RunResult result = counted(selection_, std::move(plan_), session_.calls());
    for (RowOutcome& row : result.rows) {
      // The PM may stand on Params: "this tab" would be another one.
      if (row.row == 0) row.message = fmt::format("not on tab '{}'", tables_->math_models.layout().tab);
    }
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  // An initiative one of whose parameters Google did not take fails; its other parameters are there.
  void note_refusal(const RefusedRow& refused) {
    if (!plan_.params.insert || refused.tab != tables_->params.layout().tab) return;
    for (const SeededParam& param : plan_.inserted) {
      if (param.key + " " + param.name != refused.key) continue;
      --plan_.seeded;
      plan_.report.fail_initiative(param.key,
                                   fmt::format("{} was not added: {}", param.name, refused.reason));
    }
  }

  static constexpr int kOtherSteps = 3;  // reading, reading again, writing

  JobContext& job_;
  const ModelTabs tabs_;
  std::optional<ModelTables> tables_;
  Selection selection_;
  AssistantSession session_;
  std::map<std::string, DescribedParams> described_;
  std::map<std::string, std::set<std::string>> sent_;
  ParamSeedPlan plan_;
};

}  // namespace

RunResult run_flow4_seed_params(JobContext& job) {
  job.expect_steps(2);
  const Selection selection = select_keys(job.request.scope);
  if (job.request.scope.type != ScopeType::kAll && selection.keys.empty()) return counted(selection, {}, 0);
  return SeedJob(job, find_model_tabs(job)).run();
}

}  // namespace roadmap
