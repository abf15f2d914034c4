#include "net/connection.h"

#include <sys/socket.h>

#include <utility>

namespace net {

void OpenConnections::add(int socket) {
  const std::lock_guard lock(mutex_);
  sockets_.insert(socket);
}

void OpenConnections::remove(int socket) {
  const std::lock_guard lock(mutex_);
  sockets_.erase(socket);
  removed_.notify_all();
}

bool OpenConnections::wait_until_none(Moment deadline) {
  std::unique_lock lock(mutex_);
  return removed_.wait_until(lock, deadline, [this] { return sockets_.empty(); });
}

void OpenConnections::shut_down_all() {
  const std::lock_guard lock(mutex_);
  for (const int socket : sockets_)
    ::shutdown(socket, SHUT_RDWR);
}

void send_on(Connection& connection) {
  const std::string_view rest = std::string_view(connection.unsent).substr(connection.sent);
  const std::optional<std::size_t> taken = connection.socket.send_now(rest);
  if (!taken) {
    connection.stage = Connection::Stage::kClosed;
    return;
  }
  const auto now = std::chrono::steady_clock::now();
  if (*taken > 0 || connection.stage != Connection::Stage::kSending) connection.since = now;
  connection.stage = Connection::Stage::kSending;
  connection.sent += *taken;
  if (*taken < rest.size()) return;
  std::string().swap(connection.unsent);
  connection.sent = 0;
  connection.stage = connection.after_sending;
  if (connection.stage == Connection::Stage::kLeaving) ::shutdown(connection.socket.fd(), SHUT_WR);
}

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
