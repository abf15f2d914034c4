#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/store/sql.h"

namespace roadmap {

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

}  // namespace roadmap
