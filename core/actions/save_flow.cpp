#include "core/actions/save_flow.h"

#include <fmt/format.h>

#include <set>

#include "core/actions/selection_result.h"
#include "core/actions/sheet_job.h"
#include "core/fields/registry.h"
#include "core/sync/initiative_save_plan.h"
#include "core/sync/model_rows_plan.h"
#include "core/sync/model_save_plan.h"
#include "core/sync/stored_scoring.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kNotWritten = "Google refused the row, or it was not found again";

class SaveJob : public SheetJob {
 public:
  SaveJob(JobContext& job, SheetTable table, std::optional<SheetTable> math_models,
          const Selection& selection, const SaveOptions& options)
      : job_(job),
        table_(std::move(table)),
        math_models_(std::move(math_models)),
        tab_(table_.tab()),
        layout_(table_.layout()),
        selection_(selection),
        options_(options) {}

  Saved run() {
    Carried carried = carry_out(job_, *this);
    for (const std::string& key : carried.unwritten)
      report_->fail_initiative(key, kNotWritten);
    Saved saved = std::move(saved_);
    saved.result = selection_result(selection_, std::move(*report_));
    if (options_.status != StatusPolicy::kEverySelectedRow) {
      std::erase_if(saved.result.rows, [&](const RowOutcome& row) {
        return row.status == RowStatus::kOk && !changed_.contains(row.initiative_key);
      });
    }
    add_outcome(job_, std::move(carried), saved.result);
    return saved;
  }

  JobPlan plan(const Planning& planning) override {
    JobPlan plan;
    Saved saved;
    const InitiativeIndex stored(planning.initiatives());
    TabReport report;
    plan.tabs.push_back({&table_, {}, {}, {}, {}});
    if (tab_ == Tab::kMathModels) {
      report = plan_models(planning, stored, plan, saved);
    } else if (tab_ == Tab::kParams) {
      report = plan_params(planning, stored, plan, saved);
    } else {
      report = plan_initiatives(planning, stored, plan, saved);
    }
    if (options_.status == StatusPolicy::kEverySelectedRow && tab_ != Tab::kBacklog)
      look_at_scores(planning, stored, report, plan);
    write_reports(report.rows(), options_.status, options_.sheet_token, plan.tabs.front());
    if (!report_) remember(std::move(report), std::move(saved));
    return plan;
  }

  std::vector<SheetTable*> tables() override {
    std::vector<SheetTable*> tables = {&table_};
    if (math_models_) tables.push_back(&*math_models_);
    return tables;
  }

  void read_again() override {
    if (!math_models_) {
      table_ = read_tab(job_, tab_, layout_);
      return;
    }
    ProductOpsTables tables = read_product_ops(
        job_, product_ops_layouts(job_, layout_.spreadsheet_id, {tab_, Tab::kMathModels}), {tab_});
    table_ = std::move(*tables.table(tab_));
    math_models_ = std::move(tables.math_models);
  }

  JobWords words() const override {
    return {"save_rows", "Saving rows", "write_status", "Writing Status",
            fmt::format("The rows are saved, but Google did not confirm the cells of tab '{}'. Run it again.",
                        layout_.tab)};
  }

 private:
  TabReport plan_models(const Planning& planning, const InitiativeIndex& stored, JobPlan& plan, Saved& saved) {
    const auto models = planning.math_models(selection_.keys);
    ModelSavePlan made = plan_model_save({table_, stored, models, selection_, job_.clock.now()});
    saved.changed = static_cast<std::int64_t>(made.changes.math_models.size());
    saved.created = made.created;
    plan.changes = std::move(made.changes);
    return std::move(made.report);
  }

  TabReport plan_params(const Planning& planning, const InitiativeIndex& stored, JobPlan& plan, Saved& saved) {
    const auto params = planning.params(selection_.keys);
    ParamSavePlan made = plan_param_save({table_, stored, params, selection_, options_.param_rows,
                                          options_.missing_params, job_.clock.now()});
    saved.changed = static_cast<std::int64_t>(made.changes.params.size());
    saved.created = made.created;
    saved.upserts = made.upserts;
    plan.changes = std::move(made.changes);
    return std::move(made.report);
  }

  TabReport plan_initiatives(const Planning& planning, const InitiativeIndex& stored, JobPlan& plan,
                             Saved& saved) {
    const auto bases = planning.bases(address_of(table_.layout()));
    InitiativeSavePlan made = plan_initiative_save({table_, stored, bases, selection_, job_.clock.now()});
    saved.changed = static_cast<std::int64_t>(made.changes.changed_initiatives.size());
    plan.changes = std::move(made.changes);
    // A job that writes no Status writes nothing on the tab.
    if (options_.status != StatusPolicy::kNone) plan.tabs.front() = std::move(made.tab);
    for (const auto& [key, unit] : made.units)
      made.report.add_detail_to(key, unit.note);
    return std::move(made.report);
  }

  // Says which scores were computed from other inputs than are saved now, and gives marked initiatives their
  // row in MathModels.
  void look_at_scores(const Planning& planning, const InitiativeIndex& stored, TabReport& report, JobPlan& plan) {
    StoredScoring scoring(planning.math_models(selection_.keys), planning.params(selection_.keys),
                          planning.current_scores(selection_.keys));
    scoring.apply(plan.changes);
    std::vector<const InitiativeRecord*> saved;
    for (const std::string& key : selection_.keys) {
      const RowOutcome* outcome = report.outcome_of(key);
      const InitiativeRecord* record = stored.find(key);
      if (outcome == nullptr || outcome->status != RowStatus::kOk || record == nullptr) continue;
      const ScoringCase scoring_case = scoring.scoring_case(*record);
      saved.push_back(scoring_case.initiative);
      if (scoring.has_stale_score(scoring_case, job_.settings.scoring))
        report.add_detail_to(key, "score is stale, run Score");
    }
    if (tab_ != Tab::kScoringInputs || !math_models_) return;
    if (auto insert = plan_model_rows(*math_models_, saved))
      plan.tabs.push_back({&*math_models_, {}, {}, std::move(insert), {}});
  }

  void remember(TabReport report, Saved saved) {
    for (const RowReport& row : report.rows()) {
      if (row.changed) changed_.insert(row.key);
    }
    report_ = std::move(report);
    saved_ = std::move(saved);
  }

  JobContext& job_;
  SheetTable table_;
  std::optional<SheetTable> math_models_;
  const Tab tab_;
  const TabLayout layout_;
  const Selection& selection_;
  const SaveOptions options_;
  // What the first complete plan did; later ones find it done.
  std::optional<TabReport> report_;
  Saved saved_;
  std::set<std::string> changed_;
};

}  // namespace

Saved save_rows(JobContext& job, SheetTable table, std::optional<SheetTable> math_models,
                const Selection& selection, const SaveOptions& options) {
  return SaveJob(job, std::move(table), std::move(math_models), selection, options).run();
}

Selection every_key(const SheetTable& table) {
  Scope scope;
  for (const TableRow& row : table.rows()) {
    if (!row.key.empty()) scope.initiative_keys.push_back(row.key);
  }
  return select_keys(scope);
}

}  // namespace roadmap
