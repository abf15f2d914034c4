#include <fmt/format.h>

#include "core/actions/handlers.h"
#include "core/actions/read_tabs.h"
#include "core/actions/selection_result.h"
#include "core/actions/sheet_job.h"
#include "core/actions/tab_of_request.h"
#include "core/fields/registry.h"
#include "core/sync/switch_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

class SwitchJob : public SheetJob {
 public:
  SwitchJob(JobContext& job, SheetTable table, const Selection& selection)
      : job_(job), table_(std::move(table)), layout_(table_.layout()), selection_(selection) {}

  RunResult run() {
    Carried carried = carry_out(job_, *this);
    for (const std::string& key : carried.unwritten)
      report_->fail_initiative(key, kNotWritten);
    const std::int64_t activated = report_->ok_count();
    RunResult result = selection_result(selection_, std::move(*report_));
    result.count("activated", activated);
    add_outcome(job_, std::move(carried), result);
    return result;
  }

  JobPlan plan(const Planning& planning) override {
    const InitiativeIndex stored(planning.initiatives());
    const auto bases = planning.bases(address_of(table_.layout()));
    StoredScoring scoring(planning.math_models(selection_.keys), planning.params(selection_.keys),
                          planning.current_scores(selection_.keys));
    SwitchPlan made =
        plan_switch({table_, stored, bases, scoring, job_.settings.scoring, selection_, job_.clock.now()});
    if (!report_ && made.tab.is_complete()) report_ = std::move(made.report);
    JobPlan plan{std::move(made.changes), {}};
    plan.tabs.push_back(std::move(made.tab));
    return plan;
  }

  std::vector<SheetTable*> tables() override { return {&table_}; }
  void read_again() override { table_ = read_tab(job_, {table_.tab(), layout_, {}}); }

  JobWords words() const override {
    return {
        "switch", "Switching frameworks", "write_active", "Writing active scores",
        fmt::format(
            "The frameworks are switched, but Google did not confirm the cells of tab '{}'. Run it again.",
            layout_.tab)};
  }

 private:
  JobContext& job_;
  SheetTable table_;
  const TabLayout layout_;
  const Selection& selection_;
  std::optional<TabReport> report_;  // what the first complete plan did; later ones find it done
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
  const TabOfRequest here = find_tab_of_request(job, {Tab::kScoringInputs, Tab::kBacklog});
  job.step("read_tab", "Reading " + here.layout.tab);
  SheetTable table = read_tab(job, {here.tab, here.layout, {}});
  if (!table.has(fields::active_framework())) {
    throw Error("tab_unusable",
                fmt::format("Tab '{}' has no column '{}' to choose a framework in.", here.layout.tab,
                            field(fields::active_framework()).on(here.tab)->header));
  }
  return SwitchJob(job, std::move(table), selection).run();
}

}  // namespace roadmap
