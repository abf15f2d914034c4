#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/run/run_control.h"

namespace roadmap {

// A saved field of an initiative or of its math model: {"problem_statement", "Agents retype addresses."}.
struct NamedText {
  std::string name;
  std::string text;
  friend bool operator==(const NamedText&, const NamedText&) = default;
};

// What was wrong with an earlier answer to the same question.
struct RefusedAnswer {
  std::string formula;  // empty where the answer as a whole could not be read
  std::string reason;   // "line 2, column 9: …"
};

// Asks for a formula. Texts may hold anything that people typed; they are sent as data.
struct FormulaQuestion {
  std::vector<NamedText> initiative;
  std::vector<NamedText> model;
  std::optional<RefusedAnswer> refused;  // of the second and last time that this is asked
};

struct FormulaSuggestion {
  std::string formula;  // not parsed yet
  std::string notes;    // assumptions and notes, lines separated by '\n'
};

// Asks what the inputs of an approved formula mean.
struct ParametersQuestion {
  std::vector<NamedText> initiative;
  std::string formula;
  std::vector<std::string> names;  // at most kMaxDescribedParameters
};

inline constexpr std::size_t kMaxDescribedParameters = 50;

struct ParameterDescription {
  std::string name;  // one of those asked about
  std::string display;
  std::string description;
  std::string unit;
  std::string source;   // where a value could come from
  std::string example;  // a plausible value, for people to judge; never a value to compute with
};

enum class AssistantFailure : std::uint8_t {
  kRefused,      // key, address, model or parameters are not accepted: asking again does not help
  kQuota,        // 429, retries used up, or the account has nothing left
  kUnavailable,  // 5xx or no connection, retries used up
  kTimeout,      // no answer in time, retries used up
  kMalformed,    // an answer that is not what was asked for; another try may be better
};

// Why there is no answer. `message` is for a Status cell and says nothing that was asked or answered.
struct AssistantError {
  AssistantFailure failure = AssistantFailure::kUnavailable;
  std::string message;                       // "the assistant did not answer in time"
  std::string detail;                        // the endpoint's own words, for the operator; no key
  std::chrono::milliseconds retry_after{0};  // with kQuota: what the endpoint asked for
};

using SuggestionAnswer = std::variant<FormulaSuggestion, AssistantError>;
using DescriptionsAnswer = std::variant<std::vector<ParameterDescription>, AssistantError>;

// The language model, as jobs see it. Where none is configured there is no Assistant at all (nullptr in
// JobContext). Every answer has been checked for shape and length; what it says has not. Functions block,
// retry what is worth it within control.deadline, and throw RunStopped when control says so, nothing else.
// Neither question nor answer is ever logged. Safe to call from many threads.
class Assistant {
 public:
  virtual ~Assistant() = default;
  virtual SuggestionAnswer suggest_formula(const FormulaQuestion& question, const RunControl& control) = 0;
  // Names that the model left out are missing from the answer; the order is the question's.
  virtual DescriptionsAnswer describe_parameters(const ParametersQuestion& question,
                                                 const RunControl& control) = 0;
};

}  // namespace roadmap
