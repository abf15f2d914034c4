#include "core/sync/add_to_scoring_plan.h"

#include <fmt/format.h>

#include "core/sync/keyed_rows.h"
#include "core/sync/pm_cells.h"

namespace roadmap {
namespace {

constexpr const char* kAddToken = "pm.add_to_scoring";

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
      plan.changes.bases.push_back(add_initiative_row(*plan.tab.insert, input.table, *record,
                                                      static_cast<int>(plan.added.size()), {}, kAddToken));
      plan.rows.push_back({key, 0, RowStatus::kOk, "added to " + tab});
    }
  }
  if (plan.added.empty()) plan.tab.insert.reset();
  sort_cells(plan.tab);
  return plan;
}

}  // namespace roadmap
