#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/llm/assistant.h"
#include "test/fakes/cell_printing.h"
#include "test/fakes/job_bench.h"

namespace roadmap::test {

// Answers from a script and remembers the questions. A question beyond the script's end fails the test.
class ScriptedAssistant : public Assistant {
 public:
  SuggestionAnswer suggest_formula(const FormulaQuestion& question, const RunControl& control) override;
  DescriptionsAnswer describe_parameters(const ParametersQuestion& question,
                                         const RunControl& control) override;

  void suggests(std::string formula, std::string notes = "");
  void describes(std::vector<ParameterDescription> descriptions);
  void fails(AssistantFailure failure, std::string message, std::string detail = "");
  // Runs while the next question is thought about, before it is answered.
  void meanwhile(std::function<void()> action) { meanwhile_.push_back(std::move(action)); }

  std::vector<FormulaQuestion> formula_questions;
  std::vector<ParametersQuestion> parameter_questions;
  RunControl last_control;
  std::size_t unused() const { return answers_.size(); }

 private:
  using Scripted = std::variant<FormulaSuggestion, std::vector<ParameterDescription>, AssistantError>;
  Scripted next(const RunControl& control);

  std::deque<Scripted> answers_;
  std::deque<std::function<void()>> meanwhile_;
};

// The bench with an assistant, and initiatives that a test names.
class ModelBench : public JobBench {
 public:
  ModelBench();

  // Stores an initiative with a title, and a problem statement where there is one.
  void initiative(const std::string& key, const std::string& problem = "");
  // A row of MathModels or Params.
  int model(const std::string& key, std::vector<std::pair<std::string, Cell>> cells = {});
  int param(const std::string& key, const std::string& name,
            std::vector<std::pair<std::string, Cell>> cells = {});

  RunResult suggest(const std::vector<std::string>& keys, ActionOptions options = {});
  RunResult seed(const std::vector<std::string>& keys, ActionOptions options = {});

  Cell model_cell(const std::string& key, const std::string& header);
  Cell param_cell(const std::string& key, const std::string& name, const std::string& header);
  int param_row(const std::string& key, const std::string& name);  // 0: none
  std::string status(const std::string& key) { return to_text(model_cell(key, "Status")); }
  // What is stored of a math model; empty where there is none.
  Cell stored_model(const std::string& key, const std::string& field_name);

  ScriptedAssistant llm;

 private:
  RunResult run_on(const std::string& action, const std::string& tab, const std::vector<std::string>& keys,
                   ActionOptions options);
};

}  // namespace roadmap::test
