#include "core/sync/model_rows_plan.h"

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"

namespace roadmap {

std::optional<RowsInsert> plan_model_rows(const SheetTable& math_models,
                                          const std::vector<const InitiativeRecord*>& initiatives) {
  const KeyedRows keyed(math_models, {});
  const bool unreadable = std::any_of(math_models.rows().begin(), math_models.rows().end(),
                                      [](const TableRow& row) { return row.key_unreadable; });
  if (unreadable) return std::nullopt;  // any of them may stand behind a key that does not show yet
  RowsInsert insert;
  insert.after_row = std::max(keyed.last_row(), math_models.layout().first_data_row - 1);
  const auto name = math_models.columns().column_of(fields::model_name());
  const auto key = math_models.columns().column_of(fields::key());
  for (const InitiativeRecord* initiative : initiatives) {
    const bool is_marked = initiative->value(fields::use_math_model()) == Cell(true);
    if (!is_marked || keyed.find(initiative->key) != nullptr) continue;
    RowWrite row{0, initiative->key, {{*key, Cell(initiative->key)}}};
    if (name) row.cells.push_back({*name, initiative->value(fields::title())});
    std::sort(row.cells.begin(), row.cells.end(),
              [](const CellWrite& a, const CellWrite& b) { return a.column < b.column; });
    insert.rows.push_back(std::move(row));
  }
  if (insert.rows.empty()) return std::nullopt;
  return insert;
}

}  // namespace roadmap
