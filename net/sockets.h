#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "net/file_descriptor.h"

namespace net {

// One accepted connection: a non-blocking socket with a read buffer.
// Thread safety: one thread at a time.
class ConnectionSocket {
 public:
  explicit ConnectionSocket(FileDescriptor socket) : socket_(std::move(socket)) {}

  int fd() const { return socket_.get(); }

  // Bytes that have arrived and are not consumed yet. Valid until the next read_now or consume.
  std::string_view buffered() const { return std::string_view(buffer_).substr(begin_); }
  void consume(std::size_t bytes);

  // Buffers what is there, up to a bound; tells how much, nullopt when the peer is gone. Never blocks.
  std::optional<std::size_t> read_now();

  // Sends what the socket takes now; tells how much, nullopt when the peer is gone. Never blocks.
  std::optional<std::size_t> send_now(std::string_view bytes);

 private:
  FileDescriptor socket_;
  std::string buffer_;
  std::size_t begin_ = 0;
};

// A bound TCP socket that listens, closed on destruction.
// Thread safety: accept from one thread; the rest is constant.
class ListeningSocket {
 public:
  // `port` 0: the system picks one. Throws ListenError naming address and reason.
  ListeningSocket(const std::string& host, int port, int backlog);

  int fd() const { return socket_.get(); }
  int port() const { return port_; }

  enum class Trouble { kNone, kNothingThere, kNoDescriptors, kClosed };
  // The next waiting connection, non-blocking and without Nagle's delay; otherwise `trouble` says why there
  // is none. Never blocks.
  std::optional<FileDescriptor> accept(Trouble& trouble);

 private:
  FileDescriptor socket_;
  int port_ = 0;
};

}  // namespace net
