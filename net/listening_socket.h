#pragma once

#include <optional>
#include <string>

#include "net/file_descriptor.h"

namespace net {

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
