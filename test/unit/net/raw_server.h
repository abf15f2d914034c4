#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "net/sockets.h"

namespace net::test {

// The server's end of a connection, on which a test does byte by byte what it wants.
class RawPeer {
 public:
  RawPeer(FileDescriptor socket, int stop_fd) : socket_(std::move(socket)), stop_fd_(stop_fd) {}

  // One request with its body, by Content-Length or in chunks. "" when the client left before.
  std::string read_request();
  // False when the client has left.
  bool send(const std::string& bytes);
  // Blocks until the client leaves or the test ends.
  void wait_until_left();
  int fd() const { return socket_.fd(); }

 private:
  bool has_more();

  ConnectionSocket socket_;
  int stop_fd_;
};

// Serves one connection after the other with a script, closing each when the script returns. The destructor
// waits for the script.
class RawServer {
 public:
  using Script = std::function<void(RawPeer& peer, int number)>;  // connections counted from 0

  explicit RawServer(Script script);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  int connections() const { return connections_; }
  std::string url(const std::string& path = "/") const;
  int port() const { return listener_.port(); }

 private:
  void run(const Script& script);

  ListeningSocket listener_;
  EventFlag stop_;
  std::atomic<int> connections_{0};
  std::thread thread_;
};

}  // namespace net::test
