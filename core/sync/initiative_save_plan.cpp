#include "core/sync/initiative_save_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/row_selection.h"
#include "core/sync/shifted_keys.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

const char* stored_token(Tab tab) {
  return tab == Tab::kBacklog ? "flow1.backlogsheet_read" : "flow3.productopssheet_read_inputs";
}

// Whether people type this field on another tab too. A stale copy of such a value must not undo what was
// saved there.
bool is_typed_elsewhere(FieldId id, Tab here) {
  const auto& columns = field(id).columns;
  return std::any_of(columns.begin(), columns.end(), [&](const TabColumn& column) {
    return !column.header.empty() && column.tab != here &&
           (column.owner == Owner::kPm || column.owner == Owner::kTeam);
  });
}

class InitiativeSaver {
 public:
  explicit InitiativeSaver(const InitiativeSaveInput& input)
      : input_(input),
        table_(input.table),
        tab_(input.table.tab()),
        address_(address_of(input.table.layout())),
        keyed_(table_, input.bases),
        shifted_(table_, keyed_, input.bases) {}

  InitiativeSavePlan run() {
    for (const std::string& warning : table_.columns().warnings)
      plan_.report.warnings.push_back(table_.layout().tab + ": " + warning);
    const RowSelection selection(table_, keyed_, input_.stored, input_.selection);
    report_selection(selection, plan_.report,
                     [&](const SelectedInitiative& selected) { save(*selected.row, *selected.record); });
    return std::move(plan_);
  }

 private:
  // Every cell that a PM types on this row, converted; a sentence naming each bad one otherwise.
  std::string read_row(const TableRow& row, std::vector<std::pair<FieldId, Cell>>& cells) const {
    std::string problems;
    for (const auto& [id, column] : table_.columns().columns) {
      const bool is_saved = is_saved_from(id, tab_);
      if (!is_saved && id != fields::active_framework()) continue;
      ParsedCell parsed = table_.parsed(row, id);
      if (const auto* bad = std::get_if<BadCell>(&parsed)) {
        add_detail(problems, fmt::format("{}: {}", table_.header_of(id), bad->reason));
      } else if (is_saved) {
        cells.emplace_back(id, std::get<Cell>(std::move(parsed)));
      }
    }
    return problems;
  }

  void save(const TableRow& row, const InitiativeRecord& record) {
    std::vector<std::pair<FieldId, Cell>> cells;
    const std::string problems = read_row(row, cells);
    if (!problems.empty()) return plan_.report.fail(row, problems);
    if (const auto owner = shifted_.owner_of_inputs(row))
      return plan_.report.fail(row, "these inputs belong to " + *owner);
    InitiativeChange change;
    change.key = row.key;
    change.updated_at = input_.now;
    change.updated_source = stored_token(tab_);
    BaseChange base{address_, row.key, row.row, {}};
    merge(record, cells, change, base);
    if (tab_ == Tab::kScoringInputs) {
      InitiativeRecord after = record;
      for (const auto& [id, value] : change.values)
        after.set(id, value);
      const std::string refused = scoring_input_problem(after);
      if (!refused.empty()) return plan_.report.fail(row, refused);
    }
    finish_row(row, record, std::move(change), std::move(base));
  }

  void merge(const InitiativeRecord& record, const std::vector<std::pair<FieldId, Cell>>& cells,
             InitiativeChange& change, BaseChange& base) const {
    const auto found = input_.bases.find(record.key);
    for (const auto& [id, cell] : cells) {
      const BaseCell* cell_base = nullptr;
      if (found != input_.bases.end()) {
        const auto at = found->second.cells.find(id);
        if (at != found->second.cells.end()) cell_base = &at->second;
      }
      const SaveRule rule = is_typed_elsewhere(id, tab_) ? SaveRule::kEditsOnly : input_.rule;
      SaveMerge merge = merge_save(field(id).type, rule, cell, record.value(id), cell_base);
      if (merge.base) base.cells.emplace_back(id, std::move(*merge.base));
      if (merge.take) change.values.emplace_back(id, cell);
    }
  }

  void finish_row(const TableRow& row, const InitiativeRecord& record, InitiativeChange change,
                  BaseChange base) {
    const bool changed = !change.values.empty();
    if (changed) plan_.changes.changed_initiatives.push_back(std::move(change));
    const auto known = input_.bases.find(row.key);
    const bool moved = known != input_.bases.end() && known->second.row != row.row;
    if (!base.cells.empty() || moved) plan_.changes.bases.push_back(std::move(base));
    const std::string message = unknown_dependencies(row);
    if (!message.empty()) plan_.report.warnings.push_back(row.key + ": " + message);
    plan_.report.add(
        {row.row, row.key, RowStatus::kOk, message, changed, changed ? input_.now : record.updated_at});
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

  const InitiativeSaveInput& input_;
  const SheetTable& table_;
  const Tab tab_;
  const TabAddress address_;
  const KeyedRows keyed_;
  const ShiftedKeys shifted_;
  InitiativeSavePlan plan_;
};

}  // namespace

InitiativeSavePlan plan_initiative_save(const InitiativeSaveInput& input) {
  return InitiativeSaver(input).run();
}

bool is_saved_from(FieldId id, Tab tab) {
  return field(id).table == Table::kInitiatives && field(id).on(tab) != nullptr &&
         owner_on(id, tab) == Owner::kPm && id != fields::active_framework();
}

}  // namespace roadmap
