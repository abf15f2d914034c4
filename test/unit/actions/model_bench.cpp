#include "model_bench.h"

#include <stdexcept>

#include "core/fields/registry.h"
#include "test/fakes/open_gate.h"

namespace roadmap::test {

ScriptedAssistant::Scripted ScriptedAssistant::next(const RunControl& control) {
  control.check(std::chrono::steady_clock::now());
  last_control = control;
  if (!meanwhile_.empty()) {
    const auto action = std::move(meanwhile_.front());
    meanwhile_.pop_front();
    action();
  }
  if (answers_.empty()) throw std::logic_error("a question that the test does not expect");
  Scripted answer = std::move(answers_.front());
  answers_.pop_front();
  return answer;
}

SuggestionAnswer ScriptedAssistant::suggest_formula(const FormulaQuestion& question,
                                                    const RunControl& control) {
  formula_questions.push_back(question);
  Scripted answer = next(control);
  if (auto* error = std::get_if<AssistantError>(&answer)) return *error;
  return std::get<FormulaSuggestion>(answer);
}

DescriptionsAnswer ScriptedAssistant::describe_parameters(const ParametersQuestion& question,
                                                          const RunControl& control) {
  parameter_questions.push_back(question);
  Scripted answer = next(control);
  if (auto* error = std::get_if<AssistantError>(&answer)) return *error;
  return std::get<std::vector<ParameterDescription>>(answer);
}

void ScriptedAssistant::suggests(std::string formula, std::string notes) {
  answers_.emplace_back(FormulaSuggestion{std::move(formula), std::move(notes)});
}

void ScriptedAssistant::describes(std::vector<ParameterDescription> descriptions) {
  answers_.emplace_back(std::move(descriptions));
}

void ScriptedAssistant::fails(AssistantFailure failure, std::string message, std::string detail) {
  answers_.emplace_back(AssistantError{failure, std::move(message), std::move(detail)});
}

ModelBench::ModelBench() { assistant = &llm; }

void ModelBench::initiative(const std::string& key, const std::string& problem) {
  InitiativeRecord record = make_initiative(key);
  record.set(fields::title(), Cell("Title of " + key));
  record.set(fields::requester_email(), Cell("someone@example.com"));
  if (!problem.empty()) record.set(field_id(Table::kInitiatives, "problem_statement"), Cell(problem));
  StoreChanges changes;
  changes.new_initiatives.push_back(std::move(record));
  store->begin_planning().commit(changes, roadmap::test::open_gate());
}

int ModelBench::model(const std::string& key, std::vector<std::pair<std::string, Cell>> cells) {
  cells.emplace_back("initiative_key", Cell(key));
  return add_row(models(), cells);
}

int ModelBench::param(const std::string& key, const std::string& name,
                      std::vector<std::pair<std::string, Cell>> cells) {
  cells.emplace_back("initiative_key", Cell(key));
  cells.emplace_back("param_name", Cell(name));
  return add_row(params(), cells);
}

RunResult ModelBench::run_on(const std::string& action, const std::string& tab,
                             const std::vector<std::string>& keys, ActionOptions options) {
  ActionRequest request;
  request.scope.type = ScopeType::kSelection;
  request.scope.initiative_keys = keys;
  request.sheet_context = SheetContext{"ops", tab};
  request.options = std::move(options);
  return run(action, std::move(request));
}

RunResult ModelBench::suggest(const std::vector<std::string>& keys, ActionOptions options) {
  return run_on("flow4.suggest_mathmodels", "MathModels", keys, std::move(options));
}

RunResult ModelBench::seed(const std::vector<std::string>& keys, ActionOptions options) {
  return run_on("flow4.seed_params", "MathModels", keys, std::move(options));
}

Cell ModelBench::model_cell(const std::string& key, const std::string& header) {
  const FakeTab& tab = models();
  const int column = tab.column_of("initiative_key");
  for (int row = 2; row <= tab.last_row(); ++row) {
    if (tab.get(row, column) == Cell(key)) return cell(tab, row, header);
  }
  throw std::out_of_range("no row of " + key);
}

int ModelBench::param_row(const std::string& key, const std::string& name) {
  const FakeTab& tab = params();
  for (int row = 2; row <= tab.last_row(); ++row) {
    if (cell(tab, row, "initiative_key") == Cell(key) && cell(tab, row, "param_name") == Cell(name))
      return row;
  }
  return 0;
}

Cell ModelBench::param_cell(const std::string& key, const std::string& name, const std::string& header) {
  const int row = param_row(key, name);
  if (row == 0) throw std::out_of_range("no parameter " + name + " of " + key);
  return cell(params(), row, header);
}

Cell ModelBench::stored_model(const std::string& key, const std::string& field_name) {
  for (const MathModelRecord& record : store->begin_planning().math_models({key})) {
    if (record.initiative_key == key) return record.values.value(field_id(Table::kMathModels, field_name));
  }
  return {};
}

}  // namespace roadmap::test
