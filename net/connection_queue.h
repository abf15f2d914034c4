#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

#include "net/file_descriptor.h"

namespace net {

// Accepted connections on their way to a connection thread, oldest first.
// Thread safety: every function may be called from any thread.
class ConnectionQueue {
 public:
  explicit ConnectionQueue(std::size_t limit) : limit_(limit) {}

  // Blocks while the queue is full (the kernel's backlog holds what comes then). After close() the
  // connection is dropped.
  void push(FileDescriptor connection);
  // Blocks until there is a connection; nullopt after close().
  std::optional<FileDescriptor> take();
  void close();

  // True while a connection waits that no thread is free for.
  bool crowded() const;
  // Readable while crowded() is true.
  int crowded_fd() const { return crowded_flag_.fd(); }

 private:
  void update_crowded();

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable not_empty_;
  std::condition_variable not_full_;
  std::deque<FileDescriptor> waiting_;
  std::size_t free_threads_ = 0;
  bool closed_ = false;
  bool crowded_ = false;
  EventFlag crowded_flag_;
};

}  // namespace net
