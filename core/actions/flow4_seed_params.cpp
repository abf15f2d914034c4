#include <fmt/format.h>

#include "core/actions/assistant_session.h"
#include "core/actions/book_write.h"
#include "core/actions/checked_write.h"
#include "core/actions/handlers.h"
#include "core/actions/model_tabs.h"
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
class SeedFlow {
 public:
  SeedFlow(JobContext& job, const ModelTabs& tabs)
      : job_(job),
        tabs_(tabs),
        tables_(read_model_tables(job, tabs)),
        selection_(selected_models(job, tables_.math_models)),
        session_(job) {}

  RunResult run() {
    plan();
    if (job_.dry_run()) return dry_result();
    if (describe_all()) {
      job_.step("read_again", "Reading approvals again");
      read_and_plan();
    }
    for (int attempt = 0;; ++attempt) {
      const auto lost = write();
      if (!lost) break;
      if (attempt >= job_.settings.max_write_retries) throw_lost();
      job_.sheets.back_off(attempt, *lost, job_.control);
      read_and_plan();
    }
    return result();
  }

 private:
  void plan() {
    const InitiativeIndex stored(job_.store.begin_planning().initiatives());
    plan_ = plan_param_seeds({tables_.math_models, tables_.params, stored, selection_,
                              status_policy(job_.request.scope), job_.request.options.limit, described_,
                              sent_, job_.clock.now()});
  }

  void read_and_plan() {
    tables_ = read_model_tables(job_, tabs_);
    plan();
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

  std::optional<std::chrono::milliseconds> write() {
    std::vector<TabPlan> tabs;
    if (!plan_.writes.empty()) tabs.push_back(tab_plan_of(tables_.math_models, plan_.writes, std::nullopt));
    if (plan_.insert) tabs.push_back(tab_plan_of(tables_.params, {}, plan_.insert));
    if (tabs.empty()) return std::nullopt;
    job_.step("write_params", "Writing parameters");
    for (const SeededParam& param : plan_.inserted)
      sent_[param.key].insert(param.name);
    const CheckedWriteResult written =
        write_and_check(job_, tabs_.math_models.spreadsheet_id, std::move(tabs));
    if (written.state == WriteState::kUnknown) return written.retry_after;
    refused_ = written.refused;
    rows_moved_ += static_cast<std::int64_t>(written.moved.size());
    return std::nullopt;
  }

  [[noreturn]] void throw_lost() const {
    throw SheetsError(SheetsFailure::kUnavailable, tabs_.params.spreadsheet_id,
                      fmt::format("Google did not confirm what was written to tab '{}'. Run it again.",
                                  tables_.params.layout().tab),
                      "every attempt's answer was lost");
  }

  RunResult result() {
    for (const RefusedRow& row : refused_)
      note_refusal(row);
    const std::vector<std::string>& warnings = session_.warnings();
    plan_.report.warnings.insert(plan_.report.warnings.end(), warnings.begin(), warnings.end());
    RunResult result = counted(selection_, std::move(plan_), session_.calls());
    for (RowOutcome& row : result.rows) {
      // The PM may stand on Params: "this tab" would be another one.
      if (row.row == 0) row.message = fmt::format("not on tab '{}'", tables_.math_models.layout().tab);
    }
    if (rows_moved_ > 0) result.count("rows_moved", rows_moved_);
    return result;
  }

  // An initiative one of whose parameters Google did not take fails; its other parameters are there.
  void note_refusal(const RefusedRow& refused) {
    plan_.report.warnings.push_back(
        fmt::format("{}: Google refused {}: {}", refused.tab, refused.label, refused.reason));
    if (!plan_.insert || refused.tab != tables_.params.layout().tab) return;
    for (std::size_t i = 0; i < plan_.inserted.size(); ++i) {
      if (plan_.insert->rows[i].label != refused.label) continue;
      --plan_.seeded;
      plan_.report.fail_initiative(
          plan_.inserted[i].key, fmt::format("{} was not added: {}", plan_.inserted[i].name, refused.reason));
    }
  }

  RunResult dry_result() {
    RunResult listed;
    list_planned_cells(
        {{&tables_.math_models, plan_.writes, std::nullopt}, {&tables_.params, {}, plan_.insert}}, listed);
    RunResult result = this->result();
    result.plan = std::move(listed.plan);
    result.always_listed |= kListPlan;
    return result;
  }

  static constexpr int kOtherSteps = 3;  // reading, reading again, writing

  JobContext& job_;
  const ModelTabs tabs_;
  ModelTables tables_;
  const Selection selection_;
  AssistantSession session_;
  std::map<std::string, DescribedParams> described_;
  std::map<std::string, std::set<std::string>> sent_;
  ParamSeedPlan plan_;
  std::vector<RefusedRow> refused_;
  std::int64_t rows_moved_ = 0;
};

}  // namespace

RunResult run_flow4_seed_params(JobContext& job) {
  job.expect_steps(2);
  const Selection selection = select_keys(job.request.scope);
  if (job.request.scope.type != ScopeType::kAll && selection.keys.empty()) return counted(selection, {}, 0);
  job.step("read_math_models", "Reading formulas and parameters");
  return SeedFlow(job, find_model_tabs(job)).run();
}

}  // namespace roadmap
