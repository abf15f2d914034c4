#include "net/connection_server.h"

#include <httplib.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "net/ascii.h"
#include "net/client_address.h"
#include "net/poll_deadline.h"
#include "net/request_body.h"
#include "net/request_head.h"
#include "net/response_head.h"

namespace net {
namespace {

using std::chrono::steady_clock;

constexpr short kPeerLeft = POLLRDHUP | POLLHUP | POLLERR;

class PolledConnection final : public ClientConnection {
 public:
  PolledConnection(int socket, int stop_fd) : socket_(socket), stop_fd_(stop_fd) {}

  bool client_gone() const override {
    pollfd peer{socket_, kPeerLeft, 0};
    return poll_until(&peer, 1, steady_clock::now()) > 0;
  }

  bool stopping() const override {
    pollfd stop{stop_fd_, POLLIN, 0};
    return poll_until(&stop, 1, steady_clock::now()) > 0;
  }

  void wait(int wake_fd, std::chrono::milliseconds timeout) const override {
    // poll ignores a negative descriptor.
    std::array<pollfd, 3> watched{pollfd{socket_, kPeerLeft, 0}, pollfd{stop_fd_, POLLIN, 0},
                                  pollfd{wake_fd, POLLIN, 0}};
    poll_until(watched.data(), watched.size(), steady_clock::now() + timeout);
  }

 private:
  const int socket_;
  const int stop_fd_;
};

// Gives cpp-httplib a request line that is complete already, and swallows the answer it writes: answers are
// written by Loop, to the socket.
class RequestLineStream final : public httplib::Stream {
 public:
  explicit RequestLineStream(std::string head) : head_(std::move(head)) {}

  bool is_readable() const override { return position_ < head_.size(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* buffer, std::size_t size) override {
    const std::size_t copied = head_.copy(buffer, size, position_);
    position_ += copied;
    return static_cast<ssize_t>(copied);
  }
  ssize_t write(const char*, std::size_t size) override { return static_cast<ssize_t>(size); }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  // Only compared with FD_SETSIZE, which matters to select(2) and not to poll(2).
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  const std::string head_;
  std::size_t position_ = 0;
};

class InFlight {
 public:
  explicit InFlight(std::atomic<int>& count) : count_(count) { ++count_; }
  ~InFlight() { --count_; }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

 private:
  std::atomic<int>& count_;
};

// The origin-form of a target: proxies may send "http://host/path" (RFC 9112, 3.2.2).
std::string origin_form(const std::string& target) {
  const std::size_t scheme_end = target.find("://");
  if (target.starts_with('/') || scheme_end == std::string::npos) return target;
  const std::size_t path = target.find_first_of("/?", scheme_end + 3);
  if (path == std::string::npos) return "/";
  return target[path] == '/' ? target.substr(path) : "/" + target.substr(path);
}

// RFC 3986 allows '?' inside a query; cpp-httplib refuses a second one, so it is escaped.
std::string escape_later_marks(std::string_view line) {
  const std::size_t first = std::min(line.find('?'), line.size() - 1);
  std::string escaped(line.substr(0, first + 1));
  for (const char c : line.substr(first + 1)) {
    if (c == '?') {
      escaped += "%3F";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

bool wants_to_keep_open(const Headers& fields, std::string_view version) {
  if (lists_token(fields, "Connection", "close")) return false;
  return version == "HTTP/1.1" || lists_token(fields, "Connection", "keep-alive");
}

}  // namespace

class ConnectionServer::Loop final : private httplib::Server {
 public:
  explicit Loop(ServerState& state);

  void serve(FileDescriptor connection) { process_and_close_socket(connection.release()); }

 private:
  enum class After { kNextRequest, kClose, kCloseUnread };

  bool process_and_close_socket(socket_t socket) override;
  void serve_requests(ConnectionSocket& socket);
  bool await_request(const ConnectionSocket& socket, std::chrono::milliseconds busy_timeout) const;
  After serve_request(ConnectionSocket& socket);
  std::optional<Refusal> read_request(ConnectionSocket& socket, Moment deadline, HttpRequest& request,
                                      Persistence& persistence);
  std::optional<Refusal> read_request_line(std::string_view head, HttpRequest& request, std::string& version);
  HttpResponse handle(const HttpRequest& request, const ConnectionSocket& socket) const;
  HttpResponse refusal_response(int status, const std::string& detail) const;
  WriteOutcome write(ConnectionSocket& socket, const HttpRequest& request, const HttpResponse& response,
                     Persistence persistence) const;
  bool stopping() const;

  ServerState& state_;
  const ServerOptions& options_;
  int parser_status_ = 0;  // how cpp-httplib refused the last request line; 0: it did not
};

ConnectionServer::ConnectionServer(ServerState& state) : loop_(std::make_unique<Loop>(state)) {}
ConnectionServer::~ConnectionServer() = default;
void ConnectionServer::serve(FileDescriptor connection) { loop_->serve(std::move(connection)); }

ConnectionServer::Loop::Loop(ServerState& state) : state_(state), options_(state.options) {
  // No route is ever looked up: the one handler is called by serve_request.
  set_pre_routing_handler(
      [](const httplib::Request&, httplib::Response&) { return HandlerResponse::Handled; });
  set_error_handler(HandlerWithResponse([this](const httplib::Request&, httplib::Response& response) {
    parser_status_ = response.status;
    return HandlerResponse::Handled;
  }));
}

bool ConnectionServer::Loop::process_and_close_socket(socket_t fd) {
  ConnectionSocket socket{FileDescriptor(fd)};
  state_.open.add(fd);
  try {
    serve_requests(socket);
  } catch (const std::exception& trouble) {
    // Out of memory or descriptors: this connection ends, the thread serves the next one.
    if (options_.on_handler_exception) options_.on_handler_exception({}, trouble.what());
  }
  state_.open.remove(fd);
  return true;
}

void ConnectionServer::Loop::serve_requests(ConnectionSocket& socket) {
  // A client may lose a kept connection at any time and knows to try again; a new one deserves a chance.
  auto busy_timeout = options_.busy_first_timeout;
  while (await_request(socket, std::exchange(busy_timeout, options_.busy_idle_timeout))) {
    switch (serve_request(socket)) {
      case After::kNextRequest:
        break;
      case After::kClose:
        return;
      case After::kCloseUnread:
        socket.finish_sending();
        return;
    }
  }
}

// False when the connection is to be closed: the peer left, it idled for too long, or the server stops.
bool ConnectionServer::Loop::await_request(const ConnectionSocket& socket,
                                           std::chrono::milliseconds busy_timeout) const {
  if (!socket.buffered().empty()) return !stopping();
  const Moment idle_since = steady_clock::now();
  bool crowded = state_.queue.crowded();
  for (;;) {
    std::array<pollfd, 3> watched{pollfd{socket.fd(), POLLIN, 0}, pollfd{state_.stopping.fd(), POLLIN, 0},
                                  pollfd{crowded ? -1 : state_.queue.crowded_fd(), POLLIN, 0}};
    const Moment deadline =
        idle_since + std::min(crowded ? busy_timeout : options_.idle_timeout, options_.idle_timeout);
    const int ready = poll_until(watched.data(), watched.size(), deadline);
    if (watched[1].revents != 0) return false;
    if (watched[0].revents != 0) return true;
    const bool was_crowded = std::exchange(crowded, state_.queue.crowded());
    if (ready == 0 && (crowded || !was_crowded)) return false;
  }
}

ConnectionServer::Loop::After ConnectionServer::Loop::serve_request(ConnectionSocket& socket) {
  HttpRequest request;
  Persistence persistence = Persistence::kClose;
  const Moment deadline = steady_clock::now() + options_.request_deadline;
  if (const auto refusal = read_request(socket, deadline, request, persistence)) {
    if (refusal->status == Refusal::kNobodyThere) return After::kClose;
    // The rest of the request may still be under way, so nothing after it can be understood.
    write(socket, request, refusal_response(refusal->status, refusal->detail), Persistence::kClose);
    return After::kCloseUnread;
  }
  const InFlight in_flight(state_.in_flight);
  const HttpResponse response = handle(request, socket);
  if (response.delivery == Delivery::kCloseWithoutAnswer) return After::kClose;
  if (response.delivery == Delivery::kTruncateBody || stopping()) persistence = Persistence::kClose;
  if (write(socket, request, response, persistence) == WriteOutcome::kFailed) return After::kClose;
  if (persistence == Persistence::kKeepOpen) return After::kNextRequest;
  return socket.buffered().empty() ? After::kClose : After::kCloseUnread;
}

std::optional<Refusal> ConnectionServer::Loop::read_request(ConnectionSocket& socket, Moment deadline,
                                                            HttpRequest& request, Persistence& persistence) {
  std::string head;
  std::string version;
  BodyFraming framing;
  if (auto refusal = read_head(socket, options_.max_head_bytes, deadline, head)) return refusal;
  if (auto refusal = read_request_line(head, request, version)) return refusal;
  if (auto refusal = parse_fields(std::string_view(head).substr(head.find('\n') + 1), request.headers))
    return refusal;
  if (auto refusal = check_host(request.headers, version)) return refusal;
  if (auto refusal = body_framing(request.headers, options_.max_body_bytes, framing)) return refusal;

  const auto expectation = request.headers.get("Expect");
  if (expectation && !ascii::same(*expectation, "100-continue")) return Refusal{417, "unknown expectation"};
  if (expectation && framing.kind != BodyFraming::Kind::kNone && socket.buffered().empty()) {
    socket.write("HTTP/1.1 100 Continue\r\n\r\n", {}, options_.write_timeout);
  }
  const auto encoding = request.headers.get("Content-Encoding").value_or(std::string_view{});
  if (auto refusal = read_body(socket, framing, encoding, options_.max_body_bytes, deadline, request.body)) {
    return refusal;
  }
  const std::string peer = peer_address(socket.fd());
  request.remote_address = client_address(peer, request.headers, options_.trusted_proxies);
  request.over_tls = client_spoke_tls(peer, request.headers, options_.trusted_proxies);
  if (wants_to_keep_open(request.headers, version)) persistence = Persistence::kKeepOpen;
  return std::nullopt;
}

// cpp-httplib's parser gets the request line alone: its header parser percent-decodes values, leaves out
// empty ones and cuts lines at 8 KiB, and its own handling of Range and Expect is not wanted.
std::optional<Refusal> ConnectionServer::Loop::read_request_line(std::string_view head, HttpRequest& request,
                                                                 std::string& version) {
  const std::string_view line = head.substr(0, head.find('\r'));
  if (std::any_of(line.begin(), line.end(), ascii::is_control)) return Refusal{400, "malformed request line"};
  RequestLineStream stream(escape_later_marks(line) + "\r\n\r\n");
  bool connection_closed = false;
  parser_status_ = 0;
  process_request(stream, true, connection_closed, [&](httplib::Request& parsed) {
    request.method = parsed.method;
    request.target = origin_form(parsed.target);
    version = parsed.version;
  });
  if (parser_status_ == 414) return Refusal{414, "the request target exceeds 8192 bytes"};
  if (parser_status_ != 0) return Refusal{400, "malformed request line"};
  const std::size_t mark = std::min(request.target.find('?'), request.target.size());
  request.path = request.target.substr(0, mark);
  if (mark < request.target.size())
    request.query = parse_query(std::string_view(request.target).substr(mark + 1));
  return std::nullopt;
}

HttpResponse ConnectionServer::Loop::handle(const HttpRequest& request,
                                            const ConnectionSocket& socket) const {
  std::string what = "an exception that is no std::exception";
  try {
    return state_.handler(request, PolledConnection(socket.fd(), state_.stopping.fd()));
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
  }
  if (options_.on_handler_exception) options_.on_handler_exception(request, what);
  return refusal_response(500, "internal error");
}

HttpResponse ConnectionServer::Loop::refusal_response(int status, const std::string& detail) const {
  if (options_.error_response) return options_.error_response(status, detail);
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, detail + "\n"};
}

WriteOutcome ConnectionServer::Loop::write(ConnectionSocket& socket, const HttpRequest& request,
                                           const HttpResponse& response, Persistence persistence) const {
  const std::string head = response_head(response, options_.default_headers, persistence);
  std::string_view body = response.body;
  if (request.method == "HEAD" || !may_have_body(response.status)) body = {};
  if (response.delivery == Delivery::kTruncateBody) body = body.substr(0, body.size() / 2);
  return socket.write(head, body, options_.write_timeout);
}

bool ConnectionServer::Loop::stopping() const {
  pollfd stop{state_.stopping.fd(), POLLIN, 0};
  return poll_until(&stop, 1, steady_clock::now()) > 0;
}

}  // namespace net
