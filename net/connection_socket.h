#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "net/file_descriptor.h"

namespace net {

using Moment = std::chrono::steady_clock::time_point;

enum class ReadOutcome { kData, kClosed, kDeadline };
enum class WriteOutcome { kDone, kFailed };

// One accepted connection: a non-blocking socket with a read buffer, every wait of which is bounded.
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

  // Sends both parts. Fails when the peer is gone or takes nothing for `progress_timeout`; a peer that reads
  // slowly but steadily is served to the end.
  WriteOutcome write(std::string_view first, std::string_view second,
                     std::chrono::milliseconds progress_timeout);

  // Ends our direction and throws away what still arrives, so that closing afterwards does not reset the
  // connection before the peer has read the answer (RFC 9112, 9.6). Blocks for a bounded time.
  void finish_sending();

 private:
  FileDescriptor socket_;
  std::string buffer_;
  std::size_t begin_ = 0;
};

// The peer's address without port; an IPv4-mapped IPv6 address as IPv4. Empty when the peer has left.
std::string peer_address(int socket);

}  // namespace net
