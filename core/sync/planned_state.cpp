#include "core/sync/planned_state.h"

#include <algorithm>
#include <unordered_map>

namespace roadmap {

std::vector<InitiativeRecord> with_changes(std::vector<InitiativeRecord> initiatives,
                                           const StoreChanges& changes) {
  initiatives.insert(initiatives.end(), changes.new_initiatives.begin(), changes.new_initiatives.end());
  std::unordered_map<std::string, InitiativeRecord*> by_key;
  for (InitiativeRecord& initiative : initiatives)
    by_key.emplace(initiative.key, &initiative);
  for (const InitiativeChange& change : changes.changed_initiatives) {
    const auto found = by_key.find(change.key);
    if (found == by_key.end()) continue;
    InitiativeRecord& initiative = *found->second;
    for (const auto& [id, value] : change.values)
      initiative.set(id, value);
    if (change.product_org) initiative.product_org = *change.product_org;
    if (change.intake_tab_key) initiative.intake_tab_key = *change.intake_tab_key;
    if (!change.touches_values) continue;
    initiative.updated_at = change.updated_at;
    initiative.updated_source = change.updated_source;
  }
  return initiatives;
}

std::map<std::string, RowBase> with_changes(std::map<std::string, RowBase> bases, const TabAddress& tab,
                                            const StoreChanges& changes) {
  for (const BaseChange& change : changes.bases) {
    if (change.tab != tab) continue;
    RowBase& base = bases[change.key];
    base.key = change.key;
    base.row = change.row;
    for (const auto& [id, cell] : change.cells)
      base.cells.insert_or_assign(id, cell);
  }
  return bases;
}

std::vector<std::string> keys_to_confirm(const StoreChanges& changes, const TabAddress& tab) {
  std::vector<std::string> keys;
  for (const BaseChange& change : changes.bases) {
    const bool pending = std::any_of(change.cells.begin(), change.cells.end(),
                                     [](const auto& cell) { return cell.second.pending.has_value(); });
    if (change.tab == tab && pending) keys.push_back(change.key);
  }
  return keys;
}

}  // namespace roadmap
