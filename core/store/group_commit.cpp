#include "core/store/group_commit.h"

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

}  // namespace roadmap
