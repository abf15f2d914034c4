#include "core/sync/backlog_save_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/row_provenance.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kStoredToken = "flow1.backlogsheet_read";

// Whether people type this field on another tab too. A stale copy of such a value must not undo what was
// saved there.
bool is_typed_elsewhere(FieldId id) {
  const auto& columns = field(id).columns;
  return std::any_of(columns.begin(), columns.end(), [](const TabColumn& column) {
    return !column.header.empty() && column.tab != Tab::kBacklog &&
           (column.owner == Owner::kPm || column.owner == Owner::kTeam);
  });
}

class BacklogSaver {
 public:
  explicit BacklogSaver(const BacklogSaveInput& input)
      : input_(input),
        table_(input.table),
        address_(address_of(input.table.layout())),
        keyed_(table_, input.bases) {
    for (const SelectedRow& row : input.selection.rows)
      selected_rows_[row.initiative_key].push_back(row.row);
  }

  BacklogSavePlan run() {
    for (const std::string& warning : table_.columns().warnings) {
      plan_.result.warnings.push_back(table_.layout().tab + ": " + warning);
    }
    for (const std::string& key : input_.selection.keys)
      plan_key(key);
    RunSummary& summary = plan_.result.summary;
    summary.success = plan_.saved;
    summary.failed = static_cast<std::int64_t>(input_.selection.keys.size()) - plan_.saved;
    summary.skipped = input_.selection.skipped_no_key;
    summary.total = summary.success + summary.failed + summary.skipped;
    return std::move(plan_);
  }

 private:
  void plan_key(const std::string& key) {
    const TableRow* row = keyed_.find(key);
    if (row == nullptr) {
      plan_.result.rows.push_back({key, 0, RowStatus::kFailed, "not on this tab"});
      return;
    }
    const bool own_row_selected = fail_selected_copies(key, *row);
    if (!own_row_selected) return;
    const InitiativeRecord* record = input_.stored.find(key);
    if (record == nullptr) return fail(*row, "unknown key");
    save(*row, *record);
  }

  // Marks the copies among the rows that the PM selected. False when nothing but copies of this key was
  // selected.
  bool fail_selected_copies(const std::string& key, const TableRow& own) {
    const auto selected = selected_rows_.find(key);
    if (selected == selected_rows_.end()) return true;
    int copies = 0;
    int others = 0;
    int first_copy = 0;
    for (const int number : selected->second) {
      const TableRow* row = row_at(number);
      const auto original = row != nullptr && row->key == key ? keyed_.original_of(*row) : std::nullopt;
      if (!original) {
        ++others;
        continue;
      }
      if (++copies == 1) first_copy = number;
      const std::string why = fmt::format("duplicate key, see row {}", *original);
      write_provenance(table_, *row, {status_text(RowStatus::kFailed, why), input_.sheet_token, {}},
                       plan_.writes);
    }
    if (copies == 0 || others > 0) return true;
    plan_.result.rows.push_back(
        {key, first_copy, RowStatus::kFailed, fmt::format("duplicate key, see row {}", own.row)});
    return false;
  }

  const TableRow* row_at(int number) const {
    const int index = number - table_.layout().first_data_row;
    const bool there = index >= 0 && index < static_cast<int>(table_.rows().size());
    return there ? &table_.rows()[static_cast<std::size_t>(index)] : nullptr;
  }

  void fail(const TableRow& row, const std::string& why) {
    write_provenance(table_, row, {status_text(RowStatus::kFailed, why), input_.sheet_token, {}},
                     plan_.writes);
    plan_.result.rows.push_back({row.key, row.row, RowStatus::kFailed, why});
  }

  // Every cell that a PM types on this row, converted; a sentence naming each bad one otherwise.
  std::string read_row(const TableRow& row, std::vector<std::pair<FieldId, Cell>>& cells) const {
    std::string problems;
    for (const auto& [id, column] : table_.columns().columns) {
      if (field(id).table != Table::kInitiatives || owner_on(id, Tab::kBacklog) != Owner::kPm) continue;
      ParsedCell parsed = table_.parsed(row, id);
      if (const auto* bad = std::get_if<BadCell>(&parsed)) {
        problems += fmt::format("{}{}: {}", problems.empty() ? "" : "; ", table_.header_of(id), bad->reason);
      } else if (id != fields::active_framework()) {
        cells.emplace_back(id, std::get<Cell>(std::move(parsed)));
      }
    }
    return problems;
  }

  void save(const TableRow& row, const InitiativeRecord& record) {
    std::vector<std::pair<FieldId, Cell>> cells;
    const std::string problems = read_row(row, cells);
    if (!problems.empty()) return fail(row, problems);
    const auto found = input_.bases.find(row.key);
    InitiativeChange change{row.key, {}, std::nullopt, std::nullopt, input_.now, kStoredToken, true};
    BaseChange base{address_, row.key, row.row, {}};
    for (auto& [id, cell] : cells) {
      const BaseCell* cell_base = nullptr;
      if (found != input_.bases.end()) {
        const auto at = found->second.cells.find(id);
        if (at != found->second.cells.end()) cell_base = &at->second;
      }
      const SaveRule rule = is_typed_elsewhere(id) ? SaveRule::kEditsOnly : input_.rule;
      SaveMerge merge = merge_save(field(id).type, rule, cell, record.value(id), cell_base);
      if (merge.base) base.cells.emplace_back(id, std::move(*merge.base));
      if (merge.take) change.values.emplace_back(id, std::move(cell));
    }
    finish_row(row, record, std::move(change), std::move(base), unknown_dependencies(row));
  }

  void finish_row(const TableRow& row, const InitiativeRecord& record, InitiativeChange change,
                  BaseChange base, const std::string& message) {
    const bool changed = !change.values.empty();
    const UtcTime updated_at = changed ? input_.now : record.updated_at;
    if (changed) plan_.changes.changed_initiatives.push_back(std::move(change));
    if (!base.cells.empty()) plan_.changes.bases.push_back(std::move(base));
    ++plan_.saved;
    if (!message.empty()) plan_.result.warnings.push_back(row.key + ": " + message);
    if (changed || input_.status == StatusPolicy::kEverySelectedRow) {
      write_provenance(table_, row,
                       {status_text(RowStatus::kOk, message), input_.sheet_token, sheet_time(updated_at)},
                       plan_.writes);
      plan_.result.rows.push_back({row.key, row.row, RowStatus::kOk, message});
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

  const BacklogSaveInput& input_;
  const SheetTable& table_;
  const TabAddress address_;
  const KeyedRows keyed_;
  std::map<std::string, std::vector<int>> selected_rows_;  // row numbers by key
  BacklogSavePlan plan_;
};

}  // namespace

BacklogSavePlan plan_backlog_save(const BacklogSaveInput& input) { return BacklogSaver(input).run(); }

}  // namespace roadmap
