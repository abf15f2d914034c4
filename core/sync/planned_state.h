#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/store/store.h"

namespace roadmap {

// What is stored as it will be once planned changes are committed: the later parts of a dry run are planned
// on what its earlier parts would have stored. Pure.

std::vector<InitiativeRecord> with_changes(std::vector<InitiativeRecord> initiatives,
                                           const StoreChanges& changes);

// Bases of one tab, or of all intake tabs. Pending values stay pending: what a dry run plans is not written.
std::map<std::string, RowBase> with_changes(std::map<std::string, RowBase> bases, const TabAddress& tab,
                                            const StoreChanges& changes);

// The keys of a tab's rows that hold pending values: once their cells are known to stand, they are confirmed.
std::vector<std::string> keys_to_confirm(const StoreChanges& changes, const TabAddress& tab);

}  // namespace roadmap
