#include "core/sync/suggestion_plan.h"

#include <algorithm>
#include <array>

#include "core/fields/registry.h"
#include "core/sync/found_in.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/model_rows_plan.h"

namespace roadmap {
namespace {

constexpr const char* kSuggestToken = "flow4.suggest_mathmodels";

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
  explicit SuggestionPlanner(const SuggestionInput& input) : input_(input), table_(input.table) {
    plan_.tab.table = &table_;
  }

  SuggestionPlan run() {
    plan_.report.warnings = table_.warnings();
    report_selection(table_, KeyedRows(table_, {}), input_.stored, input_.selection, plan_.report,
                     [&](const TableRow& row, const InitiativeRecord& record) {
                       plan_row(ModelRow(table_, row), record);
                     });
    write_reports(plan_.report, input_.status, kSuggestToken, plan_.tab);
    sort_cells(plan_.tab);
    return std::move(plan_);
  }

 private:
  void plan_row(const ModelRow& model, const InitiativeRecord& record) {
    const TableRow& row = model.row();
    const std::string problems =
        model.problems({"approved_by_user", "formula_text", "model_name", "model_description_free_text",
                        "model_prompt_to_llm", "assumptions_text"});
    if (!problems.empty()) return plan_.report.fail(row, problems);
    if (model.approved())
      return skip(row, plan_.skipped_approved, "approved already; a suggestion would change nothing");
    if (!model.text("formula_text").empty())
      return skip(row, plan_.skipped_has_formula, "formula_text is filled in; clear it to get a suggestion");
    const AskedModel* asked = found_in(input_.asked, row.key);
    const std::string there = model.text("llm_suggested_formula_text");
    const bool ours = asked != nullptr && asked->suggestion && asked->suggestion->formula == there;
    if (!there.empty() && !input_.force && !ours)
      return skip(row, plan_.skipped_has_suggestion,
                  "there is a suggestion already; clear it to get another");
    if (asked != nullptr) return take(row, *asked);
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
    if (asked.status == RowStatus::kSkipped && !asked.suggestion)
      return plan_.report.pass_over(row, asked.message, input_.status);
    plan_.report.add(
        {row.row, row.key, asked.status, asked.message, asked.suggestion.has_value(), std::nullopt});
  }

  void write_suggestion(const TableRow& row, const FormulaSuggestion& suggestion) {
    MathModelChange change{row.key, {}, input_.now, kSuggestToken};
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
    plan_.tab.cells.push_back({row.key, row.row, *column, id, table_.raw(row, id), value});
  }

  void skip(const TableRow& row, std::int64_t& counter, const std::string& why) {
    ++counter;
    plan_.report.pass_over(row, why, input_.status);
  }

  const SuggestionInput& input_;
  const SheetTable& table_;
  SuggestionPlan plan_;
};

}  // namespace

SuggestionPlan plan_suggestions(const SuggestionInput& input) { return SuggestionPlanner(input).run(); }

}  // namespace roadmap
