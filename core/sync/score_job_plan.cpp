#include "core/sync/score_job_plan.h"

#include <fmt/format.h>

#include "core/fields/registry.h"
#include "core/sync/initiative_save_plan.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/model_rows_plan.h"
#include "core/sync/model_save_plan.h"
#include "core/sync/param_save_plan.h"

namespace roadmap {
namespace {

constexpr const char* kScoreToken = "pm.score_selected";

class ScoreJobPlanner {
 public:
  explicit ScoreJobPlanner(ScoreJobInput input)
      : input_(std::move(input)),
        elsewhere_(input_.selection),
        known_(input_.models, input_.stored_params, std::move(input_.scores)) {
    elsewhere_.rows.clear();  // the rows of the selection stand on the tab of the request
  }

  ScoreJobPlan run() {
    save();
    carry_failures();
    fail_bad_inputs();
    drop_failed();
    known_.apply(changes_);
    compute();
    write_scores_and_status();
    return finish();
  }

 private:
  const Selection& selection_on(Tab tab) const {
    return tab == input_.tab_of_request ? input_.selection : elsewhere_;
  }
  TabReport& report_of(Tab tab) {
    if (tab == Tab::kMathModels) return models_report_;
    return tab == Tab::kParams ? params_report_ : inputs_report_;
  }
  TabReport& selection_report() { return report_of(input_.tab_of_request); }

  void save() {
    InitiativeSavePlan inputs = plan_initiative_save(
        {input_.scoring_inputs, input_.stored, input_.bases, selection_on(Tab::kScoringInputs), input_.now});
    input_.bases.clear();  // thousands of rows take much memory
    inputs_ = std::move(inputs.tab);
    inputs_.wants_formulas.merge(inputs.doubted_blanks);
    inputs_report_ = std::move(inputs.report);
    units_ = std::move(inputs.units);
    changes_.add(std::move(inputs.changes));
    told_ = std::move(inputs.told);
    if (input_.math_models != nullptr) {
      ModelSavePlan models = plan_model_save(
          {*input_.math_models, input_.stored, input_.models, selection_on(Tab::kMathModels), input_.now});
      changes_.add(std::move(models.changes));
      models_report_ = std::move(models.report);
      model_problems_ = std::move(models.score_problems);
      models_.table = input_.math_models;
      models_.wants_displayed = std::move(models.wants_displayed);
      models_.wants_formulas = std::move(models.wants_formulas);
    }
    if (input_.params != nullptr) {
      ParamSavePlan params =
          plan_param_save({*input_.params, input_.stored, input_.stored_params, selection_on(Tab::kParams),
                           ParamRows::kEveryRow, MissingParams::kDrop, input_.now});
      changes_.add(std::move(params.changes));
      params_report_ = std::move(params.report);
      model_problems_.merge(params.score_problems);
      params_.table = input_.params;
      params_.wants_displayed = std::move(params.wants_displayed);
      params_.wants_formulas = std::move(params.wants_formulas);
    }
  }

  // An initiative whose inputs could not be taken is failed on the PM's tab too: its scores go into that row.
  void carry_failures() {
    if (input_.tab_of_request == Tab::kScoringInputs) return;
    const std::string& tab = input_.scoring_inputs.layout().tab;
    for (const RowOutcome& outcome : inputs_report_.outcomes()) {
      if (outcome.status == RowStatus::kOk) continue;
      selection_report().fail_initiative(
          outcome.initiative_key, outcome.row == 0
                                      ? "not on " + tab
                                      : fmt::format("{} row {}: {}", tab, outcome.row, outcome.message));
    }
  }

  // Inputs may be stored of which the tab has no column: what they make of the row is known before anything
  // is taken over.
  void fail_bad_inputs() {
    StoredScoring trial({}, {}, {});  // of the inputs alone
    trial.apply(changes_);
    for (const std::string& key : ok_keys()) {
      const std::string problem =
          scoring_input_problem(*trial.scoring_case(*input_.stored.find(key)).initiative, input_.settings);
      if (!problem.empty()) selection_report().fail_initiative(key, problem);
    }
  }

  std::vector<std::string> ok_keys() {
    std::vector<std::string> keys;
    for (const std::string& key : input_.selection.keys) {
      const RowOutcome* outcome = selection_report().outcome_of(key);
      if (outcome != nullptr && outcome->status == RowStatus::kOk) keys.push_back(key);
    }
    return keys;
  }

  void drop_failed() {
    std::set<std::string> failed(input_.selection.keys.begin(), input_.selection.keys.end());
    for (const std::string& key : ok_keys())
      failed.erase(key);
    changes_.drop(failed);
    changes_.bases.insert(changes_.bases.end(), told_.begin(), told_.end());
    std::erase_if(inputs_.cells, [&](const PlannedCell& cell) { return failed.contains(cell.key); });
  }

  void compute() {
    std::vector<ScoringCase> cases;
    for (const std::string& key : ok_keys()) {
      const auto problem = model_problems_.find(key);
      cases.push_back(known_.scoring_case(
          *input_.stored.find(key), problem == model_problems_.end() ? std::string() : problem->second));
    }
    scores_ = plan_scores({cases, known_, input_.settings, rows_of_tab(), units_, input_.now});
    for (const ScoredInitiative& scored : scores_.initiatives) {
      selection_report().add_detail_to(scored.key, scored.message);
      plan_.computed += scored.has_any_score() ? 1 : 0;
    }
    changes_.add(std::move(scores_.changes));
  }

  // Every row of the tab, with what this job saves of it.
  std::vector<CalibrationRow> rows_of_tab() {
    std::vector<CalibrationRow> rows;
    std::set<std::string> listed;
    for (const TableRow& row : input_.scoring_inputs.rows()) {
      const InitiativeRecord* record = row.key.empty() ? nullptr : input_.stored.find(row.key);
      if (record != nullptr && listed.insert(row.key).second)
        rows.push_back(calibration_row(*known_.scoring_case(*record).initiative));
    }
    return rows;
  }

  void write_scores_and_status() {
    std::vector<const InitiativeRecord*> scored_initiatives;
    for (const ScoredInitiative& scored : scores_.initiatives) {
      scored_initiatives.push_back(&scored.after);
      const TableRow& row = *row_at(input_.scoring_inputs, inputs_report_.outcome_of(scored.key)->row);
      const std::size_t before = inputs_.cells.size();
      write_scores(row, scored.after, ScoreColumns::kFrameworks, inputs_);
      const bool has_news = inputs_.cells.size() > before;
      if (has_news) plan_.written.insert(scored.key);
      note_time(scored, row, has_news);
    }
    if (input_.tab_of_request == Tab::kScoringInputs) {
      write_reports(inputs_report_.rows(), StatusPolicy::kEverySelectedRow, kScoreToken, inputs_);
    } else {
      TabPlan& tab = input_.tab_of_request == Tab::kMathModels ? models_ : params_;
      write_reports(selection_report().rows(), StatusPolicy::kEverySelectedRow, kScoreToken, tab);
    }
    if (input_.math_models != nullptr)
      models_.insert = plan_model_rows(*input_.math_models, scored_initiatives);
  }

  // Updated At of a row whose Status this job writes stands in its report; of others it is written here.
  void note_time(const ScoredInitiative& scored, const TableRow& row, bool has_news) {
    if (input_.tab_of_request == Tab::kScoringInputs) {
      if (scored.changed) inputs_report_.mark_changed(scored.key, scored.after.updated_at);
    } else if (has_news) {
      write_provenance(row, {{}, kScoreToken, sheet_time(scored.after.updated_at)}, inputs_);
    }
  }

  ScoreJobPlan finish() {
    for (TabPlan* tab : {&inputs_, &models_, &params_}) {
      if (tab->table == nullptr || tab->empty()) continue;
      sort_cells(*tab);
      plan_.tabs.push_back(std::move(*tab));
    }
    plan_.report = std::move(selection_report());
    for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}) {
      if (tab == input_.tab_of_request) continue;
      const auto& more = report_of(tab).warnings;
      plan_.report.warnings.insert(plan_.report.warnings.end(), more.begin(), more.end());
    }
    plan_.changes = std::move(changes_);
    plan_.hints = std::move(scores_.hints);
    return std::move(plan_);
  }

  ScoreJobInput input_;
  Selection elsewhere_;
  StoredScoring known_;
  ScoreJobPlan plan_;
  StoreChanges changes_;
  std::vector<BaseChange> told_;  // goes on where its row failed: that stores nothing of the row
  TabReport inputs_report_;
  TabReport models_report_;
  TabReport params_report_;
  std::map<std::string, FrameworkUnit> units_;
  std::map<std::string, std::string> model_problems_;  // why a math model is not scored, by key
  ScorePlan scores_;
  TabPlan inputs_;
  TabPlan models_;
  TabPlan params_;
};

}  // namespace

ScoreJobPlan plan_score_job(ScoreJobInput input) { return ScoreJobPlanner(std::move(input)).run(); }

}  // namespace roadmap
