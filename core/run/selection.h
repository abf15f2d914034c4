#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/run/action_request.h"

namespace roadmap {

// The keys of a request's scope: blanks dropped and counted, repeats dropped and not counted, order kept.
struct Selection {
  std::vector<std::string> keys;
  std::int64_t skipped_no_key = 0;
  std::vector<SelectedRow> rows;  // the exact rows, where the request names them
};

Selection select_keys(const Scope& scope);

}  // namespace roadmap
