#include "core/sync/save_plan.h"

#include "core/sync/initiative_scores.h"
#include "core/sync/model_rows_plan.h"

namespace roadmap {
namespace {

class SaveJobPlanner {
 public:
  explicit SaveJobPlanner(const SaveJobInput& input) : input_(input) {}

  SaveJobPlan run() {
    save();
    if (input_.status == StatusPolicy::kEverySelectedRow && input_.table.tab() != Tab::kBacklog)
      look_at_scores();
    for (const auto& [key, unit] : units_)
      plan_.report.add_detail_to(key, unit.note);
    if (input_.status != StatusPolicy::kNone)
      write_reports(plan_.report, input_.status, input_.sheet_token, rows_);
    add(std::move(rows_));
    return std::move(plan_);
  }

 private:
  void save() {
    SavePlan saved = plan_save(input_);
    const StoreChanges& changes = saved.changes;
    plan_.changed = std::ssize(changes.changed_initiatives) + std::ssize(changes.math_models) +
                    std::ssize(changes.params);
    plan_.created = saved.created;
    plan_.upserts = saved.upserts;
    units_ = std::move(saved.units);
    if (input_.status == StatusPolicy::kNone) drop_writes(saved);
    rows_ = std::move(saved.tab);
    rows_.wants_formulas.merge(saved.doubted_blanks);
    plan_.changes = std::move(saved.changes);
    plan_.report = std::move(saved.report);
    // A job that nobody started for these rows has told nobody.
    if (input_.status == StatusPolicy::kEverySelectedRow)
      plan_.changes.bases.insert(plan_.changes.bases.end(), saved.told.begin(), saved.told.end());
  }

  // Nothing is written, so nothing is about to be.
  static void drop_writes(SavePlan& saved) {
    saved.tab.cells.clear();
    saved.tab.wants_formulas.clear();
    for (BaseChange& change : saved.changes.bases)
      std::erase_if(change.cells, [](const auto& cell) { return cell.second.pending.has_value(); });
    std::erase_if(saved.changes.bases, [](const BaseChange& change) { return change.cells.empty(); });
  }

  // Says which scores were computed from other inputs than are saved now, and gives marked initiatives their
  // row in MathModels.
  void look_at_scores() {
    StoredScoring scoring(input_.models, input_.params, input_.scores);
    scoring.apply(plan_.changes);
    std::vector<const InitiativeRecord*> saved;
    for (const std::string& key : input_.selection.keys) {
      const RowOutcome* outcome = plan_.report.outcome_of(key);
      const InitiativeRecord* record = input_.stored.find(key);
      if (outcome == nullptr || outcome->status != RowStatus::kOk || record == nullptr) continue;
      const ScoringCase scoring_case = scoring.scoring_case(*record);
      saved.push_back(scoring_case.initiative);
      if (scoring.has_stale_score(scoring_case, input_.settings))
        plan_.report.add_detail_to(key, "score is stale, run Score");
    }
    if (input_.table.tab() != Tab::kScoringInputs || input_.math_models == nullptr) return;
    models_.table = input_.math_models;
    models_.insert = plan_model_rows(*input_.math_models, saved);
  }

  void add(TabPlan tab) {
    for (TabPlan* plan : {&tab, &models_}) {
      if (plan->empty()) continue;
      sort_cells(*plan);
      plan_.tabs.push_back(std::move(*plan));
    }
  }

  const SaveJobInput& input_;
  SaveJobPlan plan_;
  std::map<std::string, FrameworkUnit> units_;
  TabPlan rows_;
  TabPlan models_;
};

}  // namespace

SavePlan plan_save(const SaveInput& input) {
  if (input.table.tab() == Tab::kMathModels) return plan_model_save(input);
  return input.table.tab() == Tab::kParams ? plan_param_save(input) : plan_initiative_save(input);
}

SaveJobPlan plan_save_job(const SaveJobInput& input) { return SaveJobPlanner(input).run(); }

}  // namespace roadmap
