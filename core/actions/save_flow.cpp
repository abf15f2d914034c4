#include "core/actions/save_flow.h"

#include <fmt/format.h>

#include <set>

#include "core/actions/book_write.h"
#include "core/actions/selection_result.h"
#include "core/fields/registry.h"
#include "core/sync/initiative_save_plan.h"
#include "core/sync/model_rows_plan.h"
#include "core/sync/model_save_plan.h"
#include "core/sync/stored_scoring.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class SaveFlow {
 public:
  SaveFlow(JobContext& job, SheetTable table, std::optional<SheetTable> math_models,
           const Selection& selection, const SaveOptions& options)
      : job_(job),
        table_(std::move(table)),
        math_models_(std::move(math_models)),
        tab_(table_.tab()),
        layout_(table_.layout()),
        selection_(selection),
        options_(options) {}

  Saved run() {
    job_.step("save_rows", "Saving rows");
    BookJob book;
    book.spreadsheet_id = layout_.spreadsheet_id;
    book.plan = [this] { return plan(); };
    book.read_again = [this] { read_again(); };
    book.step = "write_status";
    book.label = "Writing Status";
    book.lost = fmt::format(
        "The rows are saved, but Google did not confirm the Status cells of tab '{}'. Run it again.",
        layout_.tab);
    BookWritten written = write_until_known(job_, book);
    Saved saved = std::move(*first_);
    saved.result.warnings.insert(saved.result.warnings.end(), written.warnings.begin(),
                                 written.warnings.end());
    if (written.rows_moved > 0) saved.result.count("rows_moved", written.rows_moved);
    return saved;
  }

 private:
  void read_again() {
    if (!math_models_) {
      table_ = read_tab(job_, tab_, layout_);
      return;
    }
    ProductOpsTabs tabs = read_product_ops(
        job_, product_ops_tabs(job_, layout_.spreadsheet_id, {tab_, Tab::kMathModels}), {tab_});
    table_ = std::move(*tabs.table(tab_));
    math_models_ = std::move(tabs.math_models);
  }

  std::vector<TabChange> plan() {
    Planning planning = job_.store.begin_planning();
    StoreChanges changes;
    std::vector<TabChange> writes;
    Saved saved;
    TabReport report = plan_rows(planning, changes, writes, saved);
    if (!job_.dry_run() && !changes.empty()) {
      job_.control.check();
      planning.commit(changes);
      job_.reporter.committed();
    }
    TabChange rows{&table_, {}, std::nullopt};
    write_reports(table_, report.rows(), options_.status, options_.sheet_token, rows.writes);
    writes.push_back(std::move(rows));
    if (!first_) remember_first(std::move(report), writes, std::move(saved));
    return writes;
  }

  TabReport plan_rows(Planning& planning, StoreChanges& changes, std::vector<TabChange>& writes,
                      Saved& saved) {
    const InitiativeIndex stored(planning.initiatives());
    TabReport report;
    if (tab_ == Tab::kMathModels) {
      const auto models = planning.math_models(selection_.keys);
      ModelSavePlan plan = plan_model_save({table_, stored, models, selection_, job_.clock.now()});
      saved.changed = static_cast<std::int64_t>(plan.changes.math_models.size());
      saved.created = plan.created;
      changes = std::move(plan.changes);
      report = std::move(plan.report);
    } else if (tab_ == Tab::kParams) {
      const auto params = planning.params(selection_.keys);
      ParamSavePlan plan = plan_param_save({table_, stored, params, selection_, options_.param_rows,
                                            options_.missing_params, job_.clock.now()});
      saved.changed = static_cast<std::int64_t>(plan.changes.params.size());
      saved.created = plan.created;
      saved.upserts = plan.upserts;
      changes = std::move(plan.changes);
      report = std::move(plan.report);
    } else {
      const auto bases = planning.bases(address_of(table_.layout()));
      InitiativeSavePlan plan =
          plan_initiative_save({table_, stored, bases, selection_, options_.rule, job_.clock.now()});
      saved.changed = static_cast<std::int64_t>(plan.changes.changed_initiatives.size());
      changes = std::move(plan.changes);
      report = std::move(plan.report);
    }
    if (options_.status == StatusPolicy::kEverySelectedRow && tab_ != Tab::kBacklog)
      look_at_scores(planning, stored, changes, report, writes);
    return report;
  }

  // Says which scores were computed from other inputs than are saved now, and gives marked initiatives their
  // row in MathModels.
  void look_at_scores(Planning& planning, const InitiativeIndex& stored, const StoreChanges& changes,
                      TabReport& report, std::vector<TabChange>& writes) {
    StoredScoring scoring(planning.math_models(selection_.keys), planning.params(selection_.keys),
                          planning.current_scores(selection_.keys));
    scoring.apply(changes);
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
      writes.push_back({&*math_models_, {}, std::move(insert)});
  }

  void remember_first(TabReport report, const std::vector<TabChange>& writes, Saved saved) {
    std::set<std::string> changed;
    for (const RowReport& row : report.rows()) {
      if (row.changed) changed.insert(row.key);
    }
    saved.result = selection_result(selection_, std::move(report));
    if (options_.status != StatusPolicy::kEverySelectedRow) {
      std::erase_if(saved.result.rows, [&](const RowOutcome& row) {
        return row.status == RowStatus::kOk && !changed.contains(row.initiative_key);
      });
    }
    if (job_.dry_run()) {
      saved.result.always_listed = kListPlan;
      list_planned_cells(writes, saved.result);
    }
    first_ = std::move(saved);
  }

  JobContext& job_;
  SheetTable table_;
  std::optional<SheetTable> math_models_;
  const Tab tab_;
  const TabLayout layout_;
  const Selection& selection_;
  const SaveOptions options_;
  std::optional<Saved> first_;  // what the first plan did; later ones find it done
};

}  // namespace

Saved save_rows(JobContext& job, SheetTable table, std::optional<SheetTable> math_models,
                const Selection& selection, const SaveOptions& options) {
  return SaveFlow(job, std::move(table), std::move(math_models), selection, options).run();
}

Selection every_key(const SheetTable& table) {
  Scope scope;
  for (const TableRow& row : table.rows()) {
    if (!row.key.empty()) scope.initiative_keys.push_back(row.key);
  }
  return select_keys(scope);
}

}  // namespace roadmap
