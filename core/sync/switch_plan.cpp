#include "core/sync/switch_plan.h"

#include <fmt/format.h>

#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/pm_cells.h"

namespace roadmap {
namespace {

constexpr const char* kActivateToken = "flow2.activate";
constexpr const char* kSwitchToken = "pm.switch_framework";

// A choice that can be carried out, or the words why it cannot.
struct Choice {
  std::optional<Framework> framework;  // nullopt: none shall be active
  std::string failure;
  std::string note;
};

class Switcher {
 public:
  explicit Switcher(const SwitchInput& input)
      : input_(input),
        table_(input.table),
        keyed_(table_, input.bases),
        shifted_(table_, keyed_, input.bases) {
    plan_.tab.table = &table_;
  }

  SwitchPlan run() {
    plan_.report.warnings = table_.warnings();
    report_selection(table_, keyed_, input_.stored, input_.selection, plan_.report,
                     [&](const TableRow& row, const InitiativeRecord& record) { switch_row(row, record); });
    write_reports(plan_.report, StatusPolicy::kEverySelectedRow, kSwitchToken, plan_.tab);
    sort_cells(plan_.tab);
    return std::move(plan_);
  }

 private:
  void switch_row(const TableRow& row, const InitiativeRecord& initiative) {
    if (const auto refusal = shifted_.refusal(row)) return plan_.report.fail(row, *refusal);
    const Choice choice = read_choice(row, initiative);
    if (!choice.failure.empty()) return plan_.report.fail(row, choice.failure);
    InitiativeChange change = activation_of(initiative, choice.framework, input_.now, kActivateToken);
    InitiativeRecord after = initiative;
    for (const auto& [id, value] : change.values)
      after.set(id, value);
    const bool changed = !change.values.empty();
    if (changed) {
      after.updated_at = input_.now;
      plan_.changes.changed_initiatives.push_back(std::move(change));
    }
    MergedRow merged(table_, row, after, input_.bases);
    remember_choice(merged);
    write_active_scores(plan_.tab, merged);
    if (table_.tab() == Tab::kScoringInputs) refresh_row(merged);
    if (!merged.base.cells.empty()) plan_.changes.bases.push_back(std::move(merged.base));
    plan_.report.add({row.row, row.key, RowStatus::kOk, choice.note, changed, after.updated_at});
  }

  Choice read_choice(const TableRow& row, const InitiativeRecord& initiative) {
    const FieldId id = fields::active_framework();
    const ParsedCell parsed = table_.parsed(row, id);
    if (const auto* bad = std::get_if<BadCell>(&parsed))
      return {{}, fmt::format("{}: {}", table_.header_of(id), bad->reason), {}};
    const Cell& name = std::get<Cell>(parsed);
    const auto framework = framework_named(to_text(name));
    if (!framework) {
      const Cell before = chosen_before(row);
      if (is_blank(before)) return {{}, "choose RICE, WSJF or MATH_MODEL", {}};
      std::string suspect = still_calculating(table_, row, id, before, plan_.tab.wants_formulas);
      if (!suspect.empty()) return {{}, std::move(suspect), {}};
      return {{}, {}, "no framework is active"};
    }
    const ScoringCase scoring_case = input_.scoring.scoring_case(initiative);
    if (has_score(initiative, *framework)) {
      const bool stale = input_.scoring.is_score_stale(scoring_case, *framework, input_.settings);
      return {framework, {}, stale ? "score is stale, run Score" : ""};
    }
    const ScoreRecord* last = input_.scoring.score(row.key, *framework);
    if (last == nullptr) return {{}, no_score_yet(as_shown(row, initiative), *framework), {}};
    const std::string& why = last->score.reason;
    return {framework,
            {},
            fmt::format("no {} score: {}", to_text(name), why.empty() ? "all inputs are empty" : why)};
  }

  // With what the row shows in the columns that scoring begins with: what was typed and not saved is not
  // missing.
  InitiativeRecord as_shown(const TableRow& row, InitiativeRecord initiative) const {
    std::vector<FieldId> inputs = score_input_fields();
    inputs.push_back(fields::use_math_model());
    for (const FieldId id : inputs) {
      if (table_.has(id)) initiative.set(id, table_.shown(row, id));
    }
    return initiative;
  }

  // The framework that was seen in this cell before, or that a run was to write there.
  Cell chosen_before(const TableRow& row) const {
    const BaseCell* base = find_base(last_seen(table_, row, input_.bases), fields::active_framework());
    if (base == nullptr) return {};
    return is_blank(base->sheet) && base->pending ? *base->pending : base->sheet;
  }

  void remember_choice(MergedRow& merged) const {
    const FieldId id = fields::active_framework();
    const Cell& now = merged.record.value(id);
    const BaseCell* known = find_base(merged.seen, id);
    BaseCell met{now, now, std::nullopt};
    // Until this run's cells are known to stand, a second attempt must still see that the choice was cleared.
    if (is_blank(now)) met = {known->sheet, known->stored, now};
    if (known == nullptr || *known != met) merged.base.cells.emplace_back(id, std::move(met));
  }

  void refresh_row(MergedRow& merged) {
    for (const auto& [id, column] : table_.columns().columns) {
      if (is_saved_from(id, table_.tab())) refresh_pm_cell(plan_.tab, merged, id, column);
    }
    refresh_title(plan_.tab, merged);
  }

  const SwitchInput& input_;
  const SheetTable& table_;
  const KeyedRows keyed_;
  const ShiftedKeys shifted_;
  SwitchPlan plan_;
};

}  // namespace

SwitchPlan plan_switch(const SwitchInput& input) { return Switcher(input).run(); }

InitiativeChange activation_of(const InitiativeRecord& initiative, std::optional<Framework> framework,
                               UtcTime now, const std::string& source) {
  InitiativeChange change;
  change.key = initiative.key;
  change.updated_at = now;
  change.updated_source = source;
  change.touches_scores = true;
  const auto set = [&](FieldId id, const Cell& value) {
    if (initiative.value(id) != value) change.values.emplace_back(id, value);
  };
  const ScoreCells scores = framework ? score_cells(initiative, score_fields(*framework)) : ScoreCells{};
  const ScoreFields active = active_score_fields();
  set(fields::active_framework(), framework ? Cell(std::string(framework_info(*framework).name)) : Cell{});
  set(active.value, scores[0]);
  set(active.effort, scores[1]);
  set(active.overall, scores[2]);
  return change;
}

}  // namespace roadmap
