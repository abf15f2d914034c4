#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "net/http_message.h"

namespace net {

// What ends a transfer early: a stop (cancel, end of the drain) or a moment. A stop request wakes the
// transfer at once; it is not polled for.
struct TransferControl {
  std::stop_token stop;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

// A body produced while it is sent. `rewind` starts it over (a reused connection that died is retried by
// curl). `read` fills the buffer and returns how many bytes it put there, 0 at the end.
struct BodySource {
  std::function<std::size_t(char* buffer, std::size_t size)> read;
  std::function<void()> rewind;
  std::optional<std::size_t> size;  // unknown: chunked
};

struct ClientRequest {
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::variant<std::monostate, std::string, BodySource> body;
  std::chrono::milliseconds connect_timeout{10000};
  std::chrono::milliseconds total_timeout{60000};
  std::size_t max_response_bytes = 64u << 20;
  bool use_proxy = true;  // the environment's proxy settings; off for the metadata server
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;  // decompressed
};

enum class TransferFailure {
  kUnreachable,  // no connection: name not resolved, refused, connect timeout. Nothing was sent.
  kTls,          // certificate or handshake. Nothing was sent.
  kTimeout,      // total timeout of the request; the server may have acted on it
  kClosed,       // the connection ended before the whole answer came; the server may have acted on it
  kTooLarge,     // answer above max_response_bytes
  kStopped,      // control.stop was requested
  kDeadline,     // control.deadline passed
};

struct TransferError {
  TransferFailure failure;
  std::string message;  // one line, for operators: "could not connect to 127.0.0.1 port 9: refused"
};

using TransferResult = std::variant<ClientResponse, TransferError>;

// How requests leave the process. Implementations are safe to call from many threads.
class Transport {
 public:
  virtual ~Transport() = default;
  // Blocks until the answer is complete or the transfer failed. Never throws for network trouble; any HTTP
  // status is a ClientResponse.
  virtual TransferResult perform(const ClientRequest& request, const TransferControl& control) = 0;
};

}  // namespace net
