#include "core/sync/shifted_keys.h"

#include <algorithm>

#include "core/fields/registry.h"
#include "core/sync/merge_rule.h"

namespace roadmap {
namespace {

constexpr int kUnknownRowEvidence = 2;  // filled cells, where nothing was ever seen beside the row's own key

int judged_cells(const SheetTable& table, const RowBase& base) {
  return static_cast<int>(std::count_if(base.cells.begin(), base.cells.end(), [&](const auto& cell) {
    return table.has(cell.first) && owner_on(cell.first, table.tab()) == Owner::kPm;
  }));
}

}  // namespace

ShiftedKeys::ShiftedKeys(const SheetTable& table, const KeyedRows& keyed,
                         const std::map<std::string, RowBase>& bases)
    : table_(table), keyed_(keyed), bases_(bases) {}

std::optional<std::string> ShiftedKeys::owner_of_inputs(const TableRow& row) {
  // The Backlog's keys are written by the system beside what belongs to them.
  if (table_.tab() != Tab::kScoringInputs) return std::nullopt;
  const auto own_base = bases_.find(row.key);
  const bool is_known = own_base != bases_.end();
  const Agreement own = is_known ? agreement(row, own_base->second) : Agreement{};
  if (is_known && own.all == judged_cells(table_, own_base->second)) return std::nullopt;
  if (!displaced_) find_displaced();
  const int least_filled = is_known ? 1 : kUnknownRowEvidence;
  Agreement best = own;
  std::optional<std::string> owner;
  for (const Displaced& displaced : *displaced_) {
    if (displaced.base->key == row.key) continue;
    const Agreement other = agreement(row, *displaced.base);
    const bool agrees_better = other.all > best.all && other.filled > best.filled &&
                               other.filled >= least_filled && other.filled > displaced.own_row.filled &&
                               2 * other.all > judged_cells(table_, *displaced.base);
    if (!agrees_better) continue;
    best = other;
    owner = displaced.base->key;
  }
  return owner;
}

ShiftedKeys::Agreement ShiftedKeys::agreement(const TableRow& row, const RowBase& base) const {
  Agreement agreement;
  for (const auto& [id, cell] : base.cells) {
    if (!table_.has(id) || owner_on(id, table_.tab()) != Owner::kPm) continue;
    const Cell shown = table_.shown(row, id);
    if (!agrees_with_base(field(id).type, shown, cell)) continue;
    ++agreement.all;
    if (!says_nothing(field(id).type, shown)) ++agreement.filled;
  }
  return agreement;
}

void ShiftedKeys::find_displaced() {
  displaced_.emplace();
  for (const auto& [key, base] : bases_) {
    const TableRow* row = keyed_.find(key);
    const Agreement now = row == nullptr ? Agreement{} : agreement(*row, base);
    if (row == nullptr || now.all < judged_cells(table_, base)) displaced_->push_back({&base, now});
  }
}

}  // namespace roadmap
