#pragma once

#include <filesystem>

#include "core/store/sql.h"

namespace roadmap {

// Writes a consistent copy of what `source` has open to `target`, verifies it (integrity_check) and makes it
// durable, for its owner's eyes only; what stood half-done at `target` before a failure is never seen under
// that name. Throws StorageError, also when `target` exists.
void copy_database(SqlConnection& source, const std::filesystem::path& target);

// Makes a database file, empty where there is none, and those beside it of mode 0600, whatever the umask:
// SQLite gives what it makes beside a database the database's own mode. Call while this process has it not
// open. Throws StorageError.
void keep_private(const std::filesystem::path& database);

}  // namespace roadmap
