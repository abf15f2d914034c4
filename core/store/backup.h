#pragma once

#include <chrono>
#include <filesystem>

#include "core/store/sql.h"

namespace roadmap {

// Writes a consistent copy of what `source` has open to `target`, verifies it (integrity_check) and makes it
// durable; what stood half-done at `target` before a failure is never seen under that name. Throws
// StorageError, also when `target` exists.
void copy_database(SqlConnection& source, const std::filesystem::path& target);

}  // namespace roadmap
