#pragma once

#include <atomic>
#include <memory>

#include "net/connection_queue.h"
#include "net/file_descriptor.h"
#include "net/http_server.h"
#include "net/open_connections.h"

namespace net {

// What the threads of one server share.
struct ServerState {
  ServerState(ServerOptions server_options, HttpServer::Handler request_handler, std::size_t queue_limit)
      : options(std::move(server_options)), handler(std::move(request_handler)), queue(queue_limit) {}

  const ServerOptions options;
  const HttpServer::Handler handler;
  ConnectionQueue queue;
  OpenConnections open;
  EventFlag stopping;  // raised once
  std::atomic<int> in_flight{0};
};

// Serves one connection after the other, each from its first request to its end.
// Thread safety: one thread at a time; every connection thread owns one.
class ConnectionServer {
 public:
  explicit ConnectionServer(ServerState& state);
  ~ConnectionServer();

  // Blocks until the connection is closed.
  void serve(FileDescriptor connection);

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace net
