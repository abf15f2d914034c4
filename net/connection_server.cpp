#include "net/connection_server.h"

#include <httplib.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "net/ascii.h"
#include "net/client_address.h"
#include "net/file_descriptor.h"

namespace net {
namespace {

using std::chrono::steady_clock;

constexpr short kPeerLeft = POLLRDHUP | POLLHUP | POLLERR;

class PolledConnection final : public ClientConnection {
 public:
  PolledConnection(int socket, const EventFlag& stop) : socket_(socket), stop_(stop) {}

  bool client_gone() const override {
    pollfd peer{socket_, kPeerLeft, 0};
    return poll_until(&peer, 1, steady_clock::now()) > 0;
  }

  bool stopping() const override { return stop_.raised(); }

  void wait(int wake_fd, std::chrono::milliseconds timeout) const override {
    // poll ignores a negative descriptor.
    std::array<pollfd, 3> watched{pollfd{socket_, kPeerLeft, 0}, pollfd{stop_.fd(), POLLIN, 0},
                                  pollfd{wake_fd, POLLIN, 0}};
    poll_until(watched.data(), watched.size(), steady_clock::now() + timeout);
  }

 private:
  const int socket_;
  const EventFlag& stop_;
};

// Gives cpp-httplib a request line that is complete already, and swallows the answer it writes: answers are
// written to the socket elsewhere.
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
  for (const char& c : line.substr(first + 1))
    escaped += c == '?' ? std::string_view("%3F") : std::string_view(&c, 1);
  return escaped;
}

bool wants_to_keep_open(const Headers& fields, std::string_view version) {
  if (lists_token(fields, "Connection", "close")) return false;
  return version == "HTTP/1.1" || lists_token(fields, "Connection", "keep-alive");
}

}  // namespace

// cpp-httplib's parser gets the request line alone: its header parser percent-decodes values, leaves out
// empty ones and cuts lines at 8 KiB, and its own handling of Range and Expect is not wanted.
class ConnectionServer::RequestLineParser final : private httplib::Server {
 public:
  RequestLineParser() {
    // No route is ever looked up: the one handler is called elsewhere.
    set_pre_routing_handler(
        [](const httplib::Request&, httplib::Response&) { return HandlerResponse::Handled; });
    set_error_handler(HandlerWithResponse([this](const httplib::Request&, httplib::Response& response) {
      refused_with_ = response.status;
      return HandlerResponse::Handled;
    }));
  }

  std::optional<Refusal> parse(std::string_view line, HttpRequest& request, std::string& version) {
    if (std::any_of(line.begin(), line.end(), ascii::is_control))
      return Refusal{400, "malformed request line"};
    RequestLineStream stream(escape_later_marks(line) + "\r\n\r\n");
    bool connection_closed = false;
    refused_with_ = 0;
    process_request(stream, true, connection_closed, [&](httplib::Request& parsed) {
      request.method = parsed.method;
      request.target = origin_form(parsed.target);
      version = parsed.version;
    });
    if (refused_with_ == 414) return Refusal{414, "the request target exceeds 8192 bytes"};
    if (refused_with_ != 0) return Refusal{400, "malformed request line"};
    const std::size_t mark = std::min(request.target.find('?'), request.target.size());
    request.path = request.target.substr(0, mark);
    if (mark < request.target.size())
      request.query = parse_query(std::string_view(request.target).substr(mark + 1));
    return std::nullopt;
  }

 private:
  int refused_with_ = 0;  // the status for the last line; 0: none
};

ConnectionServer::ConnectionServer(ServerState& state)
    : state_(state), options_(state.options), parser_(std::make_unique<RequestLineParser>()) {}
ConnectionServer::~ConnectionServer() = default;

void ConnectionServer::serve(Connection& connection) {
  try {
    if (connection.late) {
      refuse(connection, {408, connection.begun ? "the request body did not arrive in time"
                                                : "the request head did not arrive in time"});
    } else if (connection.begun) {
      finish(connection);
    } else {
      begin_or_refuse(connection);
    }
  } catch (const std::exception& trouble) {
    // Out of memory or descriptors: this connection ends, the thread serves the next one.
    if (options_.on_handler_exception) options_.on_handler_exception({}, trouble.what());
    connection.stage = Connection::Stage::kClosed;
  }
}

void ConnectionServer::begin_or_refuse(Connection& connection) {
  judged_.reset();
  connection.begun.emplace();
  if (const auto refusal = begin(connection)) return refuse(connection, *refusal);
  const BegunRequest& begun = *connection.begun;
  if (!judged_) return await_body(connection);
  const bool all_read = begun.framing.kind == BodyFraming::Kind::kNone;
  const bool keep = all_read && may_stay(begun);
  send(connection, begun.request, *judged_, keep ? Connection::Stage::kIdle : Connection::Stage::kLeaving);
}

std::optional<Refusal> ConnectionServer::begin(Connection& connection) {
  ConnectionSocket& socket = connection.socket;
  BegunRequest& begun = *connection.begun;
  HttpRequest& request = begun.request;
  std::string head;
  std::string version;
  if (auto refusal = take_head(socket, options_.max_head_bytes, head)) return refusal;
  const std::string_view lines = head;
  if (auto refusal = parser_->parse(lines.substr(0, lines.find('\r')), request, version)) return refusal;
  if (auto refusal = parse_fields(lines.substr(lines.find('\n') + 1), request.headers)) return refusal;
  if (auto refusal = check_host(request.headers, version)) return refusal;
  if (auto refusal = body_framing(request.headers, options_.max_body_bytes, begun.framing)) return refusal;
  request.remote_address = client_address(connection.peer, request.headers, options_.trusted_proxies);
  request.over_tls = client_spoke_tls(connection.peer, request.headers, options_.trusted_proxies);
  if (wants_to_keep_open(request.headers, version)) begun.persistence = Persistence::kKeepOpen;

  begun.max_body_bytes = options_.max_body_bytes;
  if (!options_.judge) return std::nullopt;
  Judgement judgement = options_.judge(request);
  connection.known = connection.known || (judgement.knows_secret && !judgement.refusal);
  judged_ = std::move(judgement.refusal);
  if (judged_ || judgement.max_body_bytes >= begun.max_body_bytes) return std::nullopt;
  begun.max_body_bytes = judgement.max_body_bytes;
  return body_framing(request.headers, begun.max_body_bytes, begun.framing);
}

void ConnectionServer::await_body(Connection& connection) {
  const BegunRequest& begun = *connection.begun;
  const auto expectation = begun.request.headers.get("Expect");
  if (expectation && !ascii::same(*expectation, "100-continue"))
    return refuse(connection, {417, "unknown expectation"});
  const bool expected = expectation && begun.framing.kind != BodyFraming::Kind::kNone;
  if (expected && connection.socket.buffered().empty())
    connection.socket.send_now("HTTP/1.1 100 Continue\r\n\r\n");
  connection.chunks = {};
  connection.stage = Connection::Stage::kBody;
  if (body_has_come(connection.socket.buffered(), begun.framing, begun.max_body_bytes, connection.chunks))
    finish(connection);
}

void ConnectionServer::finish(Connection& connection) {
  using Stage = Connection::Stage;
  BegunRequest& begun = *connection.begun;
  ConnectionSocket& socket = connection.socket;
  const auto encoding = begun.request.headers.get("Content-Encoding").value_or(std::string_view{});
  std::size_t taken = 0;
  if (const auto refusal = take_body(socket.buffered(), begun.framing, encoding, begun.max_body_bytes,
                                     begun.request.body, taken))
    return refuse(connection, *refusal);
  socket.consume(taken);
  const InFlight in_flight(state_.in_flight);
  const HttpResponse response = handle(begun.request, socket);
  if (response.delivery == Delivery::kCloseWithoutAnswer) {
    connection.stage = Stage::kClosed;
    return;
  }
  const bool keep = response.delivery != Delivery::kTruncateBody && may_stay(begun);
  const Stage close = socket.buffered().empty() ? Stage::kClosed : Stage::kLeaving;
  send(connection, begun.request, response, keep ? Stage::kIdle : close);
}

bool ConnectionServer::may_stay(const BegunRequest& begun) const {
  return begun.persistence == Persistence::kKeepOpen && !state_.nearly_full && !state_.stopping.raised();
}

void ConnectionServer::refuse(Connection& connection, const Refusal& refusal) const {
  // The rest of the request may still be under way, so nothing after it can be understood.
  send(connection, connection.begun ? connection.begun->request : HttpRequest{},
       refusal_response(refusal.status, refusal.detail), Connection::Stage::kLeaving);
}

void ConnectionServer::send(Connection& connection, const HttpRequest& request, const HttpResponse& response,
                            Connection::Stage after) const {
  const auto persistence = after == Connection::Stage::kIdle ? Persistence::kKeepOpen : Persistence::kClose;
  std::string_view body = response.body;
  if (request.method == "HEAD" || !may_have_body(response.status)) body = {};
  if (response.delivery == Delivery::kTruncateBody) body = body.substr(0, body.size() / 2);
  connection.unsent = response_head(response, options_.default_headers, persistence);
  connection.unsent += body;
  connection.sent = 0;
  connection.after_sending = after;
  connection.begun.reset();
  connection.late = false;
  send_on(connection);
}

HttpResponse ConnectionServer::handle(const HttpRequest& request, const ConnectionSocket& socket) const {
  std::string what = "an exception that is no std::exception";
  try {
    return state_.handler(request, PolledConnection(socket.fd(), state_.stopping));
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
  }
  if (options_.on_handler_exception) options_.on_handler_exception(request, what);
  return refusal_response(500, "internal error");
}

HttpResponse ConnectionServer::refusal_response(int status, const std::string& detail) const {
  if (options_.error_response) return options_.error_response(status, detail);
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, detail + "\n"};
}

}  // namespace net
