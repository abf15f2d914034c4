#include <fmt/format.h>

#include "core/fields/registry.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/merge_rule.h"
#include "core/sync/save_plan.h"
#include "core/sync/written_cell.h"

namespace roadmap {
namespace {

const char* stored_token(Tab tab) {
  return tab == Tab::kBacklog ? "flow1.backlogsheet_read" : "flow3.productopssheet_read_inputs";
}

using TypedCells = std::vector<std::pair<FieldId, ReadCell>>;

class InitiativeSaver {
 public:
  explicit InitiativeSaver(const SaveInput& input)
      : input_(input),
        table_(input.table),
        tab_(input.table.tab()),
        keyed_(table_, input.bases),
        shifted_(table_, keyed_, input.bases) {
    plan_.tab.table = &table_;
  }

  SavePlan run() {
    plan_.report.warnings = table_.warnings();
    report_selection(table_, keyed_, input_.stored, input_.selection, plan_.report,
                     [&](const TableRow& row, const InitiativeRecord& record) { save(row, record); });
    return std::move(plan_);
  }

 private:
  // Every cell that a PM types on this row and that is not as it was, converted; a sentence naming each bad
  // one otherwise.
  std::string read_row(const TableRow& row, const InitiativeRecord& record, TypedCells& cells) const {
    std::string problems;
    const RowBase* seen = last_seen(table_, row, input_.bases);
    for (const auto& [id, column] : table_.columns().columns) {
      const bool is_saved = is_saved_from(id, tab_);
      if (!is_saved && id != fields::active_framework()) continue;
      if (nothing_moved(table_.raw(row.row, column), record.value(id), find_base(seen, id))) continue;
      const ParsedCell parsed = table_.parsed(row, id);
      if (const auto* bad = std::get_if<BadCell>(&parsed)) {
        add_detail(problems, fmt::format("{}: {}", table_.header_of(id), bad->reason));
      } else if (is_saved) {
        cells.emplace_back(id, table_.read(row, id));
      }
    }
    return problems;
  }

  void save(const TableRow& row, const InitiativeRecord& record) {
    if (const auto refusal = shifted_.refusal(row)) return plan_.report.fail(row, *refusal);
    TypedCells cells;
    const std::string problems = read_row(row, record, cells);
    if (!problems.empty()) return plan_.report.fail(row, problems);
    InitiativeChange change;
    change.key = row.key;
    change.updated_at = input_.now;
    change.updated_source = stored_token(tab_);
    MergedRow merged(table_, row, record, input_.bases);
    TabPlan refreshed;
    refreshed.table = &table_;
    if (const std::string suspect = merge(cells, merged, change, refreshed); !suspect.empty()) {
      if (!merged.base.cells.empty()) plan_.told.push_back(std::move(merged.base));
      return plan_.report.fail(row, suspect);
    }
    if (const std::string refused = refused_inputs(record, change); !refused.empty())
      return plan_.report.fail(row, refused);
    FrameworkUnit unit = refresh_unit(merged, refreshed);
    if (tab_ == Tab::kScoringInputs) refresh_title(refreshed, merged);
    take_over(std::move(refreshed));
    finish_row(merged, std::move(change), std::move(unit));
  }

  // A sentence about each cell that cannot be trusted; empty where all are merged. Where there is one, only
  // the bases of cells that a person has been told of remain.
  std::string merge(const TypedCells& cells, MergedRow& merged, InitiativeChange& change,
                    TabPlan& refreshed) {
    std::string suspect;
    std::vector<std::pair<FieldId, BaseCell>> told;
    for (const auto& [id, cell] : cells) {
      const Cell& stored = merged.record.value(id);
      SaveMerge merge = merge_save(field(id).type, cell, stored, find_base(merged.seen, id));
      const int column = *table_.columns().column_of(id);
      if (merge.undecided) {
        add_detail(suspect, undecided(id, cell.shown));
        told.emplace_back(id, *merge.base);
      }
      if (merge.write && !add_unless_formula(refreshed, merged.row, id, column, stored)) continue;
      if (const BaseCell* seen = find_base(merged.seen, id); merge.take && seen != nullptr)
        add_detail(suspect, still_calculating(table_, merged.row, id, seen->sheet, plan_.doubted_blanks));
      if (merge.take) take_as_displayed(refreshed, merged.row, id);
      if (merge.take) change.values.emplace_back(id, cell.value);
      if (merge.base) merged.base.cells.emplace_back(id, std::move(*merge.base));
    }
    if (!suspect.empty()) merged.base.cells = std::move(told);
    return suspect;
  }

  std::string undecided(FieldId id, const Cell& shown) const {
    return fmt::format(
        "{}: {} came there while rows moved, and nobody is known to have typed it. Correct it, or save again "
        "to keep it",
        table_.header_of(id), is_blank(shown) ? "a blank" : quoted(shown, kMaxQuotedCharacters));
  }

  // Judged by the inputs that the tab shows: what it lacks cannot be mended there.
  std::string refused_inputs(const InitiativeRecord& record, const InitiativeChange& change) const {
    if (tab_ != Tab::kScoringInputs) return {};
    InitiativeRecord after = record;
    for (const auto& [id, value] : change.values)
      after.set(id, value);
    for (const FieldId id : score_input_fields()) {
      if (!table_.has(id)) after.set(id, Cell{});
    }
    return scoring_input_problem(after);
  }

  // On the Backlog the active fields are Update Backlog's and Switch's: a Save only looks at the choice.
  FrameworkUnit refresh_unit(MergedRow& merged, TabPlan& refreshed) const {
    if (tab_ == Tab::kScoringInputs) return refresh_framework_unit(refreshed, merged);
    TabPlan unused;
    unused.table = &table_;
    MergedRow looked_at(table_, merged.row, merged.record, input_.bases);
    FrameworkUnit unit = refresh_framework_unit(unused, looked_at);
    if (!unit.written) {
      auto& cells = looked_at.base.cells;
      merged.base.cells.insert(merged.base.cells.end(), cells.begin(), cells.end());
    }
    return unit;
  }

  void take_over(TabPlan refreshed) {
    auto& cells = plan_.tab.cells;
    cells.insert(cells.end(), refreshed.cells.begin(), refreshed.cells.end());
    plan_.tab.wants_formulas.merge(refreshed.wants_formulas);
    plan_.tab.wants_displayed.merge(refreshed.wants_displayed);
  }

  void finish_row(MergedRow& merged, InitiativeChange change, FrameworkUnit unit) {
    const TableRow& row = merged.row;
    std::string message;
    InitiativeRecord after = merged.record;
    std::set<FieldId> typed;
    for (const auto& [id, value] : change.values) {
      after.set(id, value);
      typed.insert(id);
    }
    RowReport report{row.row, row.key, RowStatus::kOk, {}, !change.values.empty(), std::nullopt};
    if (tab_ == Tab::kScoringInputs) say_adjustments(after, typed, message, report);
    const std::string unknown = unknown_dependencies(row);
    if (!unknown.empty()) plan_.report.warnings.push_back(row.key + ": " + unknown);
    add_detail(message, unknown);
    report.message = std::move(message);
    report.updated_at = report.changed ? input_.now : merged.record.updated_at;
    if (report.changed) plan_.changes.changed_initiatives.push_back(std::move(change));
    if (!merged.base.cells.empty()) plan_.changes.bases.push_back(std::move(merged.base));
    if (unit.chosen) unit.note = choice_note(after, *unit.chosen);  // with what was typed just now
    plan_.units.emplace(row.key, std::move(unit));
    plan_.report.add(std::move(report));
  }

  static void say_adjustments(const InitiativeRecord& after, const std::set<FieldId>& typed,
                              std::string& message, RowReport& report) {
    for (auto& [id, sentence] : input_adjustments(after)) {
      if (typed.contains(id)) add_detail(message, sentence);
      report.said_before.push_back(std::move(sentence));
    }
  }

  std::string unknown_dependencies(const TableRow& row) const {
    std::string unknown;
    for (const auto& [id, column] : table_.columns().columns) {
      if (field(id).type != FieldType::kKeyList) continue;
      for (const std::string& key : split_keys(table_.raw(row.row, column))) {
        if (input_.stored.find(key) == nullptr) unknown += (unknown.empty() ? "" : ", ") + key;
      }
      if (!unknown.empty()) return fmt::format("{}: unknown key {}", table_.header_of(id), unknown);
    }
    return unknown;
  }

  const SaveInput& input_;
  const SheetTable& table_;
  const Tab tab_;
  const KeyedRows keyed_;
  const ShiftedKeys shifted_;
  SavePlan plan_;
};

}  // namespace

SavePlan plan_initiative_save(const SaveInput& input) { return InitiativeSaver(input).run(); }

}  // namespace roadmap
