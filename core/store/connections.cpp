#include "core/store/connections.h"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/errors.h"

namespace roadmap {
namespace {

using std::chrono::microseconds;
using std::chrono::steady_clock;

// Once the group is on disk no exception may tell its callers otherwise: hence noexcept.
void tell(const std::function<void(microseconds)>& on_commit, microseconds took) noexcept {
  if (on_commit) on_commit(took);
}
void tell(const GroupCommit::Committed& committed) noexcept {
  if (committed) committed();
}

void roll_back(SqlConnection& writer) noexcept {
  try {
    if (writer.in_transaction()) writer.exec("ROLLBACK");
  } catch (const StorageError&) {
    // The next BEGIN fails then, and says so to its callers.
  }
}

}  // namespace

GroupCommit::GroupCommit(SqlConnection& writer, std::function<void(std::chrono::microseconds)> on_commit,
                         std::function<void()> after_commit)
    : writer_(writer), on_commit_(std::move(on_commit)), after_commit_(std::move(after_commit)) {}

void GroupCommit::write(const Work& work, const Committed& committed) {
  Request mine{&work, &committed};
  std::unique_lock lock(mutex_);
  if (leader_ == std::this_thread::get_id()) {
    throw std::logic_error("a write inside a write would wait for itself");
  }
  // cppcheck-suppress danglingLifetime; whoever leads takes it out before this returns
  waiting_.push_back(&mine);
  mine.turn.wait(lock, [&] { return mine.done || waiting_.front() == &mine; });
  if (!mine.done) lead(lock);
  lock.unlock();
  if (mine.failure) std::rethrow_exception(mine.failure);
}

std::size_t GroupCommit::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void GroupCommit::lead(std::unique_lock<std::mutex>& lock) {
  const auto size = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMaxSharedCommit));
  const Group group(waiting_.begin(), waiting_.begin() + size);
  leader_ = std::this_thread::get_id();
  lock.unlock();
  commit_group(group);
  lock.lock();
  // Notified under the lock: a request lives on its caller's stack, which may unwind right after.
  for (auto follower = group.begin() + 1; follower != group.end(); ++follower) {
    (*follower)->done = true;
    (*follower)->turn.notify_one();
  }
  waiting_.erase(waiting_.begin() + 1, waiting_.begin() + size);
  lock.unlock();
  if (after_commit_) after_commit_();
  lock.lock();
  leader_ = {};
  waiting_.pop_front();
  if (!waiting_.empty()) waiting_.front()->turn.notify_one();
}

void GroupCommit::commit_group(const Group& group) {
  steady_clock::time_point start;
  try {
    writer_.prepare("BEGIN IMMEDIATE").run();
    for (Request* request : group) {
      if (!run_in_savepoint(*request)) {
        throw StorageError("The database undid a change that it had no room or memory for. Try again.");
      }
    }
    start = steady_clock::now();
    writer_.prepare("COMMIT").run();
  } catch (...) {
    for (Request* request : group) {
      if (!request->failure) request->failure = std::current_exception();
    }
    roll_back(writer_);
    return;
  }
  tell(on_commit_, std::chrono::duration_cast<microseconds>(steady_clock::now() - start));
  for (Request* request : group) {
    if (!request->failure) tell(*request->committed);
  }
}

bool GroupCommit::run_in_savepoint(Request& request) {
  try {
    writer_.prepare("SAVEPOINT part").run();
    (*request.work)(writer_);
    writer_.prepare("RELEASE part").run();
  } catch (...) {
    request.failure = std::current_exception();
    // A full disk, an I/O error or lack of memory makes SQLite roll back everything by itself.
    if (!writer_.in_transaction()) return false;
    writer_.prepare("ROLLBACK TO part").run();
    writer_.prepare("RELEASE part").run();
  }
  return true;
}

WalCheckpoint::WalCheckpoint(SqlConnection& writer, std::chrono::milliseconds busy_timeout)
    : writer_(writer), busy_timeout_(busy_timeout) {
  const auto remember = [](void* pages, sqlite3*, const char*, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(writer_.handle(), remember, &pages_);
}

void WalCheckpoint::run_if_due() {
  const bool asked = truncate_asked_.exchange(false);
  if (pages_ < kCheckpointPages && !asked) return;
  sqlite3* writer = writer_.handle();
  const bool truncate = asked || pages_ >= kTruncatePages;
  pages_ = 0;  // counted anew by the next commit that writes
  if (!truncate) {
    sqlite3_wal_checkpoint_v2(writer, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return;
  }
  // Truncating waits for readers and holds up writers meanwhile.
  sqlite3_busy_timeout(writer, static_cast<int>(kTruncatePatience.count()));
  sqlite3_wal_checkpoint_v2(writer, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(writer, static_cast<int>(busy_timeout_.count()));
}

void leave_checkpoints_to_others(SqlConnection& writer) {
  sqlite3_wal_autocheckpoint(writer.handle(), 0);
  sqlite3_db_config(writer.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

ReaderPool::ReaderPool(std::string path, std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), busy_timeout_(busy_timeout) {}

void ReaderPool::read(const std::function<void(SqlConnection&)>& work) {
  // Whatever happens below, the place in the pool is free again afterwards. A connection that failed is
  // closed rather than given back: closing ends its transaction.
  struct Loan {
    ReaderPool& pool;
    std::unique_ptr<SqlConnection> connection{};
    ~Loan() { pool.give_back(std::move(connection)); }
  };
  std::unique_ptr<SqlConnection> connection = take();
  Loan loan{*this};
  if (!connection) connection = std::make_unique<SqlConnection>(path_, SqlAccess::kReadOnly, busy_timeout_);
  connection->prepare("BEGIN").run();
  work(*connection);
  connection->prepare("COMMIT").run();
  loan.connection = std::move(connection);
}

std::unique_ptr<SqlConnection> ReaderPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return lent_ < kMaxReaders; });
  ++lent_;
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReaderPool::give_back(std::unique_ptr<SqlConnection> connection) {
  const std::lock_guard lock(mutex_);
  --lent_;
  if (connection) idle_.push_back(std::move(connection));
  returned_.notify_one();
}

}  // namespace roadmap
