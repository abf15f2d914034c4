#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "net/http_message.h"

namespace net {

// What is thought of a request whose head alone has come.
struct Judgement {
  std::optional<HttpResponse> refusal;                                   // its answer; the body is never read
  bool knows_secret = true;                                              // no stranger, from now on
  std::size_t max_body_bytes = std::numeric_limits<std::size_t>::max();  // if less than the server's
};

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;                                       // 0: the system picks one
  int threads = 128;                                  // requests answered at once
  std::size_t max_body_bytes = 1048576;               // counted after decompression; more is 413
  std::size_t max_head_bytes = 65536;                 // request line and headers together; more is 431
  std::chrono::milliseconds request_deadline{10000};  // to read one request whole; later is 408
  std::size_t least_bytes_per_second = 1024;          // of a request, after its first second; 0: any
  std::chrono::milliseconds idle_timeout{5000};       // keep-alive without a request
  std::chrono::milliseconds write_timeout{10000};     // an answer that the client takes nothing of
  std::size_t max_connections = 16384;                // open at once, where the process has the descriptors
  std::size_t strangers_per_address = 16;             // connections of one that has sent no right secret
  int backlog = 512;
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For names the client
  // Who may send a body, asked about every request before that is read. Must not block. Unset: everybody, and
  // nobody is a stranger.
  std::function<Judgement(const HttpRequest& head)> judge;
  // Added to every answer that does not set them itself (security headers).
  Headers default_headers;
  // The answer for what the server refuses itself (400, 408, 413, 431, 500): status and one sentence. Unset:
  // text/plain.
  std::function<HttpResponse(int status, const std::string& detail)> error_response;
  // An exception left a handler. Called on the connection's thread; the client gets a 500 without its text.
  // Neither this function nor error_response may throw.
  std::function<void(const HttpRequest&, const std::string& what)> on_handler_exception;
};

// Lets a handler that waits (long poll) notice that its client went away or that the server is stopping.
class ClientConnection {
 public:
  virtual ~ClientConnection() = default;
  // True once the peer has closed or reset the connection, or ended its own direction of it. Never blocks.
  virtual bool client_gone() const = 0;
  // True once stop() was called: from then on wait returns at once. Never blocks.
  virtual bool stopping() const { return false; }
  // Blocks until the client left, the server stops, `wake_fd` (an eventfd; -1: none) is readable, or the
  // timeout passed.
  virtual void wait(int wake_fd, std::chrono::milliseconds timeout) const = 0;
};

// An HTTP/1.1 server with connections of its own: one deadline a request, counted limits, TCP_NODELAY, and a
// closed connection after an answer that left a body unread. A thread is taken by a request that has arrived
// whole, never by one that is slow to come, nor by an answer that is slow to go. cpp-httplib parses the
// request line only (ARCHITECTURE.md, "cpp-httplib"): methods are those of RFC 9110 and PATCH (others get
// 400), and a request line has at most 8 KiB (414). Thread safety: start and stop from one thread; the
// handler is called from many at once.
class HttpServer {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&, const ClientConnection&)>;

  HttpServer(ServerOptions options, Handler handler);
  ~HttpServer();  // stop()
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Binds and serves on threads of its own. Afterwards port() is the chosen one. Throws ListenError naming
  // the address when it cannot be bound. A server is started once.
  void start();
  int port() const;
  std::string url() const;  // "http://127.0.0.1:8000"; an IPv6 host in brackets

  // Requests that are being answered now.
  int in_flight() const;
  // Stops accepting, lets requests in flight finish for at most `grace`, then closes what is left. Blocks
  // until the last handler has returned.
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds{0});
  // Called once, on a server thread, if the listening socket closed without stop(). Set before start().
  void on_unexpected_close(std::function<void()> callback);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class ListenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace net
