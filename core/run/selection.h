#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/fields/text.h"
#include "core/run/action_request.h"

namespace roadmap {

// The keys of a request's scope: blanks dropped and counted, repeats dropped and not counted, order kept.
struct Selection {
  std::vector<std::string> keys;
  std::int64_t skipped_no_key = 0;
  std::vector<SelectedRow> rows;  // the exact rows, where the request names them
};

inline Selection select_keys(const Scope& scope) {
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
