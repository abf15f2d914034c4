#include "core/store/database_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/store/records.h"

namespace roadmap {
namespace {

constexpr const char* kCreateSchemaMigrations =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT";

constexpr std::string_view column_type(FieldType type) {
  if (type == FieldType::kNumber) return "REAL";
  if (type == FieldType::kBool) return "INTEGER";
  return "TEXT";
}

constexpr std::chrono::milliseconds kCopyBusyTimeout{5000};
constexpr std::string_view kPartial = ".partial-";  // and the process's number

// fsync of a file or folder by path. Only ever given the finished copy, which no connection has open.
void sync_to_disk(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw StorageError("The backup could not be written to disk.", std::strerror(error));
}

void verify_copy(const std::filesystem::path& copy) {
  SqlConnection database(copy.string(), SqlAccess::kReadOnly, kCopyBusyTimeout);
  SqlStatement check = database.prepare("PRAGMA integrity_check");
  if (!check.step() || check.text(0) != "ok") {
    throw StorageError("The backup of the database is damaged, so it was not kept. Check the database.",
                       check.text(0));
  }
  inspect_schema(database, copy.string());
}

}  // namespace

SchemaState inspect_schema(SqlConnection& database, const std::string& path) {
  const std::int64_t application = database.number("PRAGMA application_id");
  const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (application == 0 && empty) return {true, 0};
  if (application != kApplicationId) {
    throw StorageError("The file " + path +
                       " is a database of another program. Choose another path for the ledger.");
  }
  const auto version = static_cast<int>(database.number("SELECT max(version) FROM schema_migrations"));
  const int known = all_migrations().back().version;
  if (version > known) {
    throw StorageError(
        fmt::format("The database {} was written by a newer roadmapd (schema {}; this program "
                    "knows {}). Install that version again or restore a backup.",
                    path, version, known));
  }
  return {false, version};
}

void apply_migrations(SqlConnection& database, int version, const std::string& applied_at) {
  if (version == 0) {
    database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    database.exec(kCreateSchemaMigrations);
  }
  for (const Migration& migration : all_migrations()) {
    if (migration.version <= version) continue;
    database.exec(std::string(migration.sql));
    database.prepare("INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?)")
        .bind_all(migration.version, std::string(migration.name), applied_at)
        .run();
  }
}

void add_field_columns(SqlConnection& database) {
  for (const Table table : {Table::kInitiatives, Table::kMathModels, Table::kParams}) {
    const std::vector<std::string> present = database.prepare("SELECT name FROM pragma_table_info(?)")
                                                 .bind(1, std::string(table_name(table)))
                                                 .all([](const SqlStatement& row) { return row.text(0); });
    for (const FieldId id : fields_of(table)) {
      const Field& added = field(id);
      if (std::find(present.begin(), present.end(), added.name) != present.end()) continue;
      database.exec(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table_name(table), quoted_name(added.name),
                                column_type(added.type)));
    }
  }
}

void keep_private(const std::filesystem::path& database) {
  constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
  // O_EXCL: a file that is there is never opened here, nor closed, which would drop SQLite's locks on it.
  const int made = ::open(database.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (made >= 0) ::close(made);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string file = database.string() + suffix;
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) continue;
    const bool private_already = (found.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)) == kOwnerOnly;
    if (private_already || ::chmod(file.c_str(), kOwnerOnly) == 0) continue;
    const int error = errno;
    throw StorageError("The file " + database.string() + " cannot be kept from others' eyes.",
                       std::strerror(error));
  }
}

namespace {

// Copies that a killed process left half-done beside the target, each as large as a ledger.
void remove_stale_copies(const std::filesystem::path& target) {
  std::error_code ignored;  // what cannot be looked at or removed is in nobody's way
  const std::string prefix = target.filename().string().append(kPartial);
  std::filesystem::path folder = target.parent_path();
  if (folder.empty()) folder = ".";
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const auto pid = static_cast<pid_t>(std::strtol(name.c_str() + prefix.size(), nullptr, 10));
    if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH) std::filesystem::remove(entry.path(), ignored);
  }
}

}  // namespace

void copy_database(SqlConnection& source, const std::filesystem::path& target) {
  std::error_code ignored;
  if (std::filesystem::exists(target, ignored)) {
    throw StorageError("The file " + target.string() + " exists already. Choose another name.");
  }
  std::filesystem::path partial = target;
  partial += fmt::format("{}{}", kPartial, ::getpid());  // two backups at once are in nobody's way
  remove_stale_copies(target);
  std::filesystem::remove(partial, ignored);
  try {
    keep_private(partial);
    source.prepare("VACUUM INTO ?").bind(1, partial.string()).run();
    verify_copy(partial);
    sync_to_disk(partial);
    std::filesystem::rename(partial, target);
    sync_to_disk(std::filesystem::absolute(target).parent_path());
  } catch (const std::filesystem::filesystem_error& error) {
    std::filesystem::remove(partial, ignored);
    throw StorageError("The backup " + target.string() + " could not be put in its place.", error.what());
  } catch (const StorageError&) {
    std::filesystem::remove(partial, ignored);
    throw;
  }
}

}  // namespace roadmap
