#include "core/sync/model_rows_plan.h"

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/keyed_rows.h"
#include "core/sync/tab_plan.h"

namespace roadmap {

std::optional<RowsInsert> plan_model_rows(const SheetTable& math_models,
                                          const std::vector<const InitiativeRecord*>& initiatives) {
  const KeyedRows keyed(math_models, {});
  const bool unreadable = std::any_of(math_models.rows().begin(), math_models.rows().end(),
                                      [](const TableRow& row) { return row.key_unreadable; });
  if (unreadable) return std::nullopt;  // any of them may stand behind a key that does not show yet
  RowsInsert insert{last_keyed_row(math_models), {}};
  int rows = 0;
  const auto name = math_models.columns().column_of(fields::model_name());
  const auto key = math_models.columns().column_of(fields::key());
  for (const InitiativeRecord* initiative : initiatives) {
    const bool is_marked = initiative->value(fields::use_math_model()) == Cell(true);
    if (!is_marked || keyed.find(initiative->key) != nullptr) continue;
    ++rows;
    add_new_cell(insert, initiative->key, rows, *key, fields::key(), Cell(initiative->key));
    if (name)
      add_new_cell(insert, initiative->key, rows, *name, fields::model_name(),
                   initiative->value(fields::title()));
  }
  if (rows == 0) return std::nullopt;
  return insert;
}

}  // namespace roadmap
