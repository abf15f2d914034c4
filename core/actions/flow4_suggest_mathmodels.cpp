#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/actions/assistant_session.h"
#include "core/actions/book_write.h"
#include "core/actions/handlers.h"
#include "core/actions/model_tabs.h"
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

class SuggestFlow {
 public:
  SuggestFlow(JobContext& job, const ModelTabs& tabs)
      : job_(job),
        tabs_(tabs),
        table_(read_math_models(job, tabs)),
        selection_(selected_models(job, table_)),
        session_(job) {}

  RunResult run() {
    plan();
    if (job_.dry_run()) return dry_result();
    if (ask_all(plan_.questions)) {
      job_.step("read_again", "Reading approvals again");
      table_ = read_math_models(job_, tabs_);
    }
    BookJob book;
    book.spreadsheet_id = tabs_.math_models.spreadsheet_id;
    book.plan = [this] { return plan_and_commit(); };
    book.read_again = [this] { table_ = read_math_models(job_, tabs_); };
    book.step = "write_suggestions";
    book.label = "Writing suggestions";
    book.lost = fmt::format("Google did not confirm what was written to tab '{}'. Run it again.",
                            tabs_.math_models.tab);
    return result(write_until_known(job_, book));
  }

 private:
  // Fills `asked_` for every question. True when any was really put to the assistant.
  bool ask_all(const std::vector<ModelQuestion>& questions) {
    const std::vector<ModelQuestion> wanted = within_limit(questions);
    if (session_.configured()) job_.expect_steps(static_cast<int>(wanted.size()) + kOtherSteps);
    int number = 0;
    for (const ModelQuestion& question : wanted) {
      if (session_.configured())
        job_.step("ask_assistant", fmt::format("Asking the assistant ({} of {})", ++number, wanted.size()));
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
    return plan_suggestions({table_, stored, selection_, job_.request.options.force,
                             status_policy(job_.request.scope), asked_, job_.clock.now()});
  }

  void plan() { plan_ = planned(InitiativeIndex(job_.store.begin_planning().initiatives())); }

  std::vector<TabChange> plan_and_commit() {
    Planning planning = job_.store.begin_planning();
    const InitiativeIndex stored(planning.initiatives());
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
    if (!plan_.changes.empty()) {
      job_.control.check();
      planning.commit(plan_.changes);
      job_.reporter.committed();
    }
    for (const MathModelChange& change : plan_.changes.math_models)
      stored_keys_.insert(change.initiative_key);
    return {{&table_, plan_.writes, std::nullopt}};
  }

  RunResult result(const BookWritten& written) {
    for (const std::string& key : written.unwritten)
      drop_suggestion(key);
    for (const auto* warnings : {&written.warnings, &session_.warnings()})
      plan_.report.warnings.insert(plan_.report.warnings.end(), warnings->begin(), warnings->end());
    RunResult result = counted_suggestions(selection_, std::move(plan_), session_.calls());
    if (written.rows_moved > 0) result.count("rows_moved", written.rows_moved);
    return result;
  }

  // A row whose suggestion does not stand in the sheet has none, whatever was planned.
  void drop_suggestion(const std::string& key) {
    const RowOutcome* outcome = plan_.report.outcome_of(key);
    if (outcome == nullptr) return;
    --(outcome->status == RowStatus::kOk ? plan_.suggested : plan_.invalid_formula);
    plan_.report.fail_initiative(key, "the suggestion could not be written to its row; run this again");
  }

  // What would be asked, and which cells the answers would go to.
  RunResult dry_result() {
    const std::size_t most = static_cast<std::size_t>(job_.request.options.max_llm_calls);
    std::vector<std::string> would_ask;
    for (const ModelQuestion& question : within_limit(plan_.questions)) {
      if (!session_.configured() || would_ask.size() >= most) {
        const bool off = !session_.configured();
        asked_[question.key] = {std::nullopt, off ? RowStatus::kFailed : RowStatus::kSkipped,
                                off ? kNotConfigured : fmt::format("at most {} questions a run", most)};
      } else {
        asked_[question.key] = {std::nullopt, RowStatus::kOk, kWouldAsk};
        would_ask.push_back(question.key);
      }
    }
    plan();
    plan_.suggested = static_cast<std::int64_t>(would_ask.size());
    std::vector<PlannedCell> cells = planned_cells(would_ask);
    RunResult result = this->result({});
    result.plan = std::move(cells);
    result.always_listed |= kListPlan;
    return result;
  }

  std::vector<PlannedCell> planned_cells(const std::vector<std::string>& would_ask) const {
    const auto open = [&](const std::string& key) {  // what its Status will say depends on the answer
      return std::find(would_ask.begin(), would_ask.end(), key) != would_ask.end();
    };
    const int column = table_.columns().column_of(fields::suggested_formula()).value();
    std::vector<PlannedWrite> writes;
    for (const RowOutcome& row : plan_.report.outcomes()) {
      if (open(row.initiative_key))
        writes.push_back({row.initiative_key, row.row, column, fields::suggested_formula(),
                          table_.raw(row.row, column), Cell(kSuggestionCell)});
    }
    for (const PlannedWrite& write : plan_.writes) {
      if (!open(write.key) || write.id != fields::run_status()) writes.push_back(write);
    }
    RunResult listed;
    list_planned_cells({{&table_, std::move(writes), std::nullopt}}, listed);
    return std::move(listed.plan);
  }

  static constexpr int kOtherSteps = 3;  // reading, reading again, writing

  JobContext& job_;
  const ModelTabs tabs_;
  SheetTable table_;
  const Selection selection_;
  AssistantSession session_;
  std::map<std::string, AskedModel> asked_;
  std::set<std::string> stored_keys_;  // whose suggestion this run has committed
  SuggestionPlan plan_;
};

}  // namespace

RunResult run_flow4_suggest_mathmodels(JobContext& job) {
  job.expect_steps(2);
  const Selection selection = select_keys(job.request.scope);
  if (job.request.scope.type != ScopeType::kAll && selection.keys.empty())
    return counted_suggestions(selection, {}, 0);
  job.step("read_math_models", "Reading math models");
  return SuggestFlow(job, find_model_tabs(job)).run();
}

}  // namespace roadmap
