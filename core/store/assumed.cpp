#include "core/store/assumed.h"

#include <algorithm>

namespace roadmap {
namespace {

void apply_change(const InitiativeChange& change, InitiativeRecord& record) {
  for (const auto& [id, value] : change.values)
    record.set(id, value);
  if (change.product_org) record.product_org = *change.product_org;
  if (change.intake_tab_key) record.intake_tab_key = *change.intake_tab_key;
  if (!change.touches_values) return;
  record.updated_at = change.updated_at;
  record.updated_source = change.updated_source;
}

}  // namespace

std::vector<InitiativeRecord> with_changes(std::vector<InitiativeRecord> records,
                                           const StoreChanges& changes) {
  records.insert(records.end(), changes.new_initiatives.begin(), changes.new_initiatives.end());
  std::sort(records.begin(), records.end(),
            [](const InitiativeRecord& a, const InitiativeRecord& b) { return a.key < b.key; });
  for (const InitiativeChange& change : changes.changed_initiatives) {
    const auto found = std::lower_bound(
        records.begin(), records.end(), change.key,
        [](const InitiativeRecord& record, const std::string& key) { return record.key < key; });
    if (found != records.end() && found->key == change.key) apply_change(change, *found);
  }
  return records;
}

std::map<std::string, RowBase> with_changes(std::map<std::string, RowBase> bases, const TabAddress& tab,
                                            const StoreChanges& changes) {
  for (const BaseChange& change : changes.bases) {
    if (change.tab != tab) continue;
    RowBase& base = bases[change.key];
    base.key = change.key;
    base.row = change.row;
    for (const auto& [id, cell] : change.cells) {
      BaseCell confirmed = cell;
      if (confirmed.pending) {
        confirmed.sheet = confirmed.stored = std::move(*confirmed.pending);
        confirmed.pending.reset();
      }
      base.cells.insert_or_assign(id, std::move(confirmed));
    }
  }
  return bases;
}

}  // namespace roadmap
