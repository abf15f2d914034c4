#include "core/actions/score_flow.h"

#include <fmt/format.h>

#include <set>

#include "core/actions/selection_result.h"
#include "core/actions/sheet_job.h"
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
  TabPlan inputs;                                     // stale cells of Scoring_Inputs, refreshed
  std::map<std::string, std::string> choices;         // what is said of a framework that is not active, by key
  std::map<std::string, std::string> model_problems;  // why a math model is not scored, by key
  ScorePlan scores;

  TabReport& report(Tab tab) {
    if (tab == Tab::kMathModels) return math_models;
    return tab == Tab::kParams ? params : scoring_inputs;
  }
};

class ScoreJob : public SheetJob {
 public:
  ScoreJob(JobContext& job, Tab branch, ProductOpsTables tables, const Selection& selection)
      : job_(job),
        branch_(branch),
        tables_(std::move(tables)),
        spreadsheet_id_(tables_.scoring_inputs->layout().spreadsheet_id),
        selection_(selection),
        elsewhere_(selection) {
    elsewhere_.rows.clear();  // the rows of the selection are those of the branch
  }

  RunResult run() {
    Carried carried = carry_out(job_, *this);
    Scoring& scoring = *first_;
    TabReport report = std::move(scoring.report(branch_));
    for (const std::string& key : carried.unwritten)
      report.fail_initiative(key, "Google refused the row, or it was not found again");
    for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}) {
      if (tab == branch_) continue;
      const auto& more = scoring.report(tab).warnings;
      report.warnings.insert(report.warnings.end(), more.begin(), more.end());
    }
    RunResult result = selection_result(selection_, std::move(report));
    count(scoring, carried, result);
    result.hints = std::move(scoring.scores.hints);
    result.warnings.insert(result.warnings.end(), tables_.warnings.begin(), tables_.warnings.end());
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  JobPlan plan(const Planning& planning) override {
    Scoring scoring;
    const InitiativeIndex stored(planning.initiatives());
    StoredScoring known(planning.math_models(selection_.keys), planning.params(selection_.keys),
                        planning.current_scores(selection_.keys));
    save_inputs(planning, stored, scoring);
    known.apply(scoring.changes);
    compute(stored, known, scoring);
    drop_failed(scoring);
    JobPlan plan{std::move(scoring.changes), cell_changes(scoring)};
    const bool complete = std::all_of(plan.tabs.begin(), plan.tabs.end(),
                                      [](const TabPlan& tab) { return tab.wants_formulas.empty(); });
    if (complete && !first_) {
      changed_ = changed_score_keys(plan.tabs);
      first_ = std::move(scoring);
    }
    return plan;
  }

  std::vector<SheetTable*> tables() override {
    std::vector<SheetTable*> tables;
    for (auto* table : {&tables_.scoring_inputs, &tables_.math_models, &tables_.params}) {
      if (*table) tables.push_back(&**table);
    }
    return tables;
  }

  void read_again() override {
    tables_ = read_product_ops(
        job_, product_ops_layouts(job_, spreadsheet_id_, {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}),
        {Tab::kScoringInputs, branch_});
  }

  JobWords words() const override {
    return {"compute", "Saving inputs and computing scores", "write_scores", "Writing scores",
            fmt::format(
                "The scores are computed, but Google did not confirm the cells of tab '{}'. Run Score again.",
                tables_.scoring_inputs->layout().tab)};
  }

 private:
  const Selection& selection_on(Tab tab) const { return tab == branch_ ? selection_ : elsewhere_; }

  void save_inputs(const Planning& planning, const InitiativeIndex& stored, Scoring& scoring) {
    const UtcTime now = job_.clock.now();
    const auto bases = planning.bases(address_of(tables_.scoring_inputs->layout()));
    InitiativeSavePlan inputs = plan_initiative_save(
        {*tables_.scoring_inputs, stored, bases, selection_on(Tab::kScoringInputs), now});
    scoring.changes.add(std::move(inputs.changes));
    scoring.scoring_inputs = std::move(inputs.report);
    scoring.inputs = std::move(inputs.tab);
    for (auto& [key, unit] : inputs.units)
      scoring.choices.emplace(key, std::move(unit.note));
    if (tables_.math_models) {
      ModelSavePlan models =
          plan_model_save({*tables_.math_models, stored, planning.math_models(selection_.keys),
                           selection_on(Tab::kMathModels), now});
      scoring.changes.add(std::move(models.changes));
      scoring.math_models = std::move(models.report);
      scoring.model_problems = std::move(models.score_problems);
    }
    if (tables_.params) {
      ParamSavePlan params =
          plan_param_save({*tables_.params, stored, planning.params(selection_.keys),
                           selection_on(Tab::kParams), ParamRows::kEveryRow, MissingParams::kDrop, now});
      scoring.changes.add(std::move(params.changes));
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
    const std::vector<CalibrationRow> rows = rows_of_tab(stored, cases);
    scoring.scores =
        plan_scores({cases, known, job_.settings.scoring, rows, scoring.choices, job_.clock.now()});
    TabReport& report = scoring.report(branch_);
    for (const ScoredInitiative& scored : scoring.scores.initiatives) {
      if (!scored.failure.empty()) {
        report.fail_initiative(scored.key, scored.failure);
      } else {
        report.add_detail_to(scored.key, scored.message);
      }
    }
    scoring.changes.add(std::move(scoring.scores.changes));
  }

  // What hints are judged by: every row of the tab, the selected ones as they are saved now.
  std::vector<CalibrationRow> rows_of_tab(const InitiativeIndex& stored,
                                          const std::vector<ScoringCase>& cases) const {
    std::map<std::string, const InitiativeRecord*> saved;
    for (const ScoringCase& scoring_case : cases)
      saved.emplace(scoring_case.initiative->key, scoring_case.initiative);
    std::set<std::string> seen;
    std::vector<CalibrationRow> rows;
    for (const TableRow& row : tables_.scoring_inputs->rows()) {
      if (row.key.empty() || !seen.insert(row.key).second) continue;
      const auto here = saved.find(row.key);
      const InitiativeRecord* record = here != saved.end() ? here->second : stored.find(row.key);
      if (record != nullptr) rows.push_back(calibration_row(*record));
    }
    return rows;
  }

  // An initiative whose inputs could not be taken is failed on the PM's tab too: its scores go into that row.
  void carry_failures(Scoring& scoring) {
    if (branch_ == Tab::kScoringInputs) return;
    const std::string& tab = tables_.scoring_inputs->layout().tab;
    for (const RowOutcome& outcome : scoring.scoring_inputs.outcomes()) {
      if (outcome.status == RowStatus::kOk) continue;
      scoring.report(branch_).fail_initiative(
          outcome.initiative_key, outcome.row == 0
                                      ? "not on " + tab
                                      : fmt::format("{} row {}: {}", tab, outcome.row, outcome.message));
    }
  }

  // A row that failed has stored nothing, on no tab, and nothing of it is refreshed.
  void drop_failed(Scoring& scoring) const {
    std::set<std::string> failed;
    for (const RowOutcome& outcome : scoring.report(branch_).outcomes()) {
      if (outcome.status == RowStatus::kFailed) failed.insert(outcome.initiative_key);
    }
    scoring.changes.drop(failed);
    std::erase_if(scoring.inputs.cells, [&](const PlannedCell& cell) { return failed.contains(cell.key); });
  }

  std::vector<TabPlan> cell_changes(Scoring& scoring) {
    TabPlan scores = std::move(scoring.inputs);
    scores.table = &*tables_.scoring_inputs;
    std::vector<const InitiativeRecord*> scored_initiatives;
    for (const ScoredInitiative& scored : scoring.scores.initiatives) {
      if (!scored.failure.empty()) continue;
      scored_initiatives.push_back(&scored.after);
      const RowOutcome* outcome = scoring.scoring_inputs.outcome_of(scored.key);
      const TableRow* row = row_at(*scores.table, outcome->row);
      const std::size_t before = scores.cells.size();
      write_scores(*row, scored.after, ScoreColumns::kFrameworks, scores);
      const bool has_news = scores.cells.size() > before;
      note_time(scoring, scored, *row, has_news, scores);
    }
    std::vector<TabPlan> tabs;
    write_statuses(scoring, scores, tabs);
    tabs.push_back(std::move(scores));
    if (!tables_.math_models) return tabs;
    if (auto insert = plan_model_rows(*tables_.math_models, scored_initiatives))
      add_insert(tabs, std::move(*insert));
    return tabs;
  }

  // Updated At of a row whose Status this job writes stands in its report; of others it is written here.
  void note_time(Scoring& scoring, const ScoredInitiative& scored, const TableRow& row, bool has_news,
                 TabPlan& scores) const {
    if (branch_ == Tab::kScoringInputs) {
      if (scored.changed) scoring.scoring_inputs.mark_changed(scored.key, scored.after.updated_at);
    } else if (has_news) {
      write_provenance(row, {{}, kScoreSelectedToken, sheet_time(scored.after.updated_at)}, scores);
    }
  }

  void write_statuses(Scoring& scoring, TabPlan& scores, std::vector<TabPlan>& tabs) {
    if (branch_ == Tab::kScoringInputs) {
      write_reports(scoring.scoring_inputs.rows(), StatusPolicy::kEverySelectedRow, kScoreSelectedToken, scores);
      return;
    }
    TabPlan statuses;
    statuses.table = &*tables_.table(branch_);
    write_reports(scoring.report(branch_).rows(), StatusPolicy::kEverySelectedRow, kScoreSelectedToken,
                  statuses);
    tabs.push_back(std::move(statuses));
  }

  void add_insert(std::vector<TabPlan>& tabs, RowsInsert insert) {
    const SheetTable* models = &*tables_.math_models;
    for (TabPlan& tab : tabs) {
      if (tab.table != models) continue;
      tab.insert = std::move(insert);
      return;
    }
    tabs.push_back({models, {}, {}, std::move(insert), {}});
  }

  std::set<std::string> changed_score_keys(const std::vector<TabPlan>& tabs) const {
    std::set<std::string> keys;
    for (const TabPlan& tab : tabs) {
      if (tab.table != &*tables_.scoring_inputs) continue;
      for (const PlannedCell& cell : tab.cells) {
        if (owner_on(cell.id, Tab::kScoringInputs) == Owner::kSystem && !is_provenance(cell.id))
          keys.insert(cell.key);
      }
    }
    return keys;
  }

  void count(const Scoring& scoring, const Carried& carried, RunResult& result) const {
    std::int64_t computed = 0;
    for (const ScoredInitiative& scored : scoring.scores.initiatives)
      computed += scored.failure.empty() && scored.has_any_score() ? 1 : 0;
    std::int64_t written = 0;
    for (const std::string& key : changed_)
      written += carried.unwritten.contains(key) ? 0 : 1;
    result.count("computed", computed);
    result.count("written", written);
  }

  JobContext& job_;
  const Tab branch_;
  ProductOpsTables tables_;
  const std::string spreadsheet_id_;
  const Selection& selection_;
  Selection elsewhere_;
  std::optional<Scoring> first_;   // what the first complete plan did; later ones find it done
  std::set<std::string> changed_;  // its keys with a changed score cell
};

}  // namespace

RunResult score_selected(JobContext& job, Tab branch, ProductOpsTables tables, const Selection& selection) {
  return ScoreJob(job, branch, std::move(tables), selection).run();
}

}  // namespace roadmap
