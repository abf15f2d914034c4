#include "core/store/database_file.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "core/errors.h"
#include "core/fields/registry.h"
#include "core/store/database.h"
#include "core/store/store.h"
#include "test/fakes/open_gate.h"
#include "test/fakes/temporary_folder.h"

namespace roadmap {
namespace {

using Catch::Matchers::Contains;
using test::bytes_of;

DatabaseOptions migrated_at(const std::filesystem::path& path) {
  DatabaseOptions options;
  options.path = path;
  return options;
}

// Changes a file behind the program's back.
void tamper(const std::filesystem::path& path, const std::string& sql) {
  SqlConnection connection(path.string(), SqlAccess::kReadWrite, std::chrono::seconds(5));
  connection.exec(sql);
}

std::vector<std::filesystem::path> backups_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().find(".backup-") != std::string::npos) found.push_back(entry.path());
  }
  return found;
}

TEST_CASE("migrations are numbered from 1 without gaps") {
  int expected = 0;
  for (const Migration& migration : all_migrations())
    CHECK(migration.version == ++expected);
  CHECK(expected >= 1);
}

TEST_CASE("a database of a newer program is refused and stays as it is, byte by byte") {
  test::TemporaryFolder folder;
  const auto path = folder / "roadmap.db";
  {
    DatabaseOptions options = migrated_at(path);
    options.checkpoint = CheckpointMode::kExternal;  // leaves a log that a writer's close would move
    Database database(options);
    database.write([](SqlConnection& writer) {
      writer.exec("INSERT INTO schema_migrations VALUES (7, '0007_later', '2030-01-01T00:00:00.000Z')");
    });
  }
  const std::string file = bytes_of(path);
  const std::string log = bytes_of(folder / "roadmap.db-wal");
  REQUIRE_FALSE(log.empty());
  CHECK_THROWS_WITH(Database(migrated_at(path)),
                    "The database " + path.string() +
                        " was written by a newer roadmapd (schema 7; this program knows " +
                        std::to_string(Database::schema_version_of_program()) +
                        "). Install that version again or restore a backup.");
  CHECK(bytes_of(path) == file);
  CHECK(bytes_of(folder / "roadmap.db-wal") == log);
  CHECK(backups_in(folder.path()).empty());
}

TEST_CASE("another program's database is refused and stays as it is") {
  test::TemporaryFolder folder;
  const auto path = folder / "other.db";
  tamper(path, "PRAGMA application_id = 42; CREATE TABLE theirs (x)");
  const std::string before = bytes_of(path);
  CHECK_THROWS_WITH(Database(migrated_at(path)), Contains("another program"));
  CHECK(bytes_of(path) == before);
}

TEST_CASE("a database that nobody has marked, but that holds tables, is another program's") {
  test::TemporaryFolder folder;
  tamper(folder / "other.db", "CREATE TABLE action_runs (x)");
  CHECK_THROWS_WITH(Database(migrated_at(folder / "other.db")), Contains("another program"));
}

TEST_CASE("a file that is no database is refused and stays as it is") {
  test::TemporaryFolder folder;
  const auto path = folder / "notes.txt";
  std::ofstream(path) << std::string(5000, 'n');
  const std::string before = bytes_of(path);
  CHECK_THROWS_WITH(Database(migrated_at(path)), Contains(path.string()) && Contains("no SQLite database"));
  CHECK(bytes_of(path) == before);
}

TEST_CASE("an empty file, and one that a kill left without tables, become databases") {
  test::TemporaryFolder folder;
  std::ofstream(folder / "empty.db").flush();
  CHECK_NOTHROW(Database(migrated_at(folder / "empty.db")));
  tamper(folder / "killed.db", "PRAGMA journal_mode = WAL");
  REQUIRE(std::filesystem::file_size(folder / "killed.db") > 0);
  CHECK_NOTHROW(Database(migrated_at(folder / "killed.db")));
  CHECK(backups_in(folder.path()).empty());
}

// A database before the first migration: marked as ours, with something in it.
void make_older_database(const std::filesystem::path& path, const std::string& extra) {
  tamper(path, "PRAGMA application_id = " + std::to_string(kApplicationId) +
                   "; CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                   "applied_at TEXT NOT NULL) STRICT; CREATE TABLE old_notes (note TEXT); "
                   "INSERT INTO old_notes VALUES ('kept');" +
                   extra);
}

std::int64_t number_in(const std::filesystem::path& path, const std::string& sql) {
  SqlConnection connection(path.string(), SqlAccess::kReadOnly, std::chrono::seconds(5));
  return connection.number(sql);
}

TEST_CASE("an older database is backed up, then brought up to date") {
  test::TemporaryFolder folder;
  const auto path = folder / "roadmap.db";
  make_older_database(path, "");
  const Database database(migrated_at(path));
  CHECK(database.schema_version() == Database::schema_version_of_program());
  const auto backups = backups_in(folder.path());
  REQUIRE(backups.size() == 1);
  CHECK_THAT(backups[0].filename().string(), Catch::Matchers::StartsWith("roadmap.db.backup-0-2"));
  CHECK(number_in(backups[0], "SELECT count(*) FROM old_notes WHERE note = 'kept'") == 1);
  CHECK(number_in(backups[0], "SELECT count(*) FROM sqlite_schema WHERE name = 'action_runs'") == 0);
}

TEST_CASE("a migration that fails changes nothing") {
  test::TemporaryFolder folder;
  const auto path = folder / "roadmap.db";
  make_older_database(path, "CREATE TABLE counters (something_else)");
  CHECK_THROWS_WITH(Database(migrated_at(path)), Contains("could not be brought up to date"));
  CHECK(number_in(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'initiatives'") == 0);
  CHECK(number_in(path, "SELECT count(*) FROM schema_migrations") == 0);
  CHECK(backups_in(folder.path()).size() == 1);
}

TEST_CASE("a database up to date is opened without a backup") {
  test::TemporaryFolder folder;
  { const Database database(migrated_at(folder / "roadmap.db")); }
  { const Database database(migrated_at(folder / "roadmap.db")); }
  CHECK(backups_in(folder.path()).empty());
}

TEST_CASE("every field of the registry has a column, and one that is missing is added") {
  test::TemporaryFolder folder;
  const auto path = folder / "roadmap.db";
  InitiativeRecord record = make_initiative("INIT-000001");
  record.set(fields::title(), std::string("Payments"));
  {
    Database database(migrated_at(path));
    StoreChanges changes;
    changes.new_initiatives.push_back(record);
    Store(database).begin_planning().commit(changes, roadmap::test::open_gate());
  }
  tamper(path, "ALTER TABLE initiatives DROP COLUMN hypothesis; ALTER TABLE params DROP COLUMN unit");
  Database database(migrated_at(path));
  const auto found = Store(database).find_initiative("INIT-000001");
  REQUIRE(found);
  CHECK(found->value(fields::title()) == Cell("Payments"));
  CHECK(found->value(field_id(Table::kInitiatives, "hypothesis")) == Cell());
  CHECK(number_in(path, "SELECT count(*) FROM pragma_table_info('params') WHERE name = 'unit'") == 1);
  for (const FieldId id : fields_of(Table::kMathModels)) {
    CHECK(number_in(path, "SELECT count(*) FROM pragma_table_info('math_models') WHERE name = '" +
                              std::string(field(id).name) + "'") == 1);
  }
}

// What the first version filed, before values were owned.
void make_database_of_version_2(const std::filesystem::path& path, const std::string& content) {
  { const Database database(migrated_at(path)); }
  tamper(path,
         "DROP TABLE seen_key_numbers; DROP TABLE IF EXISTS write_intents;"
         "DROP TABLE untold_news; DROP TRIGGER action_runs_tell_news;"
         "ALTER TABLE action_runs DROP COLUMN crashes;"
         "DELETE FROM schema_migrations WHERE version > 2;" +
             content);
}

std::string an_initiative(const std::string& key) {
  return "INSERT INTO initiatives (initiative_key, created_at, updated_at, updated_source) VALUES ('" + key +
         "', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z', 'x');";
}

// The text of one row's bases: `|` separates the parts of a line, `~` ends it, `"` begins a text.
std::string a_base(const std::string& spreadsheet, const std::string& tab, std::string cells) {
  std::string sql;
  for (const char c : cells) {
    if (c == '|') {
      sql += "'||char(9)||'";
    } else if (c == '~') {
      sql += "'||char(10)||'";
    } else if (c == '"') {
      sql += "''";
    } else {
      sql += c;
    }
  }
  return "INSERT INTO sheet_rows VALUES ('" + spreadsheet + "', '" + tab + "', 'INIT-000001', 2, '" + sql +
         "');";
}

TEST_CASE("a base that met a differing cell, never saved, becomes an unsaved edit; a blank cell is filled") {
  test::TemporaryFolder folder;
  const auto path = folder / "roadmap.db";
  make_database_of_version_2(
      path, a_base("book", "backlog",
                   "i:title|\"The PM\\ts|\"Stored~i:country|-|\"DE~i:use_math_model|F|T~i:status|\"new~"
                   "i:hypothesis|\"a|\"b|\"c~i:llm_notes|\"a|=|\"c~"));
  Database database(migrated_at(path));
  Store store(database);
  const auto bases = store.begin_planning().bases({"book", "backlog"});
  const BaseCells& cells = bases.at("INIT-000001").cells;
  CHECK(cells.at(fields::title()) == BaseCell{Cell("Stored"), Cell("Stored"), std::nullopt});
  CHECK(cells.find(field_id(Table::kInitiatives, "country")) == cells.end());
  CHECK(cells.find(fields::use_math_model()) == cells.end());
  CHECK(cells.at(fields::status()) == BaseCell{Cell("new"), Cell("new"), std::nullopt});
  CHECK(cells.at(field_id(Table::kInitiatives, "hypothesis")) == BaseCell{Cell("a"), Cell("b"), Cell("c")});
  CHECK(cells.at(field_id(Table::kInitiatives, "llm_notes")) == BaseCell{Cell("a"), Cell("a"), Cell("c")});
}

TEST_CASE("a team's value that was kept out stays kept out") {
  test::TemporaryFolder folder;
  const auto path = folder / "roadmap.db";
  make_database_of_version_2(
      path,
      a_base("intake", "", "i:title|\"Team|\"PM~i:country|-|\"DE~i:status|-|\"new~i:requesting_team|\"Web~"));
  Database database(migrated_at(path));
  Store store(database);
  const auto bases = store.begin_planning().bases({"intake", ""});
  const BaseCells& cells = bases.at("INIT-000001").cells;
  CHECK(cells.at(fields::title()) == BaseCell{Cell("Team"), Cell("Team"), std::nullopt, true});
  CHECK(cells.at(field_id(Table::kInitiatives, "country")) == BaseCell{Cell(), Cell(), std::nullopt});
  CHECK(cells.at(fields::status()) == BaseCell{Cell(), Cell("new"), std::nullopt});
  CHECK(cells.at(fields::requesting_team()) == BaseCell{Cell("Web"), Cell("Web"), std::nullopt});
}

TEST_CASE("a counter that one typed key had moved far away goes on after the last key without a gap") {
  test::TemporaryFolder folder;
  const auto next = [&](const std::string& name, const std::string& content) {
    const auto path = folder / name;
    make_database_of_version_2(path, content);
    Database database(migrated_at(path));
    Store store(database);
    return store.begin_planning().next_key_number();
  };
  const auto counter = [](const std::string& value) { return "UPDATE counters SET value = " + value + ";"; };
  const std::string keys = an_initiative("INIT-000001") + an_initiative("INIT-000007");
  CHECK(next("a", keys + counter("500")) == 500);
  CHECK(next("b", keys + an_initiative("INIT-999999999999") + an_initiative("INIT-1000000000000") +
                      counter("1000000000001")) == 8);
  CHECK(next("c", keys + an_initiative("INIT-9223372036854775806") + counter("9223372036854775807")) == 8);
  CHECK(next("d", keys + an_initiative("INIT-900000000") + an_initiative("INIT-900000001") +
                      counter("900000002")) == 8);
  CHECK(next("e", keys + an_initiative("INIT-100008") + counter("100009")) == 100009);
  CHECK(next("f", counter("1000000000000")) == 1);
}

}  // namespace
}  // namespace roadmap
