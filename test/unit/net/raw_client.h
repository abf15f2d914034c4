#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "net/file_descriptor.h"

namespace net::test {

// Longer than anything a test waits for; reaching it fails the test.
inline constexpr std::chrono::milliseconds kPatience{20000};

// A client that sends exactly the bytes it is told to, well formed or not.
class RawClient {
 public:
  explicit RawClient(int port);

  // False when the server has closed the connection.
  bool send(std::string_view bytes);
  // Everything up to the end of one answer, its body by Content-Length (none after a HEAD request). What came
  // so far when the connection ends first.
  std::string read_answer();
  std::string read_answer_head();
  // Everything until the server closes; the test fails when it does not.
  std::string read_to_end();
  // As read_to_end, but only counts, and pauses before every `piece` bytes.
  std::size_t count_to_end(std::size_t piece, std::chrono::milliseconds pause);
  // True when bytes or the end arrive within `time`.
  bool wait_readable(std::chrono::milliseconds time);
  void close() { socket_.reset(); }
  // Sends no more, but reads on.
  void end_sending();

 private:
  bool read_more();

  FileDescriptor socket_;
  std::string buffer_;
};

// The port that a socket of this process is bound to.
int local_port(int socket);

// The status of an answer, 0 where there is none.
int status_of(std::string_view answer);
// What follows the head.
std::string body_of(std::string_view answer);
// A field's value from an answer's head, "" when absent. `name` as written there.
std::string field_of(std::string_view answer, std::string_view name);

}  // namespace net::test
