#include "net/http_server.h"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <optional>
#include <thread>

#include "net/connection_server.h"
#include "net/listening_socket.h"
#include "net/poll_deadline.h"

namespace net {
namespace {

using std::chrono::steady_clock;

// Connections accepted and not yet served; more stay in the kernel's backlog.
constexpr std::size_t kMaxQueuedConnections = 512;
// With no descriptor left the kernel reports the same connection again and again.
constexpr std::chrono::milliseconds kNoDescriptorsPause{100};

}  // namespace

class HttpServer::Impl {
 public:
  Impl(ServerOptions options, Handler handler)
      : state_(std::move(options), std::move(handler), kMaxQueuedConnections) {}
  ~Impl() { stop(std::chrono::milliseconds{0}); }

  void start();
  void stop(std::chrono::milliseconds grace);
  int port() const { return port_; }
  const ServerOptions& options() const { return state_.options; }
  int in_flight() const { return state_.in_flight; }
  void on_unexpected_close(std::function<void()> callback) { unexpected_close_ = std::move(callback); }

 private:
  void run_accept_thread();
  void accept_connections();
  bool wait_for_connection();

  ServerState state_;
  std::optional<ListeningSocket> listener_;
  int port_ = 0;
  std::thread accept_thread_;
  std::vector<std::thread> connection_threads_;
  std::function<void()> unexpected_close_;
};

void HttpServer::Impl::start() {
  if (port_ != 0) throw std::logic_error("HttpServer::start called twice");
  const ServerOptions& options = state_.options;
  listener_.emplace(options.host, options.port, options.backlog);
  port_ = listener_->port();
  for (int i = 0; i < options.threads; ++i) {
    connection_threads_.emplace_back([this] {
      ConnectionServer server(state_);
      while (auto connection = state_.queue.take())
        server.serve(std::move(*connection));
    });
  }
  accept_thread_ = std::thread([this] { run_accept_thread(); });
}

void HttpServer::Impl::run_accept_thread() {
  try {
    accept_connections();
  } catch (const std::exception&) {
    // Out of memory: nobody can connect any more, which is what a closed socket means to the owner.
    if (unexpected_close_) unexpected_close_();
  }
}

void HttpServer::Impl::accept_connections() {
  while (wait_for_connection()) {
    auto trouble = ListeningSocket::Trouble::kNone;
    if (auto connection = listener_->accept(trouble)) state_.queue.push(std::move(*connection));
    if (trouble == ListeningSocket::Trouble::kClosed) {
      if (unexpected_close_) unexpected_close_();
      return;
    }
    if (trouble == ListeningSocket::Trouble::kNoDescriptors) {
      pollfd stop{state_.stopping.fd(), POLLIN, 0};
      poll_until(&stop, 1, steady_clock::now() + kNoDescriptorsPause);
    }
  }
}

// False when the server stops.
bool HttpServer::Impl::wait_for_connection() {
  std::array<pollfd, 2> watched{pollfd{listener_->fd(), POLLIN, 0}, pollfd{state_.stopping.fd(), POLLIN, 0}};
  poll_until(watched.data(), watched.size(), Moment::max());
  return watched[1].revents == 0;
}

void HttpServer::Impl::stop(std::chrono::milliseconds grace) {
  if (!listener_) return;
  state_.stopping.raise();
  state_.queue.close();
  if (accept_thread_.joinable()) accept_thread_.join();
  // Idle connections end by themselves now; what is left after `grace` loses its socket.
  if (!state_.open.wait_until_none(steady_clock::now() + grace)) state_.open.shut_down_all();
  for (std::thread& thread : connection_threads_)
    thread.join();
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
