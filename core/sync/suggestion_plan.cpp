#include "core/sync/suggestion_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/model_row.h"
#include "core/sync/row_provenance.h"
#include "core/sync/selected_copies.h"

namespace roadmap {
namespace {

constexpr const char* kToken = "flow4.suggest_mathmodels";

// A title alone would make the assistant guess.
bool says_enough(const FormulaQuestion& question) {
  constexpr std::array<std::string_view, 5> kContext = {"problem_statement", "expected_impact_description",
                                                        "impact_metric", "model_description_free_text",
                                                        "model_prompt_to_llm"};
  const auto counts = [&](const NamedText& text) {
    return std::find(kContext.begin(), kContext.end(), text.name) != kContext.end();
  };
  return std::any_of(question.initiative.begin(), question.initiative.end(), counts) ||
         std::any_of(question.model.begin(), question.model.end(), counts);
}

class SuggestionPlanner {
 public:
  explicit SuggestionPlanner(const SuggestionInput& input)
      : input_(input),
        table_(input.table),
        keyed_(table_, {}),
        copies_(table_, keyed_, input.selection.rows) {}

  SuggestionPlan run() {
    for (const std::string& warning : table_.columns().warnings)
      plan_.result.warnings.push_back(table_.layout().tab + ": " + warning);
    for (const std::string& key : input_.selection.keys)
      plan_key(key);
    RunSummary& summary = plan_.result.summary;
    summary.skipped += input_.selection.skipped_no_key;
    summary.total = summary.success + summary.skipped + summary.failed;
    return std::move(plan_);
  }

 private:
  void plan_key(const std::string& key) {
    const TableRow* row = keyed_.find(key);
    if (row == nullptr) return note(key, 0, RowStatus::kFailed, "not on this tab");
    const std::string duplicate = fmt::format("duplicate key, see row {}", row->row);
    for (const TableRow* copy : copies_.of(key))
      write_outcome(*copy, RowStatus::kFailed, duplicate);
    if (copies_.are_all(key)) return note(key, copies_.of(key).front()->row, RowStatus::kFailed, duplicate);
    const InitiativeRecord* record = input_.stored.find(key);
    if (record == nullptr) return settle(*row, RowStatus::kFailed, "unknown key");
    plan_row(ModelRow(table_, *row), *record);
  }

  void plan_row(const ModelRow& model, const InitiativeRecord& record) {
    const TableRow& row = model.row();
    const std::string problems =
        model.problems({"approved_by_user", "formula_text", "model_name", "model_description_free_text",
                        "model_prompt_to_llm", "assumptions_text"});
    if (!problems.empty()) return settle(row, RowStatus::kFailed, problems);
    if (model.approved())
      return skip(row, plan_.skipped_approved, "approved already; a suggestion would change nothing");
    if (!model.text("formula_text").empty())
      return skip(row, plan_.skipped_has_formula, "formula_text is filled in; clear it to get a suggestion");
    const auto asked = input_.asked.find(row.key);
    const bool is_asked = asked != input_.asked.end();
    const std::string there = model.text("llm_suggested_formula_text");
    const bool ours = is_asked && asked->second.suggestion && asked->second.suggestion->formula == there;
    if (!there.empty() && !input_.force && !ours)
      return skip(row, plan_.skipped_has_suggestion,
                  "there is a suggestion already; clear it to get another");
    if (is_asked) return take(row, asked->second);
    ask(model, record);
  }

  void ask(const ModelRow& model, const InitiativeRecord& record) {
    FormulaQuestion question;
    question.initiative = initiative_context(record);
    for (const char* name :
         {"model_name", "model_description_free_text", "model_prompt_to_llm", "assumptions_text"}) {
      std::string text = model.text(name);
      if (!text.empty()) question.model.push_back({name, std::move(text)});
    }
    if (says_enough(question)) {
      plan_.questions.push_back({record.key, std::move(question)});
    } else {
      skip(model.row(), plan_.skipped_no_context,
           "nothing to go on; fill in model_description_free_text or model_prompt_to_llm");
    }
  }

  void take(const TableRow& row, const AskedModel& asked) {
    if (asked.suggestion) {
      write_suggestion(row, *asked.suggestion);
      ++(asked.status == RowStatus::kOk ? plan_.suggested : plan_.invalid_formula);
    }
    settle(row, asked.status, asked.message, asked.suggestion.has_value());
  }

  void write_suggestion(const TableRow& row, const FormulaSuggestion& suggestion) {
    MathModelChange change{row.key, {}, input_.now, kToken};
    put(row, "llm_suggested_formula_text", Cell(suggestion.formula), change);
    put(row, "llm_notes", suggestion.notes.empty() ? Cell{} : Cell(suggestion.notes), change);
    put(row, "suggested_by_llm", Cell(true), change);
    plan_.changes.math_models.push_back(std::move(change));
  }

  void put(const TableRow& row, std::string_view name, const Cell& value, MathModelChange& change) {
    const FieldId id = field_id(Table::kMathModels, name);
    change.values.emplace_back(id, value);
    const auto column = table_.columns().column_of(id);
    if (!column || same_value(field(id).type, table_.shown(row, id), value)) return;
    plan_.writes.push_back({row.key, row.row, *column, id, table_.raw(row, id), value});
  }

  void skip(const TableRow& row, std::int64_t& counter, const std::string& why) {
    ++counter;
    settle(row, RowStatus::kSkipped, why);
  }

  void settle(const TableRow& row, RowStatus status, const std::string& message, bool changed = false) {
    note(row.key, row.row, status, message);
    const bool is_news = changed || status == RowStatus::kFailed;
    if (is_news || input_.status == StatusPolicy::kEverySelectedRow) write_outcome(row, status, message);
  }

  void note(const std::string& key, int row, RowStatus status, const std::string& message) {
    plan_.result.rows.push_back({key, row, status, message});
    RunSummary& summary = plan_.result.summary;
    if (status == RowStatus::kOk) ++summary.success;
    if (status == RowStatus::kSkipped) ++summary.skipped;
    if (status == RowStatus::kFailed) ++summary.failed;
  }

  void write_outcome(const TableRow& row, RowStatus status, const std::string& message) {
    write_provenance(table_, row, {status_text(status, message), kToken, {}}, plan_.writes);
  }

  const SuggestionInput& input_;
  const SheetTable& table_;
  const KeyedRows keyed_;
  const SelectedCopies copies_;
  SuggestionPlan plan_;
};

}  // namespace

SuggestionPlan plan_suggestions(const SuggestionInput& input) { return SuggestionPlanner(input).run(); }

}  // namespace roadmap
