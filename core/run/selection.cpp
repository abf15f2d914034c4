#include "core/run/selection.h"

#include <unordered_set>

namespace roadmap {

Selection select_keys(const Scope& scope) {
  Selection selection;
  std::unordered_set<std::string> seen;
  for (const std::string& sent : scope.initiative_keys) {
    const std::string key(trim(sent));
    if (key.empty()) {
      ++selection.skipped_no_key;
    } else if (seen.insert(key).second) {
      selection.keys.push_back(key);
    }
  }
  selection.rows = scope.rows;
  return selection;
}

}  // namespace roadmap
