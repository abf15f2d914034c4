#include "net/connection_queue.h"

#include <utility>

namespace net {

void ConnectionQueue::push(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  waiting_.push_back(std::move(connection));
  not_empty_.notify_one();
}

std::unique_ptr<Connection> ConnectionQueue::take() {
  std::unique_lock lock(mutex_);
  not_empty_.wait(lock, [this] { return !waiting_.empty() || closed_; });
  if (closed_) return nullptr;
  std::unique_ptr<Connection> connection = std::move(waiting_.front());
  waiting_.pop_front();
  return connection;
}

void ConnectionQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  waiting_.clear();
  not_empty_.notify_all();
}

}  // namespace net
