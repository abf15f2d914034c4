#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/actions/assistant_session.h"
#include "core/actions/checked_write.h"
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

RunResult counted(SuggestionPlan plan, std::int64_t calls) {
  RunResult result = std::move(plan.result);
  result.count("suggested", plan.suggested);
  result.count("invalid_formula", plan.invalid_formula);
  result.count("skipped_approved", plan.skipped_approved);
  result.count("skipped_no_context", plan.skipped_no_context);
  result.count("skipped_has_suggestion", plan.skipped_has_suggestion);
  result.count("skipped_has_formula", plan.skipped_has_formula);
  result.count("llm_calls", calls);
  return result;
}

RunResult nothing_selected(const Selection& selection) {
  SuggestionPlan plan;
  plan.result.summary.skipped = plan.result.summary.total = selection.skipped_no_key;
  return counted(std::move(plan), 0);
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
    for (int attempt = 0;; ++attempt) {
      plan_and_commit();
      const auto lost = write();
      if (!lost) break;
      if (attempt >= job_.settings.max_write_retries) throw_lost();
      job_.sheets.back_off(attempt, *lost, job_.control);
      table_ = read_math_models(job_, tabs_);
    }
    return result();
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

  void plan_and_commit() {
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
    if (plan_.changes.empty()) return;
    job_.control.check();
    planning.commit(plan_.changes);
    job_.reporter.committed();
    for (const MathModelChange& change : plan_.changes.math_models)
      stored_keys_.insert(change.initiative_key);
  }

  std::optional<std::chrono::milliseconds> write() {
    if (plan_.writes.empty()) return std::nullopt;
    job_.step("write_suggestions", "Writing suggestions");
    TabPlan tab;
    tab.table = &table_;
    tab.identifying = fields::key();
    tab.write.tab = table_.layout().tab;
    tab.write.rows = group_by_row(plan_.writes);
    for (const PlannedWrite& write : plan_.writes)
      tab.checked.push_back({write.key, write.row, write.column, write.id, write.after});
    const CheckedWriteResult written =
        write_and_check(job_, table_.layout().spreadsheet_id, {std::move(tab)});
    if (written.state == WriteState::kUnknown) return written.retry_after;
    refused_ = written.refused;
    rows_moved_ += static_cast<std::int64_t>(written.moved.size());
    for (const std::string& key : written.misplaced)
      refused_.push_back({table_.layout().tab, key, "the row is not there any more"});
    return std::nullopt;
  }

  [[noreturn]] void throw_lost() const {
    throw SheetsError(SheetsFailure::kUnavailable, table_.layout().spreadsheet_id,
                      fmt::format("Google did not confirm what was written to tab '{}'. Run it again.",
                                  table_.layout().tab),
                      "every attempt's answer was lost");
  }

  RunResult result() {
    for (const RefusedRow& row : refused_)
      note_refusal(row);
    for (const std::string& warning : session_.warnings())
      plan_.result.warnings.push_back(warning);
    RunResult result = counted(std::move(plan_), session_.calls());
    if (rows_moved_ > 0) result.count("rows_moved", rows_moved_);
    return result;
  }

  // A row whose suggestion Google did not take has none, whatever was planned.
  void note_refusal(const RefusedRow& refused) {
    plan_.result.warnings.push_back(
        fmt::format("{}: {} was not written: {}", refused.tab, refused.label, refused.reason));
    const auto asked = asked_.find(refused.label);
    if (asked == asked_.end() || !asked->second.suggestion) return;
    for (RowOutcome& row : plan_.result.rows) {
      if (row.initiative_key != refused.label || row.status == RowStatus::kFailed) continue;
      const bool valid = row.status == RowStatus::kOk;
      --(valid ? plan_.suggested : plan_.invalid_formula);
      --(valid ? plan_.result.summary.success : plan_.result.summary.skipped);
      ++plan_.result.summary.failed;
      row.status = RowStatus::kFailed;
      row.message = "the suggestion was not written: " + refused.reason;
    }
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
    list_planned_cells(would_ask);
    plan_.result.always_listed |= kListPlan;
    return result();
  }

  void list_planned_cells(const std::vector<std::string>& would_ask) {
    const auto list = [&](int row, const std::string& key, FieldId id, const Cell& before,
                          const Cell& after) {
      plan_.result.plan.push_back({table_.layout().spreadsheet_id, table_.layout().tab, row, key,
                                   table_.header_of(id), before, after});
    };
    const FieldId suggestion = field_id(Table::kMathModels, "llm_suggested_formula_text");
    for (const RowOutcome& row : plan_.result.rows) {
      const bool asked = std::find(would_ask.begin(), would_ask.end(), row.initiative_key) != would_ask.end();
      const auto column = table_.columns().column_of(suggestion);
      if (asked && column)
        list(row.row, row.initiative_key, suggestion, table_.raw(row.row, *column), Cell(kSuggestionCell));
    }
    for (const PlannedWrite& write : plan_.writes) {
      // What Status will say depends on the answer.
      const bool open = std::find(would_ask.begin(), would_ask.end(), write.key) != would_ask.end();
      if (!open || write.id != fields::run_status())
        list(write.row, write.key, write.id, write.before, write.after);
    }
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
  std::vector<RefusedRow> refused_;
  std::int64_t rows_moved_ = 0;
};

}  // namespace

RunResult run_flow4_suggest_mathmodels(JobContext& job) {
  job.expect_steps(2);
  const Selection selection = select_keys(job.request.scope);
  if (job.request.scope.type != ScopeType::kAll && selection.keys.empty()) return nothing_selected(selection);
  job.step("read_math_models", "Reading math models");
  return SuggestFlow(job, find_model_tabs(job)).run();
}

}  // namespace roadmap
