#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/store/sql.h"

namespace roadmap {

// How threads share the connections to one file: one that writes, some that read.

// How many callers may share one commit: bounds how long the first of them waits for the others' work.
inline constexpr std::size_t kMaxSharedCommit = 128;

// Lets threads share the writer connection and its commits, without a timer: whoever comes first leads and
// runs the work of all who wait at that moment, each inside a savepoint of one BEGIN IMMEDIATE transaction,
// then commits once. Those who arrive meanwhile are the next group. Thread-safe.
class GroupCommit {
 public:
  using Work = std::function<void(SqlConnection&)>;
  using Committed = std::function<void()>;

  // `on_commit` hears how long each COMMIT took; `after_commit` runs on the leading thread while it still has
  // the connection to itself, after the others were let go. The connection outlives this object.
  GroupCommit(SqlConnection& writer, std::function<void(std::chrono::microseconds)> on_commit,
              std::function<void()> after_commit);

  // Runs `work`, maybe on another thread while this one waits, and returns when it is durable; then
  // `committed` has been called as well. Calls of `committed` come in the order of the commits and must not
  // throw. When `work` throws, only its own changes are undone and the exception is thrown here; when the
  // commit fails, every caller of the group gets StorageError. Throws std::logic_error when called from
  // inside `work`.
  void write(const Work& work, const Committed& committed);

  // How many callers are inside write().
  std::size_t waiting() const;

 private:
  struct Request {
    const Work* work;
    const Committed* committed;
    std::exception_ptr failure{};
    bool done = false;
    std::condition_variable turn{};
  };
  using Group = std::vector<Request*>;

  void lead(std::unique_lock<std::mutex>& lock);
  void commit_group(const Group& group);
  // False when SQLite gave up the whole transaction.
  bool run_in_savepoint(Request& request);

  SqlConnection& writer_;
  std::function<void(std::chrono::microseconds)> on_commit_;
  std::function<void()> after_commit_;
  mutable std::mutex mutex_;
  std::deque<Request*> waiting_;  // the front one leads
  std::thread::id leader_;
};

// When the writer moves the write-ahead log back into the database file, in pages of 4 KiB.
inline constexpr int kCheckpointPages = 1000;  // 4 MB: as far as readers let it
inline constexpr int kTruncatePages = 16000;   // 64 MB: waits a moment for readers, then cuts the file
inline constexpr std::chrono::milliseconds kTruncatePatience{200};

// Watches the writer's log and checkpoints it: the only checkpointing connection there is. Used by the thread
// that has the writer.
class WalCheckpoint {
 public:
  // Takes the place of SQLite's automatic checkpoint on `writer`, which outlives this object.
  WalCheckpoint(SqlConnection& writer, std::chrono::milliseconds busy_timeout);

  // Call after each commit. Trouble is no reason to fail anything: the log keeps what it holds, and the next
  // commit tries again.
  void run_if_due();
  // The next run_if_due() cuts log and file to what they hold. From any thread.
  void ask_to_truncate() { truncate_asked_ = true; }

 private:
  SqlConnection& writer_;
  std::chrono::milliseconds busy_timeout_;
  std::atomic<bool> truncate_asked_{false};
  int pages_ = 0;  // in the log after the last commit
};

// Leaves checkpoints to another process, at the last close as well.
void leave_checkpoints_to_others(SqlConnection& writer);

// How many reads run at once; more wait for one to end.
inline constexpr std::size_t kMaxReaders = 8;

// Read-only connections to one file, opened when first needed and used by one thread at a time. Thread-safe.
class ReaderPool {
 public:
  ReaderPool(std::string path, std::chrono::milliseconds busy_timeout);

  // Runs `work` inside one read transaction: it sees one consistent state. Throws what `work` throws, and
  // StorageError.
  void read(const std::function<void(SqlConnection&)>& work);

 private:
  std::unique_ptr<SqlConnection> take();
  void give_back(std::unique_ptr<SqlConnection> connection);

  std::string path_;
  std::chrono::milliseconds busy_timeout_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<SqlConnection>> idle_;
  std::size_t lent_ = 0;
};

}  // namespace roadmap
