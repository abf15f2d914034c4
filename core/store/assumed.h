#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/store/store.h"

namespace roadmap {

// Stored state as it will be once planned changes are committed and what they write is seen to stand: what
// the later parts of a dry run plan on.
std::vector<InitiativeRecord> with_changes(std::vector<InitiativeRecord> records,
                                           const StoreChanges& changes);
std::map<std::string, RowBase> with_changes(std::map<std::string, RowBase> bases, const TabAddress& tab,
                                            const StoreChanges& changes);

}  // namespace roadmap
