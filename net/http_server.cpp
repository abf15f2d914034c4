#include "net/http_server.h"

#include <fmt/format.h>

#include <optional>
#include <thread>

#include "net/connection_server.h"
#include "net/listening_socket.h"
#include "net/lobby.h"

namespace net {
namespace {

using std::chrono::steady_clock;

}  // namespace

class HttpServer::Impl {
 public:
  Impl(ServerOptions options, Handler handler) : state_(std::move(options), std::move(handler)) {}
  ~Impl() { stop(std::chrono::milliseconds{0}); }

  void start();
  void stop(std::chrono::milliseconds grace);
  int port() const { return port_; }
  const ServerOptions& options() const { return state_.options; }
  int in_flight() const { return state_.in_flight; }
  void on_unexpected_close(std::function<void()> callback) { unexpected_close_ = std::move(callback); }

 private:
  void run_lobby();

  ServerState state_;
  std::optional<ListeningSocket> listener_;
  int port_ = 0;
  std::optional<Lobby> lobby_;
  std::thread lobby_thread_;
  std::vector<std::thread> connection_threads_;
  std::function<void()> unexpected_close_;
};

void HttpServer::Impl::start() {
  if (port_ != 0) throw std::logic_error("HttpServer::start called twice");
  const ServerOptions& options = state_.options;
  listener_.emplace(options.host, options.port, options.backlog);
  port_ = listener_->port();
  lobby_.emplace(state_, *listener_);
  for (int i = 0; i < options.threads; ++i) {
    connection_threads_.emplace_back([this] {
      ConnectionServer server(state_);
      while (std::unique_ptr<Connection> connection = state_.queue.take()) {
        server.serve(*connection);
        lobby_->give_back(std::move(connection));
      }
    });
  }
  lobby_thread_ = std::thread([this] { run_lobby(); });
}

void HttpServer::Impl::run_lobby() {
  try {
    lobby_->run(unexpected_close_);
  } catch (const std::exception&) {
    // Out of memory: nobody can connect any more, which is what a closed socket means to the owner.
    if (unexpected_close_) unexpected_close_();
  }
}

void HttpServer::Impl::stop(std::chrono::milliseconds grace) {
  if (!listener_) return;
  state_.stopping.raise();
  // Idle connections end by themselves now; what is left after `grace` loses its socket.
  if (!state_.open.wait_until_none(steady_clock::now() + grace)) state_.open.shut_down_all();
  state_.queue.close();
  for (std::thread& thread : connection_threads_)
    thread.join();
  lobby_->end();
  if (lobby_thread_.joinable()) lobby_thread_.join();
  lobby_.reset();
  connection_threads_.clear();
  listener_.reset();
}

HttpServer::HttpServer(ServerOptions options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}
HttpServer::~HttpServer() = default;
void HttpServer::start() { impl_->start(); }
int HttpServer::port() const { return impl_->port(); }
int HttpServer::in_flight() const { return impl_->in_flight(); }
void HttpServer::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }
void HttpServer::on_unexpected_close(std::function<void()> callback) {
  impl_->on_unexpected_close(std::move(callback));
}

std::string HttpServer::url() const {
  const std::string& host = impl_->options().host;
  if (host.find(':') != std::string::npos) return fmt::format("http://[{}]:{}", host, port());
  return fmt::format("http://{}:{}", host, port());
}

}  // namespace net
