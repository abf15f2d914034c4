#include "core/actions/model_job.h"

#include <fmt/format.h>

#include "core/sync/tab_address.h"

namespace roadmap {

RunResult ModelJob::run() {
  job_.step({"read_math_models", words().read.label});
  tabs_.read(job_);
  selection_ = keys_in_scope(job_, math_models());
  // Row numbers of a request that was made from another tab are none of this one's.
  const auto& context = job_.request.sheet_context;
  const bool made_there =
      !context || address_of({context->spreadsheet_id, context->tab}) == address_of(math_models().layout());
  if (!made_there) selection_.rows.clear();
  if (ask_all()) {
    job_.step({"read_again", "Reading approvals again"});
    tabs_.read(job_);
  }
  const auto ask = [&](const Planning&, const InitiativeIndex& stored) { return plan(stored); };
  return result(carry_out(job_, tabs_, words(), ask).carried);
}

StatusPolicy ModelJob::status_policy() const {
  return job_.request.scope.type == ScopeType::kAll ? StatusPolicy::kChangedAndFailedRows
                                                    : StatusPolicy::kEverySelectedRow;
}

void ModelJob::step_to_question(int number, std::size_t count) {
  job_.step({"ask_assistant", fmt::format("Asking the assistant ({} of {})", number, count)});
}

void ModelJob::add_warnings_of_session(TabReport& report) const {
  const std::vector<std::string>& warnings = session_.warnings();
  report.warnings.insert(report.warnings.end(), warnings.begin(), warnings.end());
}

std::string find_model_spreadsheet(JobContext& job) {
  // Checks the request's tab and workbook; which of the three it is does not matter.
  return find_tab_of_request(job, {Tab::kMathModels, Tab::kParams, Tab::kScoringInputs})
      .layout.spreadsheet_id;
}

bool selects_nothing(const JobContext& job) {
  return job.request.scope.type != ScopeType::kAll && select_keys(job.request.scope).keys.empty();
}

RunResult result_on_models(const Selection& selection, TabReport report) {
  RunResult result;
  result.take_rows(report.take_outcomes());
  result.summary.skipped += selection.skipped_no_key;
  result.warnings = std::move(report.warnings);
  return result;
}

}  // namespace roadmap
