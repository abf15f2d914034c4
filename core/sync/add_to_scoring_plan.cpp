#include "core/sync/add_to_scoring_plan.h"

#include <fmt/format.h>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/merge_rule.h"
#include "core/sync/row_report.h"
#include "core/sync/tab_address.h"

namespace roadmap {
namespace {

constexpr const char* kAddToken = "pm.add_to_scoring";

void refuse_unreadable_scoring_keys(const SheetTable& table) {
  for (const TableRow& row : table.rows()) {
    if (!row.key_unreadable) continue;
    throw Error(
        "scoring_key_unreadable",
        fmt::format("The key in row {} of tab '{}' shows {}. Nothing was added; run it again when the "
                    "cell shows a key.",
                    row.row, table.layout().tab, trim(to_text(table.raw(row, fields::key())))));
  }
}

Cell cell_of_new_row(const InitiativeRecord& record, FieldId id) {
  if (id == fields::key()) return Cell(record.key);
  if (id == fields::run_status()) return Cell(status_text(RowStatus::kOk, {}));
  if (id == fields::updated_at()) return Cell(sheet_time(record.updated_at));
  if (id == fields::updated_source()) return Cell(std::string(kAddToken));
  return record.value(id);
}

void add_scoring_row(const InitiativeRecord& record, int number, AddToScoringPlan& plan) {
  const SheetTable& table = *plan.tab.table;
  BaseChange base{address_of(table.layout()), record.key, 0, {}};
  for (const auto& [id, column] : table.columns().columns) {
    add_new_cell(*plan.tab.insert, record.key, number, column, id, cell_of_new_row(record, id));
    const bool is_merged = field(id).table == Table::kInitiatives &&
                           (owner_on(id, Tab::kScoringInputs) == Owner::kPm || id == fields::title());
    if (is_merged) base.cells.emplace_back(id, base_of_new_cell(record.value(id)));
  }
  plan.changes.bases.push_back(std::move(base));
}

}  // namespace

AddToScoringPlan plan_add_to_scoring(const AddToScoringInput& input) {
  refuse_unreadable_scoring_keys(input.table);
  AddToScoringPlan plan;
  plan.tab.table = &input.table;
  plan.tab.insert = RowsInsert{last_keyed_row(input.table), {}};
  const std::string& tab = input.table.layout().tab;
  plan.warnings = input.table.warnings();
  const KeyedRows keyed(input.table, {});
  for (const std::string& key : input.selection.keys) {
    const InitiativeRecord* record = input.stored.find(key);
    const TableRow* there = keyed.find(key);
    if (record == nullptr) {
      plan.rows.push_back({key, 0, RowStatus::kFailed, "unknown key"});
    } else if (there != nullptr) {
      ++plan.already_there;
      plan.rows.push_back(
          {key, there->row, RowStatus::kOk, fmt::format("already on {}, row {}", tab, there->row)});
    } else {
      plan.added.insert(key);
      add_scoring_row(*record, static_cast<int>(plan.added.size()), plan);
      plan.rows.push_back({key, 0, RowStatus::kOk, "added to " + tab});
    }
  }
  if (plan.added.empty()) plan.tab.insert.reset();
  sort_cells(plan.tab);
  return plan;
}

}  // namespace roadmap
