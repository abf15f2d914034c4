#include "core/actions/save_flow.h"

#include <fmt/format.h>

#include <set>

#include "core/actions/selection_result.h"
#include "core/actions/sheet_job.h"
#include "core/fields/registry.h"
#include "core/sync/save_job_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

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
    const InitiativeIndex stored(planning.initiatives());
    const bool has_bases = tab_ == Tab::kBacklog || tab_ == Tab::kScoringInputs;
    const auto bases =
        has_bases ? planning.bases(address_of(table_.layout())) : std::map<std::string, RowBase>{};
    SaveJobPlan made = plan_save_job({table_, math_models_ ? &*math_models_ : nullptr, stored, bases,
                                      planning.math_models(selection_.keys), planning.params(selection_.keys),
                                      planning.current_scores(selection_.keys), selection_,
                                      job_.settings.scoring, options_.param_rows, options_.missing_params,
                                      options_.status, options_.sheet_token, job_.clock.now()});
    JobPlan plan{std::move(made.changes), std::move(made.tabs)};
    if (!report_ && plan.is_complete()) remember(std::move(made));
    return plan;
  }

  std::vector<SheetTable*> tables() override {
    std::vector<SheetTable*> tables = {&table_};
    if (math_models_) tables.push_back(&*math_models_);
    return tables;
  }

  void read_again() override {
    if (!math_models_) {
      table_ = read_tab(job_, {tab_, layout_, {}});
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
  void remember(SaveJobPlan made) {
    for (const RowReport& row : made.report.rows()) {
      if (row.changed) changed_.insert(row.key);
    }
    report_ = std::move(made.report);
    saved_.changed = made.changed;
    saved_.created = made.created;
    saved_.upserts = made.upserts;
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
