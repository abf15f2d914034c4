#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "net/http_message.h"
#include "net/request_body.h"
#include "net/request_head.h"
#include "net/sockets.h"

namespace net {

// The sockets of all connections that are open, those that wait in the lobby too, so that a stop can wait for
// them and then end them.
// Thread safety: every function may be called from any thread.
class OpenConnections {
 public:
  void add(int socket);
  // Call before the socket is closed: afterwards its number may be another's.
  void remove(int socket);

  // Blocks until none is left. False when the deadline passed first.
  bool wait_until_none(Moment deadline);
  // Ends both directions of each: reads see the end, writes fail.
  void shut_down_all();

 private:
  std::mutex mutex_;
  std::condition_variable removed_;
  std::set<int> sockets_;
};

// A request whose head was read and let in, and whose body may still be under way.
struct BegunRequest {
  HttpRequest request;
  BodyFraming framing;
  std::size_t max_body_bytes = 0;
  Persistence persistence = Persistence::kClose;
};

// One accepted connection on its way between the lobby, where it waits, and a thread that answers it.
// Thread safety: whoever has it uses it alone.
struct Connection {
  enum class Stage : std::uint8_t {
    kIdle,     // between requests
    kHead,     // the head of a request is arriving
    kBody,     // `begun` awaits its body
    kSending,  // the client takes an answer more slowly than it was made
    kLeaving,  // answered for the last time; what still arrives is thrown away, so that the answer is read
    kClosed,
  };

  Connection(FileDescriptor descriptor, OpenConnections& open_connections)
      : socket(std::move(descriptor)), open(open_connections) {
    open.add(socket.fd());
  }
  ~Connection() { open.remove(socket.fd()); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  ConnectionSocket socket;
  OpenConnections& open;
  std::string peer;  // address
  Stage stage = Stage::kIdle;
  Moment accepted{};
  Moment since{};            // of the stage; kBody: of the request's head; kSending: of the last progress
  Moment due{};              // when the lobby looks at it, whatever arrives
  bool known = false;        // it has sent a right secret
  bool late = false;         // its request did not come in time
  std::string counted;       // as a stranger of this address; empty: not
  std::size_t received = 0;  // bytes of the request so far
  std::size_t scanned = 0;   // of the head
  std::optional<BegunRequest> begun;
  ChunkScan chunks;
  std::string unsent;
  std::size_t sent = 0;  // of `unsent`
  Stage after_sending = Stage::kClosed;
};

// Sends what the socket takes now, and enters the stage that follows.
void send_on(Connection& connection);

// Connections whose request is there, on their way to a thread, oldest first.
// Thread safety: every function may be called from any thread.
class ConnectionQueue {
 public:
  // After close() the connection is dropped. As long as the lobby lets connections in: it bounds their
  // number.
  void push(std::unique_ptr<Connection> connection);
  // Blocks until there is a connection; null after close().
  std::unique_ptr<Connection> take();
  void close();

 private:
  std::mutex mutex_;
  std::condition_variable not_empty_;
  std::deque<std::unique_ptr<Connection>> waiting_;
  bool closed_ = false;
};

}  // namespace net
