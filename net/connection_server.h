#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "net/connection.h"
#include "net/file_descriptor.h"
#include "net/http_server.h"

namespace net {

// What the threads of one server share.
struct ServerState {
  ServerState(ServerOptions server_options, HttpServer::Handler request_handler)
      : options(std::move(server_options)), handler(std::move(request_handler)) {}

  const ServerOptions options;
  const HttpServer::Handler handler;
  OpenConnections open;  // outlives the connections in the queue
  ConnectionQueue queue;
  EventFlag stopping;  // raised once
  std::atomic<int> in_flight{0};
  std::atomic<bool> nearly_full{false};  // of connections
};

// Answers one request of a connection after the other.
// Thread safety: one thread at a time; every connection thread owns one.
class ConnectionServer {
 public:
  explicit ConnectionServer(ServerState& state);
  ~ConnectionServer();

  // Goes on with a request that has arrived, or is late, to its answer, or to where it needs its body. Blocks
  // as long as the handler does. The connection's stage says what comes next.
  void serve(Connection& connection);

 private:
  class RequestLineParser;

  // Unset: the head is read and let in.
  std::optional<Refusal> begin(Connection& connection);
  void begin_or_refuse(Connection& connection);
  void await_body(Connection& connection);
  void finish(Connection& connection);
  HttpResponse handle(const HttpRequest& request, const ConnectionSocket& socket) const;
  HttpResponse refusal_response(int status, const std::string& detail) const;
  // Whether the connection of a request that is read whole may wait for the next one.
  bool may_stay(const BegunRequest& begun) const;
  void refuse(Connection& connection, const Refusal& refusal) const;
  void send(Connection& connection, const HttpRequest& request, const HttpResponse& response,
            Connection::Stage after) const;

  ServerState& state_;
  const ServerOptions& options_;
  const std::unique_ptr<RequestLineParser> parser_;
  std::optional<HttpResponse> judged_;  // how the judge refused the last head
};

}  // namespace net
