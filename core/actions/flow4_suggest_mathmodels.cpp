#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/actions/handlers.h"
#include "core/actions/model_job.h"
#include "core/fields/registry.h"
#include "core/formula/formula.h"
#include "core/sync/suggestion_plan.h"

namespace roadmap {
namespace {

constexpr const char* kReviewIt = "review the suggestion and copy it to formula_text";
constexpr const char* kWouldAsk = "the assistant would be asked";
constexpr const char* kSuggestionCell = "(the suggestion)";  // of a dry run, which asks nothing

// "line 2, column 7: …" for the assistant, "line 2: …" for people; nullopt for a valid formula.
std::optional<FormulaError> trouble_of(const FormulaSuggestion& suggestion) {
  const ParsedFormula parsed = parse_formula(suggestion.formula);
  if (const auto* error = std::get_if<FormulaError>(&parsed)) return *error;
  return std::nullopt;
}

AskedModel judged(FormulaSuggestion suggestion) {
  const std::optional<FormulaError> trouble = trouble_of(suggestion);
  if (!trouble) return {std::move(suggestion), RowStatus::kOk, kReviewIt};
  return {std::move(suggestion), RowStatus::kSkipped,
          fmt::format("suggestion invalid: {}", trouble->line_text())};
}

RunResult counted_suggestions(const Selection& selection, SuggestionPlan plan, std::int64_t calls) {
  RunResult result = result_on_models(selection, std::move(plan.report));
  result.count("suggested", plan.suggested);
  result.count("invalid_formula", plan.invalid_formula);
  result.count("skipped_approved", plan.skipped_approved);
  result.count("skipped_no_context", plan.skipped_no_context);
  result.count("skipped_has_suggestion", plan.skipped_has_suggestion);
  result.count("skipped_has_formula", plan.skipped_has_formula);
  result.count("llm_calls", calls);
  return result;
}

AskedModel unanswered(const NoAnswer& answer) { return {std::nullopt, answer.status, answer.why}; }

class SuggestJob : public ModelJob {
 public:
  using ModelJob::ModelJob;

 private:
  JobPlan plan(const InitiativeIndex& stored) override {
    plan_ = planned(stored);
    if (!plan_.questions.empty()) {
      for (const ModelQuestion& question : plan_.questions)
        asked_[question.key] = {std::nullopt, RowStatus::kSkipped,
                                "the row has just changed; run this again"};
      plan_ = planned(stored);
    }
    std::erase_if(plan_.changes.math_models, [&](const MathModelChange& change) {
      return stored_keys_.contains(change.initiative_key);
    });
    for (const MathModelChange& change : plan_.changes.math_models)
      stored_keys_.insert(change.initiative_key);
    JobPlan plan{plan_.changes, {}};
    plan.tabs.push_back(plan_.tab);
    return plan;
  }

  JobWords words() const override {
    return {{"read_again", "Reading math models"},
            {},
            {"write_suggestions", "Writing suggestions"},
            fmt::format("what was written to tab '{}'", tabs_.wanted.front().layout.tab)};
  }

  bool ask_all() override {
    const std::vector<ModelQuestion> wanted = within_limit(planned(*job_.stored()).questions);
    if (job_.dry_run()) {
      pretend_to_ask(wanted);
      return false;
    }
    if (session_.configured()) job_.expect_steps(static_cast<int>(wanted.size()) + kOtherSteps);
    int number = 0;
    for (const ModelQuestion& question : wanted) {
      if (session_.configured()) step_to_question(++number, wanted.size());
      asked_[question.key] = ask(question.question);
    }
    return session_.calls() > 0;
  }

  std::vector<ModelQuestion> within_limit(const std::vector<ModelQuestion>& questions) {
    const auto all = questions.size();
    const auto most = job_.request.options.limit
                          ? std::min(all, static_cast<std::size_t>(*job_.request.options.limit))
                          : all;
    const auto end = questions.begin() + static_cast<std::ptrdiff_t>(most);
    for (auto left_out = end; left_out != questions.end(); ++left_out) {
      asked_[left_out->key] = {std::nullopt, RowStatus::kSkipped,
                               fmt::format("left out: at most {} initiatives", most)};
    }
    return {questions.begin(), end};
  }

  // One question, and a second one where the first answer is of no use.
  AskedModel ask(FormulaQuestion question) {
    auto first = session_.suggest_formula(question);
    if (const auto* none = std::get_if<NoAnswer>(&first)) {
      if (!none->worth_repeating) return unanswered(*none);
      question.refused = RefusedAnswer{"", none->why};
      auto second = session_.suggest_formula(question);
      if (auto* suggestion = std::get_if<FormulaSuggestion>(&second)) return judged(std::move(*suggestion));
      return unanswered(*none);
    }
    FormulaSuggestion& suggestion = std::get<FormulaSuggestion>(first);
    if (const auto trouble = trouble_of(suggestion)) {
      question.refused = RefusedAnswer{suggestion.formula, trouble->text()};
      auto second = session_.suggest_formula(question);
      if (auto* repaired = std::get_if<FormulaSuggestion>(&second)) suggestion = std::move(*repaired);
    }
    return judged(std::move(suggestion));
  }

  SuggestionPlan planned(const InitiativeIndex& stored) const {
    return plan_suggestions({math_models(), stored, selection_, job_.request.options.force, status_policy(),
                             asked_, job_.clock.now()});
  }

  RunResult result(Carried carried) override {
    if (job_.dry_run()) {
      plan_.suggested = static_cast<std::int64_t>(would_ask_.size());
      show_open_answers(carried.planned);
    }
    for (const std::string& key : carried.unwritten)
      drop_suggestion(key);
    add_warnings_of_session(plan_.report);
    return with_outcome(job_, std::move(carried),
                        counted_suggestions(selection_, std::move(plan_), session_.calls()));
  }

  // A row whose suggestion does not stand in the sheet has none, whatever was planned.
  void drop_suggestion(const std::string& key) {
    const RowOutcome* outcome = plan_.report.outcome_of(key);
    if (outcome == nullptr) return;
    --(outcome->status == RowStatus::kOk ? plan_.suggested : plan_.invalid_formula);
    plan_.report.fail_initiative(key, "the suggestion could not be written to its row; run this again");
  }

  // A dry run asks nothing.
  void pretend_to_ask(const std::vector<ModelQuestion>& questions) {
    const std::size_t most = static_cast<std::size_t>(job_.request.options.max_llm_calls);
    for (const ModelQuestion& question : questions) {
      if (!session_.configured() || would_ask_.size() >= most) {
        const bool off = !session_.configured();
        asked_[question.key] = {std::nullopt, off ? RowStatus::kFailed : RowStatus::kSkipped,
                                off ? kNotConfigured : fmt::format("at most {} questions a run", most)};
      } else {
        asked_[question.key] = {std::nullopt, RowStatus::kOk, kWouldAsk};
        would_ask_.insert(question.key);
      }
    }
  }

  // The cell that an answer would go to; what Status will say depends on the answer.
  void show_open_answers(std::vector<PlannedChange>& cells) const {
    const SheetTable& table = math_models();
    const std::string status = table.header_of(fields::run_status());
    std::erase_if(cells, [&](const PlannedChange& cell) {
      return would_ask_.contains(cell.initiative_key) && cell.column == status;
    });
    std::vector<PlannedChange> answers;
    for (const RowOutcome& row : plan_.report.outcomes()) {
      if (!would_ask_.contains(row.initiative_key)) continue;
      const int column = table.columns().column_of(fields::suggested_formula()).value();
      answers.push_back({table.layout().spreadsheet_id, table.layout().tab, row.row, row.initiative_key,
                         table.header_of(fields::suggested_formula()), table.raw(row.row, column),
                         Cell(kSuggestionCell)});
    }
    cells.insert(cells.begin(), answers.begin(), answers.end());
  }

  std::map<std::string, AskedModel> asked_;
  std::set<std::string> would_ask_;    // in a dry run
  std::set<std::string> stored_keys_;  // whose suggestion this run has committed
  SuggestionPlan plan_;
};

}  // namespace

RunResult run_flow4_suggest_mathmodels(JobContext& job) {
  job.expect_steps(2);
  if (selects_nothing(job)) return counted_suggestions(select_keys(job.request.scope), {}, 0);
  return SuggestJob(job, {{product_ops_tab(job, find_model_spreadsheet(job), Tab::kMathModels,
                                           {fields::suggested_formula()})}})
      .run();
}

}  // namespace roadmap
