#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/found_in.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/model_rows_plan.h"
#include "core/sync/save_plan.h"
#include "core/sync/score_plan.h"

namespace roadmap {
namespace {

constexpr const char* kScoreToken = "pm.score_selected";

class ScoreJobPlanner {
 public:
  explicit ScoreJobPlanner(ScoreJobInput input)
      : input_(std::move(input)),
        by_key_(input_.selection),
        known_(input_.models, input_.stored_params, std::move(input_.scores)) {
    by_key_.rows.clear();
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
  // A tab of which rows are saved.
  struct SavedTab {
    TabReport report;
    TabPlan plan;
  };

  SavedTab& on(Tab tab) {
    if (tab == Tab::kMathModels) return models_;
    return tab == Tab::kParams ? params_ : inputs_;
  }
  TabReport& selection_report() { return on(input_.tab_of_request).report; }

  void save() {
    save(input_.scoring_inputs);
    input_.bases.clear();  // thousands of rows take much memory
    if (input_.math_models != nullptr) save(*input_.math_models);
    if (input_.params != nullptr) save(*input_.params);
  }

  void save(const SheetTable& table) {
    // Of Params every row of an initiative, for a math model takes them all.
    const bool by_row = table.tab() == input_.tab_of_request && table.tab() != Tab::kParams;
    SavePlan saved = plan_save({table, input_.stored, input_.bases, input_.models, input_.stored_params,
                                by_row ? input_.selection : by_key_, MissingParams::kDrop, input_.now});
    SavedTab& tab = on(table.tab());
    tab.plan = std::move(saved.tab);
    tab.plan.wants_formulas.merge(saved.doubted_blanks);
    tab.report = std::move(saved.report);
    changes_.add(std::move(saved.changes));
    units_.merge(saved.units);
    model_problems_.merge(saved.score_problems);
    told_.insert(told_.end(), saved.told.begin(), saved.told.end());
  }

  // An initiative whose inputs could not be taken is failed on the PM's tab too: its scores go into that row.
  void carry_failures() {
    if (input_.tab_of_request == Tab::kScoringInputs) return;
    const std::string& tab = input_.scoring_inputs.layout().tab;
    for (const RowOutcome& outcome : inputs_.report.outcomes()) {
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
    for (const std::string& key : failed) {
      const RowOutcome* outcome = selection_report().outcome_of(key);
      if (outcome != nullptr && outcome->row != 0)
        selection_report().add_detail_to_rows(key, "not scored: " + outcome->message);
    }
    changes_.drop(failed);
    changes_.bases.insert(changes_.bases.end(), told_.begin(), told_.end());
    std::erase_if(inputs_.plan.cells, [&](const PlannedCell& cell) { return failed.contains(cell.key); });
  }

  void compute() {
    std::vector<ScoringCase> cases;
    for (const std::string& key : ok_keys()) {
      cases.push_back(known_.scoring_case(*input_.stored.find(key), found_or_empty(model_problems_, key)));
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
      const TableRow& row = *row_at(input_.scoring_inputs, inputs_.report.outcome_of(scored.key)->row);
      const std::size_t before = inputs_.plan.cells.size();
      write_framework_scores(row, scored.after, inputs_.plan);
      const bool has_news = inputs_.plan.cells.size() > before;
      if (has_news) plan_.written.insert(scored.key);
      note_time(scored, row, has_news);
    }
    SavedTab& here = on(input_.tab_of_request);
    write_reports(here.report, StatusPolicy::kEverySelectedRow, kScoreToken, here.plan);
    if (input_.math_models != nullptr)
      models_.plan.insert = plan_model_rows(*input_.math_models, scored_initiatives);
  }

  // Updated At of a row whose Status this job writes stands in its report; of others it is written here.
  void note_time(const ScoredInitiative& scored, const TableRow& row, bool has_news) {
    if (input_.tab_of_request == Tab::kScoringInputs) {
      if (scored.changed) inputs_.report.mark_changed(scored.key, scored.after.updated_at);
    } else if (has_news) {
      write_provenance(row, {{}, kScoreToken, sheet_time(scored.after.updated_at)}, inputs_.plan);
    }
  }

  // Nobody sees what was typed earlier into a column that is renamed or gone, and it is scored all the same.
  void warn_of_unseen_inputs() {
    const SheetTable& table = input_.scoring_inputs;
    for (const FieldId id : score_input_fields()) {
      if (table.has(id)) continue;
      const bool is_scored =
          std::any_of(scores_.initiatives.begin(), scores_.initiatives.end(),
                      [&](const ScoredInitiative& scored) { return !is_blank(scored.after.value(id)); });
      if (!is_scored) continue;
      plan_.report.warnings.push_back(
          fmt::format("Tab '{}' has no column '{}': what was saved of it before was scored",
                      table.layout().tab, field(id).on(Tab::kScoringInputs)->header));
    }
  }

  ScoreJobPlan finish() {
    for (SavedTab* tab : {&inputs_, &models_, &params_}) {
      if (tab->plan.table == nullptr || tab->plan.empty()) continue;
      sort_cells(tab->plan);
      plan_.tabs.push_back(std::move(tab->plan));
    }
    plan_.report = std::move(selection_report());
    for (const Tab tab : {Tab::kScoringInputs, Tab::kMathModels, Tab::kParams}) {
      if (tab == input_.tab_of_request) continue;
      const auto& more = on(tab).report.warnings;
      plan_.report.warnings.insert(plan_.report.warnings.end(), more.begin(), more.end());
    }
    warn_of_unseen_inputs();
    plan_.changes = std::move(changes_);
    plan_.hints = std::move(scores_.hints);
    return std::move(plan_);
  }

  ScoreJobInput input_;
  Selection by_key_;  // the rows of the selection stand on the tab of the request
  StoredScoring known_;
  ScoreJobPlan plan_;
  StoreChanges changes_;
  std::vector<BaseChange> told_;  // goes on where its row failed: that stores nothing of the row
  std::map<std::string, FrameworkUnit> units_;
  std::map<std::string, std::string> model_problems_;  // why a math model is not scored, by key
  ScorePlan scores_;
  SavedTab inputs_;
  SavedTab models_;
  SavedTab params_;
};

}  // namespace

ScoreJobPlan plan_score_job(ScoreJobInput input) { return ScoreJobPlanner(std::move(input)).run(); }

}  // namespace roadmap
