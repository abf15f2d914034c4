#include "core/store/migrations.h"

#include <fmt/format.h>

#include <set>

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

std::set<std::string> columns_of(SqlConnection& database, std::string_view table) {
  const std::vector<std::string> names = database.prepare("SELECT name FROM pragma_table_info(?)")
                                             .bind(1, std::string(table))
                                             .all([](const SqlStatement& row) { return row.text(0); });
  return {names.begin(), names.end()};
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
    const std::set<std::string> present = columns_of(database, table_name(table));
    for (const FieldId id : fields_of(table)) {
      const Field& added = field(id);
      if (present.count(std::string(added.name)) != 0) continue;
      database.exec(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table_name(table), quoted_name(added.name),
                                column_type(added.type)));
    }
  }
}

}  // namespace roadmap
