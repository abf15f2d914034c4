#include "core/sync/shifted_keys.h"

#include "core/fields/cell_value.h"
#include "core/fields/registry.h"

namespace roadmap {

ShiftedKeys::ShiftedKeys(const SheetTable& table, const KeyedRows& keyed,
                         const std::map<std::string, RowBase>& bases)
    : table_(table), keyed_(keyed), bases_(bases) {
  // The Backlog's keys are written by the system beside what belongs to them.
  if (table.tab() != Tab::kScoringInputs) return;
  for (const auto& [key, base] : bases)
    last_seen_in_row_.emplace(base.row, &base);
}

std::optional<std::string> ShiftedKeys::owner_of_inputs(const TableRow& row) const {
  const auto last = last_seen_in_row_.find(row.row);
  if (last == last_seen_in_row_.end() || last->second->key == row.key) return std::nullopt;
  const RowBase& other = *last->second;
  if (!shows_inputs_of(row, other)) return std::nullopt;
  const auto own = bases_.find(row.key);
  if (own != bases_.end() && shows_inputs_of(row, own->second)) return std::nullopt;
  const TableRow* others_row = keyed_.find(other.key);
  if (others_row != nullptr && shows_inputs_of(*others_row, other)) return std::nullopt;
  return other.key;
}

bool ShiftedKeys::shows_inputs_of(const TableRow& row, const RowBase& base) const {
  bool any = false;
  for (const auto& [id, cell] : base.cells) {
    if (!table_.has(id)) continue;
    if (!same_value(field(id).type, table_.shown(row, id), cell.sheet)) return false;
    any = any || !is_blank(cell.sheet);
  }
  return any;
}

}  // namespace roadmap
