#include "core/store/database.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <future>
#include <stop_token>
#include <thread>

#include "core/errors.h"
#include "core/store/sql.h"
#include "test/fakes/full_disk.h"
#include "test/fakes/temporary_folder.h"

namespace roadmap {
namespace {

using Catch::Matchers::Contains;
using test::bytes_of;

DatabaseOptions at(const std::filesystem::path& path) {
  DatabaseOptions options;
  options.path = path;
  return options;
}

void add_counter(Database& database, const std::string& name) {
  database.write([&](SqlConnection& writer) {
    writer.prepare("INSERT INTO counters VALUES (?, 1)").bind(1, name).run();
  });
}

// Root may write anywhere: while one of these lives, nobody's rights count instead.
class WithoutRootsRights {
 public:
  WithoutRootsRights() {
    if (::geteuid() == 0) REQUIRE(::seteuid(kNobody) == 0);
  }
  ~WithoutRootsRights() {
    if (::getuid() == 0 && ::seteuid(0) != 0) std::abort();
  }
  WithoutRootsRights(const WithoutRootsRights&) = delete;
  WithoutRootsRights& operator=(const WithoutRootsRights&) = delete;

  static void give(const std::filesystem::path& path) {
    if (::geteuid() == 0) REQUIRE(::chown(path.c_str(), kNobody, kNobody) == 0);
  }

 private:
  static constexpr uid_t kNobody = 65534;
};

std::int64_t count_counters(const Database& database) {
  std::int64_t count = 0;
  database.read([&](SqlConnection& reader) { count = reader.number("SELECT count(*) FROM counters"); });
  return count;
}

TEST_CASE("what was written is there when the file is opened again") {
  test::TemporaryFolder folder;
  {
    Database database(at(folder / "roadmap.db"));
    add_counter(database, "kept");
  }
  const Database reopened(at(folder / "roadmap.db"));
  CHECK(count_counters(reopened) == 2);
  CHECK(reopened.schema_version() == Database::schema_version_of_program());
}

TEST_CASE("the writer is durable and checks foreign keys") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  database.write([](SqlConnection& writer) {
    CHECK(writer.number("PRAGMA synchronous") == 2);  // FULL
    CHECK(writer.number("PRAGMA foreign_keys") == 1);
    SqlStatement mode = writer.prepare("PRAGMA journal_mode");
    REQUIRE(mode.step());
    CHECK(mode.text(0) == "wal");
  });
}

TEST_CASE("what is tried out is seen inside, and undone") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  std::int64_t inside = 0;
  database.try_out([&](SqlConnection& writer) {
    writer.exec("INSERT INTO counters VALUES ('tried', 1)");
    inside = writer.number("SELECT count(*) FROM counters");
  });
  CHECK(inside == 2);
  CHECK(count_counters(database) == 1);
  CHECK_THROWS_AS(database.try_out([](SqlConnection& writer) { writer.exec("INSERT INTO nowhere"); }),
                  StorageError);
}

TEST_CASE("a read sees one state and does not wait for a write under way") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  database.write([&](SqlConnection& writer) {
    writer.exec("INSERT INTO counters VALUES ('uncommitted', 1)");
    // On this thread, inside the write: it would never come back if it waited.
    CHECK(count_counters(database) == 1);
  });
  CHECK(count_counters(database) == 2);
}

TEST_CASE("a reader cannot write") {
  test::TemporaryFolder folder;
  const Database database(at(folder / "roadmap.db"));
  CHECK_THROWS_AS(database.read([](SqlConnection& reader) { reader.exec("DELETE FROM counters"); }),
                  StorageError);
  CHECK(count_counters(database) == 1);
}

TEST_CASE("a read that throws leaves the readers usable") {
  test::TemporaryFolder folder;
  const Database database(at(folder / "roadmap.db"));
  for (int i = 0; i < 20; ++i) {  // more often than there are readers
    CHECK_THROWS_WITH(database.read([](SqlConnection&) { throw std::runtime_error("mine"); }), "mine");
  }
  CHECK(count_counters(database) == 1);
}

TEST_CASE("a database in memory reads what it wrote") {
  Database database(at(":memory:"));
  add_counter(database, "one");
  CHECK(count_counters(database) == 2);
}

TEST_CASE("the log is checkpointed as it grows, so that it does not grow for ever") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  const std::string filler(100'000, 'x');
  for (int i = 0; i < 200; ++i) {  // 20 MB
    database.write([&](SqlConnection& writer) {
      writer.prepare("INSERT OR REPLACE INTO sheet_rows VALUES ('s', 't', 'k', 1, ?)").bind(1, filler).run();
    });
  }
  CHECK(std::filesystem::file_size(folder / "roadmap.db-wal") < 6'000'000);
}

TEST_CASE("a log that a long read kept growing is cut once the read has ended") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  const std::string filler(1'000'000, 'x');
  const auto write_one = [&](SqlConnection& writer) {
    writer.prepare("INSERT OR REPLACE INTO sheet_rows VALUES ('s', 't', 'k', 1, ?)").bind(1, filler).run();
  };
  database.read([&](SqlConnection& reader) {
    reader.number("SELECT count(*) FROM counters");
    for (int i = 0; i < 70; ++i)
      database.write(write_one);
    CHECK(std::filesystem::file_size(folder / "roadmap.db-wal") > 64'000'000);
  });
  database.write(write_one);
  CHECK(std::filesystem::file_size(folder / "roadmap.db-wal") < 5'000'000);
}

TEST_CASE("with an external checkpointer the log is left alone, at the end as well") {
  test::TemporaryFolder folder;
  {
    DatabaseOptions options = at(folder / "roadmap.db");
    options.checkpoint = CheckpointMode::kExternal;
    Database database(options);
    const std::string filler(100'000, 'x');
    for (int i = 0; i < 60; ++i) {
      database.write([&](SqlConnection& writer) {
        writer.prepare("INSERT OR REPLACE INTO sheet_rows VALUES ('s', 't', 'k', 1, ?)")
            .bind(1, filler)
            .run();
      });
    }
  }
  CHECK(std::filesystem::file_size(folder / "roadmap.db-wal") > 6'000'000);
}

TEST_CASE("each commit is reported with its time") {
  test::TemporaryFolder folder;
  int commits = 0;
  DatabaseOptions options = at(folder / "roadmap.db");
  options.on_commit = [&](std::chrono::microseconds took) {
    CHECK(took.count() >= 0);
    ++commits;
  };
  Database database(options);
  add_counter(database, "one");
  CHECK_THROWS_AS(add_counter(database, "one"), StorageError);
  add_counter(database, "two");
  CHECK(commits >= 2);
  CHECK(count_counters(database) == 3);
}

TEST_CASE("a backup of a live database is complete, and nothing is overwritten by it") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  add_counter(database, "one");
  database.backup_to(folder / "copy.db");
  add_counter(database, "two");
  CHECK(count_counters(Database(at(folder / "copy.db"))) == 2);

  const std::string before = bytes_of(folder / "copy.db");
  CHECK_THROWS_WITH(database.backup_to(folder / "copy.db"), Contains("exists already"));
  CHECK(bytes_of(folder / "copy.db") == before);
  CHECK_FALSE(std::filesystem::exists(folder / "copy.db.partial"));
}

TEST_CASE("a backup into a folder that does not exist is a clear error") {
  test::TemporaryFolder folder;
  const Database database(at(folder / "roadmap.db"));
  CHECK_THROWS_AS(database.backup_to(folder / "none/copy.db"), StorageError);
}

TEST_CASE("a database opened for reading cannot be written, and is not created") {
  test::TemporaryFolder folder;
  DatabaseOptions options = at(folder / "roadmap.db");
  options.access = DatabaseAccess::kRead;
  CHECK_THROWS_AS(Database(options), StorageError);
  CHECK_FALSE(std::filesystem::exists(folder / "roadmap.db"));

  Database service(at(folder / "roadmap.db"));
  Database beside(options);
  add_counter(service, "one");
  CHECK(count_counters(beside) == 2);
  CHECK_THROWS_WITH(add_counter(beside, "two"), Contains("reading only"));
}

TEST_CASE("a folder that may not be written is named where reading a database needs to") {
  test::TemporaryFolder folder;
  DatabaseOptions options = at(folder / "roadmap.db");
  { const Database ended(options); }
  WithoutRootsRights::give(folder / "roadmap.db");
  WithoutRootsRights::give(folder.path());
  options.access = DatabaseAccess::kRead;
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0500});
  {
    const WithoutRootsRights somebody;
    CHECK_THROWS_WITH(Database(options),
                      Contains("the folder " + folder.path().string() + " may not be written"));
  }
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0700});
  const WithoutRootsRights somebody;
  CHECK(count_counters(Database(options)) == 1);
}

mode_t mode_of(const std::filesystem::path& file) {
  struct stat found {};
  REQUIRE(::stat(file.c_str(), &found) == 0);
  return found.st_mode & 0777;
}

TEST_CASE("only its owner reads a database, what stands beside it and its copies, whatever the umask") {
  test::TemporaryFolder folder;
  const mode_t before = ::umask(GENERATE(mode_t{0}, mode_t{0277}));
  {
    Database database(at(folder / "roadmap.db"));
    add_counter(database, "written");
    for (const char* name : {"roadmap.db", "roadmap.db-wal", "roadmap.db-shm"})
      CHECK(mode_of(folder / name) == 0600);
    database.backup_to(folder / "copy.db");
    CHECK(mode_of(folder / "copy.db") == 0600);
  }
  std::filesystem::permissions(folder / "roadmap.db", std::filesystem::perms(0644));
  const Database opened(at(folder / "roadmap.db"));  // as an older version left it
  ::umask(before);
  CHECK(mode_of(folder / "roadmap.db") == 0600);
  CHECK(mode_of(folder / "roadmap.db-wal") == 0600);
}

void fill(Database& database, int rows) {
  database.write([&](SqlConnection& writer) {
    for (int i = 0; i < rows; ++i) {
      writer.prepare("INSERT INTO counters VALUES (?, 1)")
          .bind(1, std::to_string(i) + std::string(4000, 'x'))
          .run();
    }
  });
}

void empty(Database& database) {
  database.write([](SqlConnection& writer) { writer.exec("DELETE FROM counters"); });
}

TEST_CASE("what was deleted is given back to the disk") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  fill(database, 3000);
  empty(database);
  database.give_space_back({});
  CHECK(std::filesystem::file_size(folder / "roadmap.db") < 1000000);
  CHECK(std::filesystem::file_size(folder / "roadmap.db-wal") < 1000000);
}

TEST_CASE("room is given back step by step, and no further once a stop is asked for") {
  test::TemporaryFolder folder;
  std::stop_source stop;
  DatabaseOptions options = at(folder / "roadmap.db");
  bool giving = false;
  options.on_commit = [&](std::chrono::microseconds) {
    if (giving) stop.request_stop();
  };
  Database database(options);
  fill(database, 3000);
  empty(database);
  const auto empty_pages = [&] {
    return database.ask([](SqlConnection& reader) { return reader.number("PRAGMA freelist_count"); });
  };
  const std::int64_t before = empty_pages();
  giving = true;
  database.give_space_back(stop.get_token());
  CHECK(empty_pages() < before);
  CHECK(empty_pages() > 0);
  database.give_space_back(stop.get_token());
  CHECK(empty_pages() > 0);
  database.give_space_back({});
  CHECK(empty_pages() == 0);
}

TEST_CASE("a file of an older version that could not shrink can once it was opened") {
  test::TemporaryFolder folder;
  {
    Database database(at(folder / "roadmap.db"));
    fill(database, 3000);
  }
  {
    SqlConnection older((folder / "roadmap.db").string(), SqlAccess::kReadWrite, std::chrono::seconds(1));
    older.exec("PRAGMA auto_vacuum = NONE; VACUUM");
    REQUIRE(older.number("PRAGMA auto_vacuum") == 0);
  }
  Database database(at(folder / "roadmap.db"));
  empty(database);
  database.give_space_back({});
  CHECK(std::filesystem::file_size(folder / "roadmap.db") < 1000000);
}

TEST_CASE("trouble of reads and writes is remembered for a while") {
  test::TemporaryFolder folder;
  Database database(at(folder / "roadmap.db"));
  add_counter(database, "fine");
  CHECK_FALSE(database.trouble_within(std::chrono::seconds(60)));
  CHECK_THROWS_AS(database.read([](SqlConnection&) { throw StorageError("damaged"); }), StorageError);
  CHECK(database.trouble_within(std::chrono::seconds(60)) == "damaged");
  CHECK_FALSE(database.trouble_within(std::chrono::seconds(0)));
  CHECK_THROWS_AS(database.write([](SqlConnection&) { throw StorageError("full"); }), StorageError);
  CHECK(database.trouble_within(std::chrono::seconds(60)) == "full");
}

TEST_CASE("nothing is written to a file that may not be written any more") {
  test::TemporaryFolder folder;
  bool ours = true;
  DatabaseOptions options = at(folder / "roadmap.db");
  options.before_write = [&] {
    if (!ours) throw StorageError("replaced");
  };
  Database database(std::move(options));
  add_counter(database, "fine");
  const auto before = count_counters(database);
  ours = false;
  CHECK_THROWS_WITH(add_counter(database, "no"), Contains("replaced"));
  CHECK_THROWS_WITH(database.try_to_write(), Contains("replaced"));
  CHECK(count_counters(database) == before);
}

TEST_CASE("a disk that is full already when a database is opened is said to be full") {
  test::TemporaryFolder folder;
  { const Database ended(at(folder / "roadmap.db")); }
  const test::FullDisk disk;
  CHECK_THROWS_WITH(Database(at(folder / "roadmap.db")), Contains("is full. Free some space."));
}

TEST_CASE("a folder that does not exist is named") {
  test::TemporaryFolder folder;
  CHECK_THROWS_WITH(Database(at(folder / "none/roadmap.db")), Contains("there is no folder"));
}

}  // namespace
}  // namespace roadmap
