#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/actions/job_context.h"
#include "core/llm/assistant.h"
#include "core/run/run_result.h"

namespace roadmap {

inline constexpr const char* kNotConfigured = "LLM assistant is not configured";

// Why a question has no answer, as a row says it.
struct NoAnswer {
  RowStatus status = RowStatus::kFailed;  // kSkipped: it was not asked
  std::string why;
  bool worth_repeating = false;  // the answer was malformed; another may not be
};

// What one run asks the assistant: at most options.max_llm_calls questions, ended early enough to write down
// what was answered, and none after a failure that the next question would meet too. Used on the run's
// thread, without the planning lock. Functions throw RunStopped when the run itself has to stop.
class AssistantSession {
 public:
  explicit AssistantSession(JobContext& job);

  bool configured() const { return job_.assistant != nullptr; }

  std::variant<FormulaSuggestion, NoAnswer> suggest_formula(const FormulaQuestion& question);
  std::variant<std::vector<ParameterDescription>, NoAnswer> describe_parameters(
      const ParametersQuestion& question);

  std::int64_t calls() const { return calls_; }
  // What an operator should know of failures; each once.
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  template <class Answer, class Ask>
  std::variant<Answer, NoAnswer> ask(const Ask& ask);
  NoAnswer explain(const AssistantError& error);

  JobContext& job_;
  const RunControl control_;  // the run's, with an earlier deadline
  std::int64_t calls_ = 0;
  std::optional<NoAnswer> over_;  // nothing is asked any more
  std::vector<std::string> warnings_;
};

}  // namespace roadmap
