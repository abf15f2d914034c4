#include "net/connection_queue.h"

namespace net {

void ConnectionQueue::push(FileDescriptor connection) {
  std::unique_lock lock(mutex_);
  not_full_.wait(lock, [this] { return waiting_.size() < limit_ || closed_; });
  if (closed_) return;
  waiting_.push_back(std::move(connection));
  update_crowded();
  not_empty_.notify_one();
}

std::optional<FileDescriptor> ConnectionQueue::take() {
  std::unique_lock lock(mutex_);
  ++free_threads_;
  update_crowded();
  not_empty_.wait(lock, [this] { return !waiting_.empty() || closed_; });
  --free_threads_;
  if (closed_) return std::nullopt;
  FileDescriptor connection = std::move(waiting_.front());
  waiting_.pop_front();
  update_crowded();
  not_full_.notify_one();
  return connection;
}

void ConnectionQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  waiting_.clear();
  update_crowded();
  not_empty_.notify_all();
  not_full_.notify_all();
}

bool ConnectionQueue::crowded() const {
  const std::lock_guard lock(mutex_);
  return crowded_;
}

void ConnectionQueue::update_crowded() {
  const bool crowded = waiting_.size() > free_threads_;
  if (crowded == crowded_) return;
  crowded_ = crowded;
  crowded ? crowded_flag_.raise() : crowded_flag_.lower();
}

}  // namespace net
