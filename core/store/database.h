#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace SQLite {
class Database;
}

namespace roadmap {

enum class CheckpointMode : std::uint8_t { kSelf, kExternal };

struct DatabaseOptions {
  std::filesystem::path path;  // ":memory:" for tests without readers
  CheckpointMode checkpoint = CheckpointMode::kSelf;
  std::chrono::milliseconds busy_timeout{5000};
  // Called after each commit with how long it took (metrics).
  std::function<void(std::chrono::microseconds)> on_commit;
};

// One SQLite file: a writer connection behind a mutex, and read-only connections for readers, each used by
// one thread at a time. WAL, synchronous FULL, foreign keys on. Every function throws StorageError.
// Thread-safe.
class Database {
 public:
  // Opens or creates the file, backs it up and migrates it when its schema is older, adds a nullable column
  // for each registry field its tables lack. A file newer than the program, or one that is no roadmapd
  // database, is refused with a message that says so; nothing in it was changed then.
  explicit Database(DatabaseOptions options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs `work` inside BEGIN IMMEDIATE … COMMIT on the writer connection; rolls back when it throws. Durable
  // when this returns. Work that is waiting for the writer at the same time may share one commit: a throw
  // undoes only its own part (a savepoint).
  void write(const std::function<void(SQLite::Database&)>& work);

  // Runs `work` on a read-only connection that sees one consistent state. Never waits for the writer.
  void read(const std::function<void(SQLite::Database&)>& work) const;

  // A consistent copy of the live database, verified by opening it and integrity_check. Refuses to overwrite.
  void backup_to(const std::filesystem::path& target) const;

  static int schema_version_of_program();
  int schema_version() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace roadmap
