#include "core/sync/add_to_scoring_plan.h"

#include <fmt/format.h>

#include <string>
#include <unordered_map>

#include "core/sync/found_in.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/pm_cells.h"

namespace roadmap {
namespace {

constexpr const char* kAddToken = "pm.add_to_scoring";

// By key, on the tab that the PM stands on: the first of each that the request names.
std::unordered_map<std::string, int> selected_rows(const Selection& selection) {
  std::unordered_map<std::string, int> rows;
  for (const SelectedRow& row : selection.rows)
    rows.emplace(trim(row.initiative_key), row.row);
  return rows;
}

}  // namespace

AddToScoringPlan plan_add_to_scoring(const AddToScoringInput& input) {
  refuse_unreadable_keys(input.table, "scoring_key_unreadable",
                         "Nothing was added; run it again when the cell shows a key.");
  AddToScoringPlan plan;
  plan.tab.table = &input.table;
  plan.tab.insert = RowsInsert{last_keyed_row(input.table), {}};
  const std::string& tab = input.table.layout().tab;
  plan.warnings = input.table.warnings();
  const KeyedRows keyed(input.table, {});
  const std::unordered_map<std::string, int> selected = selected_rows(input.selection);
  for (const std::string& key : input.selection.keys) {
    const int row = found_or_empty(selected, key);
    const InitiativeRecord* record = input.stored.find(key);
    const TableRow* there = keyed.find(key);
    if (record == nullptr) {
      plan.rows.push_back({key, row, RowStatus::kFailed, "unknown key"});
    } else if (there != nullptr) {
      ++plan.already_there;
      plan.rows.push_back({key, row, RowStatus::kOk, fmt::format("already on {}, row {}", tab, there->row)});
    } else {
      plan.added.insert(key);
      plan.changes.bases.push_back(add_initiative_row(*plan.tab.insert, input.table, *record,
                                                      static_cast<int>(plan.added.size()), {}, kAddToken));
      plan.rows.push_back({key, row, RowStatus::kOk, "added to " + tab});
    }
  }
  if (plan.added.empty()) plan.tab.insert.reset();
  sort_cells(plan.tab);
  return plan;
}

}  // namespace roadmap
