#include "net/http_server.h"

#include <fmt/format.h>

#include <optional>
#include <thread>

#include "net/connection_server.h"
#include "net/lobby.h"

namespace net {

struct HttpServer::Impl {
  Impl(ServerOptions options, Handler handler) : state(std::move(options), std::move(handler)) {}

  ServerState state;
  std::optional<ListeningSocket> listener;
  int port = 0;
  std::optional<Lobby> lobby;
  std::thread lobby_thread;
  std::vector<std::thread> connection_threads;
  std::function<void()> unexpected_close;
};

HttpServer::HttpServer(ServerOptions options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}
HttpServer::~HttpServer() { stop(); }
int HttpServer::port() const { return impl_->port; }
int HttpServer::in_flight() const { return impl_->state.in_flight; }
void HttpServer::on_unexpected_close(std::function<void()> callback) {
  impl_->unexpected_close = std::move(callback);
}

std::string HttpServer::url() const {
  const std::string& host = impl_->state.options.host;
  if (host.find(':') != std::string::npos) return fmt::format("http://[{}]:{}", host, port());
  return fmt::format("http://{}:{}", host, port());
}

void HttpServer::start() {
  if (port() != 0) throw std::logic_error("HttpServer::start called twice");
  Impl& here = *impl_;
  const ServerOptions& options = here.state.options;
  here.listener.emplace(options.host, options.port, options.backlog);
  here.port = here.listener->port();
  here.lobby.emplace(here.state, *here.listener);
  for (int i = 0; i < options.threads; ++i) {
    here.connection_threads.emplace_back([&here] {
      ConnectionServer server(here.state);
      while (std::unique_ptr<Connection> connection = here.state.queue.take()) {
        server.serve(*connection);
        here.lobby->give_back(std::move(connection));
      }
    });
  }
  here.lobby_thread = std::thread([&here] {
    try {
      here.lobby->run(here.unexpected_close);
    } catch (const std::exception&) {
      // Out of memory: nobody can connect any more, which is what a closed socket means to the owner.
      if (here.unexpected_close) here.unexpected_close();
    }
  });
}

void HttpServer::stop(std::chrono::milliseconds grace) {
  Impl& here = *impl_;
  if (!here.listener) return;
  here.state.stopping.raise();
  // Idle connections end by themselves now; what is left after `grace` loses its socket.
  if (!here.state.open.wait_until_none(std::chrono::steady_clock::now() + grace))
    here.state.open.shut_down_all();
  here.state.queue.close();
  for (std::thread& thread : here.connection_threads)
    thread.join();
  if (here.lobby) here.lobby->end();  // none where start() failed
  if (here.lobby_thread.joinable()) here.lobby_thread.join();
  here.lobby.reset();
  here.connection_threads.clear();
  here.listener.reset();
}

}  // namespace net
