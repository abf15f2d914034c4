#include "core/sync/pm_cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/sync/found_in.h"
#include "core/sync/initiative_scores.h"
#include "core/sync/merge_rule.h"
#include "core/sync/row_report.h"

namespace roadmap {
namespace {

// A choice of a row, which keeps all four cells as they are.
FrameworkUnit left_alone(const TabPlan& plan, const MergedRow& merged) {
  const FieldId id = fields::active_framework();
  const ParsedCell parsed = plan.table->parsed(merged.row, id);
  if (const auto* bad = std::get_if<BadCell>(&parsed))
    return {false, true, fmt::format("{}: {}", plan.table->header_of(id), bad->reason)};
  const Cell& chosen = std::get<Cell>(parsed);
  const Cell& active = merged.record.value(id);
  const auto framework = framework_named(to_text(chosen));
  if (same_value(field(id).type, chosen, active)) return {false, true, {}};
  if (framework) return {false, true, choice_note(merged.record, *framework), framework};
  return {false, true,
          fmt::format("no framework is chosen but {} is active: Switch framework", to_text(active))};
}

Cell cell_of_new_row(const InitiativeRecord& record, FieldId id, const std::string& note,
                     const std::string& token) {
  if (id == fields::key()) return Cell(record.key);
  if (id == fields::run_status()) return Cell(status_text(RowStatus::kOk, note));
  if (id == fields::updated_at()) return Cell(sheet_time(record.updated_at));
  if (id == fields::updated_source()) return Cell(token);
  return record.value(id);
}

}  // namespace

const BaseCell* find_base(const RowBase* seen, FieldId id) {
  if (seen == nullptr) return nullptr;
  const auto cell = seen->cells.find(id);
  return cell == seen->cells.end() ? nullptr : &cell->second;
}

const RowBase* last_seen(const SheetTable& table, const TableRow& row,
                         const std::map<std::string, RowBase>& bases) {
  const RowBase* base = found_in(bases, row.key);
  if (base == nullptr) return nullptr;
  const auto& columns = table.columns().columns;
  const bool is_bare = std::none_of(columns.begin(), columns.end(), [&](const auto& entry) {
    const bool is_key = entry.first == fields::key();
    return !is_key && !says_nothing(field(entry.first).type, table.raw(row.row, entry.second));
  });
  return is_bare ? nullptr : base;
}

bool refresh_pm_cell(TabPlan& plan, MergedRow& merged, FieldId id, int column) {
  const Cell& stored = merged.record.value(id);
  const BaseCell* base = find_base(merged.seen, id);
  if (nothing_moved(plan.table->raw(merged.row.row, column), stored, base)) return false;
  const ReadCell cell = plan.table->read(merged.row, id);
  PmMerge merge = merge_pm(field(id).type, cell, stored, base);
  if (merge.unsaved_edit)
    merged.unsaved_edits.push_back({merged.row.key, plan.table->header_of(id), cell.shown, stored});
  if (merge.write && !add_unless_formula(plan, merged.row, id, column, stored)) return false;
  if (merge.base) merged.base.cells.emplace_back(id, std::move(*merge.base));
  return merge.write;
}

bool write_active_scores(TabPlan& plan, const MergedRow& merged) {
  bool written = false;
  for (const auto& [id, column] : plan.table->columns().columns) {
    if (is_active_score(id))
      written = add_if_different(plan, merged.row, id, column, merged.record.value(id)) || written;
  }
  return written;
}

std::string choice_note(const InitiativeRecord& initiative, Framework chosen) {
  return fmt::format("{} is chosen but not active: Switch framework{}", framework_info(chosen).name,
                     before_switch(initiative, chosen));
}

FrameworkUnit refresh_framework_unit(TabPlan& plan, MergedRow& merged) {
  const FieldId id = fields::active_framework();
  const auto column = plan.table->columns().column_of(id);
  if (!column) return {write_active_scores(plan, merged), false, {}};
  const Cell shown = plan.table->shown(merged.row, id);
  const Cell& stored = merged.record.value(id);
  PmMerge merge = merge_pm(field(id).type, shown, stored, find_base(merged.seen, id));
  const bool agrees = same_value(field(id).type, shown, stored);
  const bool follows = agrees || (merge.write && add_unless_formula(plan, merged.row, id, *column, stored));
  if (merge.base && (follows || merge.unsaved_edit))
    merged.base.cells.emplace_back(id, std::move(*merge.base));
  if (merge.unsaved_edit)
    merged.unsaved_edits.push_back({merged.row.key, plan.table->header_of(id), shown, stored});
  if (!follows) return left_alone(plan, merged);
  const bool scores_written = write_active_scores(plan, merged);
  return {merge.write || scores_written, false, {}};
}

void refresh_title(TabPlan& plan, MergedRow& merged) {
  const FieldId id = fields::title();
  const auto column = plan.table->columns().column_of(id);
  if (!column) return;
  const Cell& stored = merged.record.value(id);
  PmMerge merge = merge_title(plan.table->shown(merged.row, id), stored, find_base(merged.seen, id));
  if (merge.write && !add_unless_formula(plan, merged.row, id, *column, stored)) return;
  if (merge.base) merged.base.cells.emplace_back(id, std::move(*merge.base));
}

BaseChange add_initiative_row(RowsInsert& insert, const SheetTable& table, const InitiativeRecord& record,
                              int number, const std::string& note, const std::string& token) {
  BaseChange base{address_of(table.layout()), record.key, 0, {}};
  for (const auto& [id, column] : table.columns().columns) {
    add_new_cell(insert, record.key, number, column, id, cell_of_new_row(record, id, note, token));
    const bool is_merged = field(id).table == Table::kInitiatives &&
                           (owner_on(id, table.tab()) == Owner::kPm || id == fields::title());
    if (is_merged) base.cells.emplace_back(id, base_of_new_cell(record.value(id)));
  }
  return base;
}

void refuse_unreadable_keys(const SheetTable& table, const std::string& code, const std::string& advice) {
  for (const TableRow& row : table.rows()) {
    if (!row.key_unreadable) continue;
    throw Error(code, fmt::format("The key in row {} of tab '{}' shows {}. {}", row.row, table.layout().tab,
                                  trim(to_text(table.raw(row, fields::key()))), advice));
  }
}

bool is_saved_from(FieldId id, Tab tab) {
  return field(id).table == Table::kInitiatives && field(id).on(tab) != nullptr &&
         owner_on(id, tab) == Owner::kPm && id != fields::active_framework();
}

}  // namespace roadmap
