#pragma once

#include <condition_variable>
#include <mutex>
#include <string>

#include "net/http_server.h"
#include "raw_client.h"

namespace net::test {

// "METHOD target", then each line of `fields`, then the body.
std::string request_text(const std::string& request_line, const std::string& fields = {},
                         const std::string& body = {});

// Answers with what arrived: "METHOD target|body|remote address".
HttpResponse echo(const HttpRequest& request, const ClientConnection& connection);

// Few threads, which start faster than 128, and limits that a test does not reach by being slow.
ServerOptions patient_options();

// Sends `start`, then `byte` again and again, each after the server stayed silent for a moment. What came
// until the connection ended.
std::string drip(int port, const std::string& start, char byte);

// A number that threads count up and a test waits for.
class Counter {
 public:
  void increment();
  // False when the number is not reached within kPatience.
  bool wait_for(int number);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

}  // namespace net::test
