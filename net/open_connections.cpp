#include "net/open_connections.h"

#include <sys/socket.h>

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

}  // namespace net
