#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>

namespace roadmap {

class SqlConnection;  // core/store/sql.h

enum class CheckpointMode : std::uint8_t { kSelf, kExternal };

// kRead is for looking at the ledger beside a live service: nothing is created, migrated or written.
enum class DatabaseAccess : std::uint8_t { kReadWrite, kRead };

struct DatabaseOptions {
  std::filesystem::path path;  // ":memory:" for tests: reads use the writer connection then
  DatabaseAccess access = DatabaseAccess::kReadWrite;
  CheckpointMode checkpoint = CheckpointMode::kSelf;
  std::chrono::milliseconds busy_timeout{5000};
  // Called before each write on its thread; throws StorageError where the file must not be written any more.
  std::function<void()> before_write = {};
  // Called after each commit with how long it took (metrics), one call at a time. Must not throw.
  std::function<void(std::chrono::microseconds)> on_commit = {};
};

// One SQLite file: a writer connection that one thread uses at a time, and read-only connections for readers,
// each used by one thread at a time. WAL, synchronous FULL, foreign keys on, files of mode 0600. Every
// function throws StorageError. Thread-safe.
class Database {
 public:
  // Opens or creates the file, backs it up beside itself (`<path>.backup-<version>-<time>`) and migrates it
  // when its schema is older, adds a nullable column for each registry field its tables lack. A file newer
  // than the program, or one that is no roadmapd database, is refused with a message that says so; nothing in
  // it was changed then.
  explicit Database(DatabaseOptions options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs `work` inside BEGIN IMMEDIATE … COMMIT on the writer connection; rolls back and rethrows when it
  // throws. Durable when this returns. Writes that wait for the writer at the same time share one commit: a
  // throw undoes only its own part (a savepoint). `work` may run on another thread, while this one waits for
  // it. `committed` is called once the work is durable, before this returns; these calls come one at a time,
  // in the order of the commits, which is how memory is kept in step with the database. It must not throw,
  // block, or use the database. Throws std::logic_error when called from inside another write.
  void write(const std::function<void(SqlConnection&)>& work, const std::function<void()>& committed = {});

  // Runs `work` as write() does and undoes all of it: what it reads is as if its changes were stored.
  void try_out(const std::function<void(SqlConnection&)>& work);
  // Runs `work` on a read-only connection that sees one consistent state. Never waits for the writer.
  void read(const std::function<void(SqlConnection&)>& work) const;
  // Runs `work` as read() does, and returns what it returns.
  template <typename Work>
  auto ask(const Work& work) const {
    std::invoke_result_t<const Work&, SqlConnection&> answer{};
    read([&](SqlConnection& database) { answer = work(database); });
    return answer;
  }

  // A consistent copy of the live database, verified by opening it and integrity_check, on disk when this
  // returns. Refuses to overwrite.
  void backup_to(const std::filesystem::path& target) const;

  // What PRAGMA quick_check finds wrong first; empty: nothing. Reads the whole file.
  std::string find_damage() const;

  // Writes a row that means nothing: throws StorageError when the file takes no writes. Never counts as
  // trouble.
  void try_to_write();
  // What the last read or write that failed within that time said; nullopt: all went well.
  std::optional<std::string> trouble_within(std::chrono::seconds time) const;
  // Gives pages that deletions left empty back to the disk, in small steps between which others write. Blocks
  // until all are given, or for the step under way once `stop` is requested; the next call gives the rest.
  void give_space_back(const std::stop_token& stop);

  static int schema_version_of_program();
  int schema_version() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace roadmap
