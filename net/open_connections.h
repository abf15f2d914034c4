#pragma once

#include <condition_variable>
#include <mutex>
#include <set>

#include "net/connection_socket.h"

namespace net {

// The sockets that connection threads serve now, so that a stop can wait for them and then end them.
// Thread safety: every function may be called from any thread.
class OpenConnections {
 public:
  void add(int socket);
  // Call before the socket is closed: afterwards its number may be another's.
  void remove(int socket);

  // Blocks until none is left. False when the deadline passed first.
  bool wait_until_none(Moment deadline);
  // Ends both directions of each: reads see the end, writes fail.
  void shut_down_all();

 private:
  std::mutex mutex_;
  std::condition_variable removed_;
  std::set<int> sockets_;
};

}  // namespace net
