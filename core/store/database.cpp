#include "core/store/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <utility>

#include "core/clock.h"
#include "core/errors.h"
#include "core/store/connections.h"
#include "core/store/database_file.h"
#include "core/store/sql.h"

namespace roadmap {
namespace {

constexpr const char* kInMemory = ":memory:";
// 4 MiB a commit: as long as others may have to wait.
constexpr int kPagesGivenBack = 1000;

bool holds_something(const std::filesystem::path& path) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(path, absent);
  return !absent && size > 0;
}

void require_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return;
  throw StorageError("The database cannot be created: there is no folder " + folder.string() + ".");
}

// SQLite reads a file with a write-ahead log by means of two files beside it, and makes them where nobody has
// the database open.
void require_files_beside(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored) || std::filesystem::exists(path.string() + "-shm", ignored))
    return;
  const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) == 0) return;
  throw StorageError(
      "The database " + path.string() +
      " cannot be read: while no service has it open, files are made beside it, and the folder " +
      folder.string() +
      " may not be written. Ask as the service's user, or copy the database to another folder.");
}

// Adds the path to what SQLite has to say about a file.
SchemaState inspect_file(SqlConnection& database, const std::string& path) {
  try {
    return inspect_schema(database, path);
  } catch (const StorageError& error) {
    if (error.detail().empty()) throw;
    throw StorageError("The database " + path + " cannot be used. " + error.what(), error.detail());
  }
}

}  // namespace

class Database::Impl {
 public:
  explicit Impl(DatabaseOptions options) : options_(std::move(options)), path_(options_.path.string()) {
    if (options_.access == DatabaseAccess::kRead) {
      open_for_reading();
    } else {
      open_for_writing();
    }
  }

  void write_unnoted(const GroupCommit::Work& work, const GroupCommit::Committed& committed) {
    if (!commits_) throw StorageError("The database " + path_ + " was opened for reading only.");
    if (options_.before_write) options_.before_write();
    commits_->write(work, committed);
  }

  template <typename Call>
  void noting_trouble(Call call) {
    try {
      call();
    } catch (const StorageError& error) {
      const std::lock_guard lock(trouble_mutex_);
      trouble_ = Trouble{std::chrono::steady_clock::now(), error.what()};
      throw;
    }
  }

  const DatabaseOptions options_;
  const std::string path_;
  // In this order: readers close before the writer, so that the writer's close tidies up the log.
  std::optional<SqlConnection> writer_;
  std::optional<WalCheckpoint> checkpoint_;
  std::optional<GroupCommit> commits_;
  std::optional<ReaderPool> readers_;
  struct Trouble {
    std::chrono::steady_clock::time_point at;
    std::string words;
  };
  std::mutex trouble_mutex_;
  std::optional<Trouble> trouble_;

 private:
  bool in_memory() const { return path_ == kInMemory; }

  void open_for_reading() {
    require_files_beside(options_.path);
    SqlConnection probe(path_, SqlAccess::kReadOnly, options_.busy_timeout);
    const SchemaState found = inspect_file(probe, path_);
    if (found.version != schema_version_of_program()) {
      throw StorageError(
          "The database " + path_ +
          " was written by an older roadmapd. Start the service once: it brings it up to date.");
    }
    readers_.emplace(path_, options_.busy_timeout);
  }

  void open_for_writing() {
    SchemaState found{true, 0};
    if (!in_memory()) {
      require_folder(options_.path);
      if (holds_something(options_.path)) found = inspect_and_back_up();
      keep_private(path_);
    }
    writer_.emplace(path_, SqlAccess::kReadWrite, options_.busy_timeout);
    prepare_writer();
    bring_up_to_date(found);
    let_file_shrink();
    commits_.emplace(*writer_, options_.on_commit, [this] {
      if (checkpoint_) checkpoint_->run_if_due();
    });
    if (!in_memory()) readers_.emplace(path_, options_.busy_timeout);
  }

  // Read-only, so that a file that is refused stays as it is: even closing a writer may change it.
  SchemaState inspect_and_back_up() {
    SqlConnection probe(path_, SqlAccess::kReadOnly, options_.busy_timeout);
    const SchemaState found = inspect_file(probe, path_);
    if (found.empty || found.version == schema_version_of_program()) return found;
    copy_database(probe, path_ + ".backup-" + std::to_string(found.version) + "-" +
                             to_compact_time(SystemClock().now()));
    return found;
  }

  void prepare_writer() {
    // Of a new file; before its first page is written.
    writer_->exec("PRAGMA auto_vacuum = INCREMENTAL");
    writer_->exec("PRAGMA journal_mode = WAL");
    writer_->exec("PRAGMA synchronous = FULL");
    writer_->exec("PRAGMA foreign_keys = ON");
    if (options_.checkpoint == CheckpointMode::kSelf) {
      checkpoint_.emplace(*writer_, options_.busy_timeout);
    } else {
      leave_checkpoints_to_others(*writer_);
    }
  }

  // A file of an older version is built anew, once.
  void let_file_shrink() {
    if (in_memory() || writer_->number("PRAGMA auto_vacuum") != 0) return;
    try {
      writer_->exec("PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
    } catch (const StorageError&) {
      // No room for a second copy: the file works as it is, and the next start tries again.
    }
  }

  void bring_up_to_date(const SchemaState& found) {
    writer_->exec("BEGIN IMMEDIATE");
    try {
      if (found.version < schema_version_of_program()) {
        apply_migrations(*writer_, found.version, to_iso8601(SystemClock().now()));
      }
      add_field_columns(*writer_);
      writer_->exec("COMMIT");
    } catch (const StorageError& error) {
      if (writer_->in_transaction()) writer_->exec("ROLLBACK");
      throw StorageError("The database " + path_ + " could not be brought up to date. " + error.what(),
                         error.detail());
    }
  }
};

Database::Database(DatabaseOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Database::~Database() = default;

void Database::write(const std::function<void(SqlConnection&)>& work,
                     const std::function<void()>& committed) {
  impl_->noting_trouble([&] { impl_->write_unnoted(work, committed); });
}

void Database::try_out(const std::function<void(SqlConnection&)>& work) {
  struct Undo {};
  try {
    write([&](SqlConnection& database) {
      work(database);
      throw Undo{};
    });
  } catch (const Undo&) {
  }
}

void Database::read(const std::function<void(SqlConnection&)>& work) const {
  impl_->noting_trouble([&] {
    if (impl_->readers_) {
      impl_->readers_->read(work);
    } else {
      impl_->commits_->write(work, {});
    }
  });
}

void Database::try_to_write() {
  const auto probe = [](SqlConnection& writer) {
    writer
        .prepare(
            "INSERT INTO counters (name, value) VALUES ('write_probes', 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1")
        .run();
  };
  impl_->write_unnoted(probe, {});
}

std::optional<std::string> Database::trouble_within(std::chrono::seconds time) const {
  const std::lock_guard lock(impl_->trouble_mutex_);
  const auto& last = impl_->trouble_;
  if (!last || std::chrono::steady_clock::now() - last->at >= time) return std::nullopt;
  return last->words;
}

void Database::give_space_back(const std::stop_token& stop) {
  std::int64_t empty_pages = 1;
  const auto step = [&](SqlConnection& writer) {
    writer.exec("PRAGMA incremental_vacuum(" + std::to_string(kPagesGivenBack) + ")");
    const std::int64_t left = writer.number("PRAGMA freelist_count");
    // Nothing was given: the file is one that cannot shrink.
    empty_pages = left == empty_pages ? 0 : left;
  };
  while (empty_pages > 0) {
    if (stop.stop_requested()) return;
    write(step);
  }
  // The file itself shrinks with the next checkpoint.
  if (impl_->checkpoint_) impl_->checkpoint_->ask_to_truncate();
  write([](SqlConnection&) {});
}

// On a connection of its own: VACUUM cannot run inside a transaction.
void Database::backup_to(const std::filesystem::path& target) const {
  if (!impl_->readers_) throw StorageError("A database in memory has no backup.");
  SqlConnection source(impl_->path_, SqlAccess::kReadOnly, impl_->options_.busy_timeout);
  copy_database(source, target);
}

std::string Database::find_damage() const {
  return ask([](SqlConnection& database) {
    SqlStatement check = database.prepare("PRAGMA quick_check(1)");
    const std::string found = check.step() ? check.text(0) : "quick_check answers nothing";
    return found == "ok" ? std::string() : found;
  });
}

int Database::schema_version_of_program() { return all_migrations().back().version; }

int Database::schema_version() const {
  return ask([](SqlConnection& database) {
    return static_cast<int>(database.number("SELECT max(version) FROM schema_migrations"));
  });
}

}  // namespace roadmap
