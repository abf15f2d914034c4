#pragma once

#include <string>
#include <vector>

#include "core/ledger/action_run.h"

namespace roadmap {

// The JSON texts in columns of the ledger. Reading throws StorageError for what writing did not make.
std::string to_json(const RunProgress& progress);
std::string to_json(const RunError& error);
std::string to_json_array(const std::vector<std::string>& texts);
RunProgress progress_from_json(const std::string& text);
RunError run_error_from_json(const std::string& text);
std::vector<std::string> from_json_array(const std::string& text);

}  // namespace roadmap
