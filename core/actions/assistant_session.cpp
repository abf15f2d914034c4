#include "core/actions/assistant_session.h"

#include <fmt/format.h>

#include <algorithm>

namespace roadmap {
namespace {

// What a run keeps for re-reading, writing and checking after its last question.
constexpr std::chrono::seconds kTimeToWrite{30};
constexpr int kShareToWrite = 4;  // at most this part of a short run

RunControl with_time_to_write(const JobContext& job) {
  RunControl control = job.control;
  const auto left = control.deadline - job.clock.steady_now();
  control.deadline -= std::min<std::chrono::steady_clock::duration>(kTimeToWrite, left / kShareToWrite);
  return control;
}

}  // namespace

AssistantSession::AssistantSession(JobContext& job) : job_(job), control_(with_time_to_write(job)) {}

std::variant<FormulaSuggestion, NoAnswer> AssistantSession::suggest_formula(const FormulaQuestion& question) {
  return ask<FormulaSuggestion>([&] { return job_.assistant->suggest_formula(question, control_); });
}

std::variant<std::vector<ParameterDescription>, NoAnswer> AssistantSession::describe_parameters(
    const ParametersQuestion& question) {
  return ask<std::vector<ParameterDescription>>(
      [&] { return job_.assistant->describe_parameters(question, control_); });
}

template <class Answer, class Ask>
std::variant<Answer, NoAnswer> AssistantSession::ask(const Ask& ask) {
  job_.control.check(job_.clock.steady_now());
  const int most = job_.request.options.max_llm_calls;
  if (!configured()) return NoAnswer{RowStatus::kFailed, kNotConfigured};
  if (over_) return *over_;
  if (calls_ >= most) {
    return NoAnswer{RowStatus::kSkipped, fmt::format("the assistant takes {} {} a run; run this again", most,
                                                     most == 1 ? "question" : "questions")};
  }
  ++calls_;
  try {
    auto answer = ask();
    if (auto* error = std::get_if<AssistantError>(&answer)) return explain(*error);
    return std::get<Answer>(std::move(answer));
  } catch (const RunStopped& stop) {
    if (stop.reason() != StopReason::kDeadline) throw;
    job_.control.check(job_.clock.steady_now());  // the run's own time is up: nothing more can be done
    over_ = NoAnswer{RowStatus::kSkipped, "this run's time was up; run this again"};
    return *over_;
  }
}

NoAnswer AssistantSession::explain(const AssistantError& error) {
  NoAnswer answer{RowStatus::kFailed, error.message, error.failure == AssistantFailure::kMalformed};
  if (!answer.worth_repeating) over_ = answer;
  job_.note("a question to the assistant failed: " + error.message);
  const std::string warning =
      error.detail.empty() ? error.message : fmt::format("{} ({})", error.message, error.detail);
  if (std::find(warnings_.begin(), warnings_.end(), warning) == warnings_.end()) warnings_.push_back(warning);
  return answer;
}

}  // namespace roadmap
