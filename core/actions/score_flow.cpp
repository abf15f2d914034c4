#include "core/actions/score_flow.h"

#include <fmt/format.h>

#include <set>

#include "core/actions/book_write.h"
#include "core/actions/selection_result.h"
#include "core/fields/registry.h"
#include "core/sync/initiative_save_plan.h"
#include "core/sync/model_rows_plan.h"
#include "core/sync/model_save_plan.h"
#include "core/sync/param_save_plan.h"
#include "core/sync/row_provenance.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kScoreSelectedToken = "pm.score_selected";

// One planning: everything that is saved, computed and said.
struct Scoring {
  StoreChanges changes;
  TabReport scoring_inputs;
  TabReport math_models;
  TabReport params;
  std::map<std::string, std::string> model_problems;  // why a math model is not scored, by key
  ScorePlan scores;

  TabReport& report(Tab tab) {
    if (tab == Tab::kMathModels) return math_models;
    return tab == Tab::kParams ? params : scoring_inputs;
  }
};

// Appends what `more` changes.
void add_changes(StoreChanges& changes, StoreChanges more) {
  const auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(changes.changed_initiatives, more.changed_initiatives);
  append(changes.math_models, more.math_models);
  append(changes.params, more.params);
  append(changes.dropped_params, more.dropped_params);
  append(changes.scores, more.scores);
  append(changes.bases, more.bases);
}

class ScoreFlow {
 public:
  ScoreFlow(JobContext& job, Tab branch, ProductOpsTabs tabs, const Selection& selection)
      : job_(job),
        branch_(branch),
        tabs_(std::move(tabs)),
        spreadsheet_id_(tabs_.scoring_inputs->layout().spreadsheet_id),
        selection_(selection),
        elsewhere_(selection) {
    elsewhere_.rows.clear();  // the rows of the selection are those of the branch
  }

  RunResult run() {
    job_.step("compute", "Saving inputs and computing scores");
    BookJob book;
    book.spreadsheet_id = spreadsheet_id_;
    book.plan = [this] { return plan(); };
    book.read_again = [this] { read_again(); };
    book.step = "write_scores";
    book.label = "Writing scores";
    book.lost = fmt::format(
        "The scores are computed, but Google did not confirm the cells of tab '{}'. Run Score again.",
        tabs_.scoring_inputs->layout().tab);
    const BookWritten written = write_until_known(job_, book);
    return result(written);
  }

 private:
  void read_again() {
    tabs_ = read_product_ops(
        job_, product_ops_tabs(job_, spreadsheet_id_, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}),
        {Tab::kScoringInputs, branch_});
  }

  const Selection& selection_on(Tab tab) const { return tab == branch_ ? selection_ : elsewhere_; }

  std::vector<TabChange> plan() {
    Planning planning = job_.store.begin_planning();
    Scoring scoring;
    const InitiativeIndex stored(planning.initiatives());
    StoredScoring known(planning.math_models(selection_.keys), planning.params(selection_.keys),
                        planning.current_scores(selection_.keys));
    save_inputs(planning, stored, scoring);
    known.apply(scoring.changes);
    compute(stored, known, scoring);
    if (!job_.dry_run() && !scoring.changes.empty()) {
      job_.control.check();
      planning.commit(scoring.changes);
      job_.reporter.committed();
    }
    std::vector<TabChange> changes = cell_changes(scoring);
    if (!first_) {
      first_changes_ = changed_score_keys(changes);
      if (job_.dry_run()) list_planned_cells(changes, planned_);
      first_ = std::move(scoring);
    }
    return changes;
  }

  void save_inputs(Planning& planning, const InitiativeIndex& stored, Scoring& scoring) {
    const UtcTime now = job_.clock.now();
    const auto bases = planning.bases(address_of(tabs_.scoring_inputs->layout()));
    InitiativeSavePlan inputs =
        plan_initiative_save({*tabs_.scoring_inputs, stored, bases, selection_on(Tab::kScoringInputs),
                              SaveRule::kRowAsItStands, now});
    add_changes(scoring.changes, std::move(inputs.changes));
    scoring.scoring_inputs = std::move(inputs.report);
    if (tabs_.math_models) {
      ModelSavePlan models =
          plan_model_save({*tabs_.math_models, stored, planning.math_models(selection_.keys),
                           selection_on(Tab::kMathModels), now});
      add_changes(scoring.changes, std::move(models.changes));
      scoring.math_models = std::move(models.report);
      scoring.model_problems = std::move(models.score_problems);
    }
    if (tabs_.params) {
      ParamSavePlan params =
          plan_param_save({*tabs_.params, stored, planning.params(selection_.keys),
                           selection_on(Tab::kParams), ParamRows::kEveryRow, MissingParams::kDrop, now});
      add_changes(scoring.changes, std::move(params.changes));
      scoring.params = std::move(params.report);
      scoring.model_problems.merge(params.score_problems);
    }
  }

  void compute(const InitiativeIndex& stored, StoredScoring& known, Scoring& scoring) {
    carry_failures(scoring);
    std::vector<ScoringCase> cases;
    for (const std::string& key : selection_.keys) {
      const RowOutcome* outcome = scoring.report(branch_).outcome_of(key);
      if (outcome == nullptr || outcome->status != RowStatus::kOk) continue;
      const auto problem = scoring.model_problems.find(key);
      cases.push_back(known.scoring_case(
          *stored.find(key), problem == scoring.model_problems.end() ? std::string() : problem->second));
    }
    scoring.scores = plan_scores({cases, known, job_.settings.scoring, job_.clock.now()});
    TabReport& report = scoring.report(branch_);
    for (const ScoredInitiative& scored : scoring.scores.initiatives) {
      if (!scored.failure.empty()) {
        report.fail_initiative(scored.key, scored.failure);
      } else {
        report.add_detail_to(scored.key, scored.message);
      }
    }
    add_changes(scoring.changes, std::move(scoring.scores.changes));
  }

  // An initiative whose inputs could not be taken is failed on the PM's tab too: its scores go into that row.
  void carry_failures(Scoring& scoring) {
    if (branch_ == Tab::kScoringInputs) return;
    const std::string& tab = tabs_.scoring_inputs->layout().tab;
    for (const RowOutcome& outcome : scoring.scoring_inputs.outcomes()) {
      if (outcome.status == RowStatus::kOk) continue;
      scoring.report(branch_).fail_initiative(
          outcome.initiative_key, outcome.row == 0
                                      ? "not on " + tab
                                      : fmt::format("{} row {}: {}", tab, outcome.row, outcome.message));
    }
  }

  std::vector<TabChange> cell_changes(Scoring& scoring) {
    TabChange scores{&*tabs_.scoring_inputs, {}, std::nullopt};
    std::vector<const InitiativeRecord*> scored_initiatives;
    for (const ScoredInitiative& scored : scoring.scores.initiatives) {
      if (!scored.failure.empty()) continue;
      scored_initiatives.push_back(&scored.after);
      const RowOutcome* outcome = scoring.scoring_inputs.outcome_of(scored.key);
      const TableRow* row = row_at(*scores.table, outcome->row);
      const std::size_t before = scores.writes.size();
      write_scores(*scores.table, *row, scored.after, ScoreColumns::kFrameworks, scores.writes);
      const bool has_news = scores.writes.size() > before;
      note_time(scoring, scored, *row, has_news, scores);
    }
    std::vector<TabChange> changes;
    write_statuses(scoring, scores, changes);
    changes.push_back(std::move(scores));
    if (!tabs_.math_models) return changes;
    if (auto insert = plan_model_rows(*tabs_.math_models, scored_initiatives))
      add_insert(changes, std::move(*insert));
    return changes;
  }

  // Updated At of a row whose Status this job writes stands in its report; of others it is written here.
  void note_time(Scoring& scoring, const ScoredInitiative& scored, const TableRow& row, bool has_news,
                 TabChange& scores) const {
    if (branch_ == Tab::kScoringInputs) {
      if (scored.changed) scoring.scoring_inputs.mark_changed(scored.key, scored.after.updated_at);
    } else if (has_news) {
      write_provenance(*scores.table, row, {{}, kScoreSelectedToken, sheet_time(scored.after.updated_at)},
                       scores.writes);
    }
  }

  void write_statuses(Scoring& scoring, TabChange& scores, std::vector<TabChange>& changes) {
    if (branch_ == Tab::kScoringInputs) {
      write_reports(*scores.table, scoring.scoring_inputs.rows(), StatusPolicy::kEverySelectedRow,
                    kScoreSelectedToken, scores.writes);
      return;
    }
    TabChange statuses{&*tabs_.table(branch_), {}, std::nullopt};
    write_reports(*statuses.table, scoring.report(branch_).rows(), StatusPolicy::kEverySelectedRow,
                  kScoreSelectedToken, statuses.writes);
    changes.push_back(std::move(statuses));
  }

  void add_insert(std::vector<TabChange>& changes, RowsInsert insert) {
    const SheetTable* models = &*tabs_.math_models;
    for (TabChange& change : changes) {
      if (change.table != models) continue;
      change.insert = std::move(insert);
      return;
    }
    changes.push_back({models, {}, std::move(insert)});
  }

  std::set<std::string> changed_score_keys(const std::vector<TabChange>& changes) const {
    std::set<std::string> keys;
    for (const TabChange& change : changes) {
      if (change.table != &*tabs_.scoring_inputs) continue;
      for (const PlannedCell& write : change.writes) {
        if (field(write.id).table == Table::kInitiatives) keys.insert(write.key);
      }
    }
    return keys;
  }

  RunResult result(const BookWritten& written) {
    Scoring& scoring = *first_;
    TabReport report = std::move(scoring.report(branch_));
    for (const std::string& key : written.unwritten)
      report.fail_initiative(key, "Google refused the row, or it was not found again");
    for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}) {
      if (tab == branch_) continue;
      const auto& more = scoring.report(tab).warnings;
      report.warnings.insert(report.warnings.end(), more.begin(), more.end());
    }
    RunResult result = selection_result(selection_, std::move(report));
    std::int64_t computed = 0;
    for (const ScoredInitiative& scored : scoring.scores.initiatives)
      computed += scored.failure.empty() && scored.has_any_score() ? 1 : 0;
    std::int64_t cells_written = 0;
    for (const std::string& key : first_changes_)
      cells_written += written.unwritten.contains(key) ? 0 : 1;
    result.count("computed", computed);
    result.count("written", cells_written);
    if (written.rows_moved > 0) result.count("rows_moved", written.rows_moved);
    for (const auto& more : {scoring.scores.hints, tabs_.warnings, written.warnings})
      result.warnings.insert(result.warnings.end(), more.begin(), more.end());
    if (job_.dry_run()) {
      result.always_listed = kListPlan;
      result.plan = std::move(planned_.plan);
    }
    return result;
  }

  JobContext& job_;
  const Tab branch_;
  ProductOpsTabs tabs_;
  const std::string spreadsheet_id_;
  const Selection& selection_;
  Selection elsewhere_;
  std::optional<Scoring> first_;         // what the first plan did; later ones find it done
  std::set<std::string> first_changes_;  // keys with a changed score cell
  RunResult planned_;                    // a dry run's cells
};

}  // namespace

RunResult score_selected(JobContext& job, Tab branch, ProductOpsTabs tabs, const Selection& selection) {
  return ScoreFlow(job, branch, std::move(tabs), selection).run();
}

}  // namespace roadmap
