#include "test_server.h"

namespace net::test {

std::string request_text(const std::string& request_line, const std::string& fields,
                         const std::string& body) {
  return request_line + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n" + body;
}

HttpResponse echo(const HttpRequest& request, const ClientConnection&) {
  HttpResponse response;
  response.headers.add("Content-Type", "text/plain");
  response.body = request.method + " " + request.target + "|" + request.body + "|" + request.remote_address;
  return response;
}

ServerOptions patient_options() {
  ServerOptions options;
  options.threads = 4;
  options.request_deadline = kPatience;
  options.idle_timeout = kPatience;
  options.least_bytes_per_second = 0;
  options.write_timeout = kPatience;
  return options;
}

std::string drip(int port, const std::string& start, char byte) {
  RawClient client(port);
  client.send(start);
  while (!client.wait_readable(std::chrono::milliseconds(5)) && client.send(std::string(1, byte))) {
  }
  return client.read_to_end();
}

void Counter::increment() {
  const std::lock_guard lock(mutex_);
  ++count_;
  changed_.notify_all();
}

bool Counter::wait_for(int number) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kPatience, [&] { return count_ >= number; });
}

}  // namespace net::test
