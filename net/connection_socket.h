#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "net/file_descriptor.h"

namespace net {

using Moment = std::chrono::steady_clock::time_point;

enum class ReadOutcome { kData, kClosed, kDeadline };

// One accepted connection: a non-blocking socket with a read buffer.
// Thread safety: one thread at a time.
class ConnectionSocket {
 public:
  explicit ConnectionSocket(FileDescriptor socket);

  int fd() const { return socket_.get(); }

  // Bytes that have arrived and are not consumed yet. Valid until the next read_more or consume.
  std::string_view buffered() const { return std::string_view(buffer_).substr(begin_); }
  void consume(std::size_t bytes);

  // Blocks until at least one more byte is buffered.
  ReadOutcome read_more(Moment deadline);

  // Buffers what is there, up to a bound, and tells how much; kDeadline when nothing is. Never blocks.
  ReadOutcome read_now(std::size_t& got);

  // Sends what the socket takes now; tells how much, nullopt when the peer is gone. Never blocks.
  std::optional<std::size_t> send_now(std::string_view bytes);

 private:
  FileDescriptor socket_;
  std::string buffer_;
  std::size_t begin_ = 0;
};

// The peer's address without port; an IPv4-mapped IPv6 address as IPv4. Empty when the peer has left.
std::string peer_address(int socket);

}  // namespace net
