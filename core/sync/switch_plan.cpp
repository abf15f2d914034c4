#include "core/sync/switch_plan.h"

#include <fmt/format.h>

#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/row_selection.h"
#include "core/sync/score_plan.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kActivateToken = "flow2.activate";

class Switcher {
 public:
  explicit Switcher(const SwitchInput& input)
      : input_(input), table_(input.table), keyed_(table_, input.bases) {}

  SwitchPlan run() {
    for (const std::string& warning : table_.columns().warnings)
      plan_.report.warnings.push_back(table_.layout().tab + ": " + warning);
    const RowSelection selection(table_, keyed_, input_.stored, input_.selection);
    report_selection(selection, plan_.report, [&](const SelectedInitiative& selected) {
      switch_row(*selected.row, *selected.record);
    });
    return std::move(plan_);
  }

 private:
  void switch_row(const TableRow& row, const InitiativeRecord& initiative) {
    const FieldId choice_field = fields::active_framework();
    const ParsedCell choice = table_.parsed(row, choice_field);
    if (const auto* bad = std::get_if<BadCell>(&choice))
      return plan_.report.fail(row, fmt::format("{}: {}", table_.header_of(choice_field), bad->reason));
    const Cell& name = std::get<Cell>(choice);
    const auto framework = framework_named(to_text(name));
    if (!framework) return plan_.report.fail(row, "choose RICE, WSJF or MATH_MODEL");
    if (!has_score(initiative, *framework))
      return plan_.report.fail(row, fmt::format("no {} score yet, run Score first", to_text(name)));

    InitiativeChange change = activation_of(initiative, *framework, input_.now, kActivateToken);
    InitiativeRecord after = initiative;
    for (const auto& [id, value] : change.values)
      after.set(id, value);
    const bool changed = !change.values.empty();
    if (changed) plan_.changes.changed_initiatives.push_back(std::move(change));
    remember_choice(row, name);
    write_scores(table_, row, after, ScoreColumns::kActive, plan_.writes);
    plan_.report.add(
        {row.row, row.key, RowStatus::kOk, {}, changed, changed ? input_.now : initiative.updated_at});
  }

  void remember_choice(const TableRow& row, const Cell& name) {
    const FieldId id = fields::active_framework();
    const BaseCell met{name, name, std::nullopt};
    const auto base = input_.bases.find(row.key);
    if (base != input_.bases.end()) {
      const auto known = base->second.cells.find(id);
      if (known != base->second.cells.end() && known->second == met) return;
    }
    plan_.changes.bases.push_back({address_of(table_.layout()), row.key, row.row, {{id, met}}});
  }

  const SwitchInput& input_;
  const SheetTable& table_;
  const KeyedRows keyed_;
  SwitchPlan plan_;
};

}  // namespace

SwitchPlan plan_switch(const SwitchInput& input) { return Switcher(input).run(); }

InitiativeChange activation_of(const InitiativeRecord& initiative, Framework framework, UtcTime now,
                               const std::string& source) {
  InitiativeChange change;
  change.key = initiative.key;
  change.updated_at = now;
  change.updated_source = source;
  change.touches_scores = true;
  const auto set = [&](FieldId id, const Cell& value) {
    if (initiative.value(id) != value) change.values.emplace_back(id, value);
  };
  set(fields::active_framework(), Cell(std::string(framework_info(framework).name)));
  const ScoreCells scores = score_cells(initiative, score_fields(framework));
  set(fields::value_score(), scores[0]);
  set(fields::effort_score(), scores[1]);
  set(fields::overall_score(), scores[2]);
  return change;
}

}  // namespace roadmap
