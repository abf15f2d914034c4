#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "net/connection.h"

namespace net {

// Connections whose request is there, on their way to a thread, oldest first.
// Thread safety: every function may be called from any thread.
class ConnectionQueue {
 public:
  // After close() the connection is dropped. As long as the lobby lets connections in: it bounds their
  // number.
  void push(std::unique_ptr<Connection> connection);
  // Blocks until there is a connection; null after close().
  std::unique_ptr<Connection> take();
  void close();

 private:
  std::mutex mutex_;
  std::condition_variable not_empty_;
  std::deque<std::unique_ptr<Connection>> waiting_;
  bool closed_ = false;
};

}  // namespace net
