#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/sheet_job.h"
#include "core/actions/tab_of_request.h"
#include "core/fields/registry.h"
#include "core/sync/switch_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class SwitchJob : public PlannedJob<SwitchPlan> {
 public:
  SwitchJob(JobContext& job, const Selection& selection, TabOfRequest here)
      : PlannedJob(job, selection), here_(std::move(here)) {}

  RunResult run() {
    Carried carried = carry();
    const std::int64_t activated = first_->report.ok_count();
    RunResult result = selection_result(selection(), std::move(first_->report));
    result.count("activated", activated);
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  void read() override {
    table_ = read_tab(job_, {here_.tab, here_.layout, {}});
    if (table_->has(fields::active_framework())) return;
    throw Error("tab_unusable",
                fmt::format("Tab '{}' has no column '{}' to choose a framework in.", here_.layout.tab,
                            field(fields::active_framework()).on(here_.tab)->header));
  }

  std::vector<SheetTable*> tables() override { return read_of(table_); }

  JobWords words() const override {
    const std::string& tab = here_.layout.tab;
    return {"read_tab",
            "Reading " + tab,
            "switch",
            "Switching frameworks",
            "write_active",
            "Writing active scores",
            fmt::format("the cells of tab '{}'", tab),
            "The frameworks are switched"};
  }

 private:
  SwitchPlan ask(const Planning& planning, const InitiativeIndex& stored) override {
    const std::vector<std::string>& keys = selection().keys;
    const auto bases = planning.bases(address_of(table_->layout()));
    StoredScoring scoring(planning.math_models(keys), planning.params(keys), planning.current_scores(keys));
    return plan_switch(
        {*table_, stored, bases, scoring, job_.settings.scoring, selection(), job_.clock.now()});
  }

  const TabOfRequest here_;
  std::optional<SheetTable> table_;
};

}  // namespace

RunResult run_pm_switch_framework(JobContext& job) {
  job.expect_steps(3);
  const Selection selection = select_keys(job.request.scope);
  if (selection.keys.empty()) {
    RunResult result = nothing_selected(selection);
    result.count("activated", 0);
    return result;
  }
  return SwitchJob(job, selection, find_tab_of_request(job, {Tab::kScoringInputs, Tab::kBacklog})).run();
}

}  // namespace roadmap
