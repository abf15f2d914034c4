#include <sys/socket.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "net/file_descriptor.h"
#include "test_server.h"

namespace net {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::body_of;
using test::Counter;
using test::echo;
using test::kPatience;
using test::patient_options;
using test::RawClient;
using test::request_text;
using test::status_of;

TEST_CASE("more requests than threads are all answered") {
  ServerOptions options = patient_options();
  options.threads = 3;
  HttpServer server(std::move(options), echo);
  server.start();
  std::vector<std::thread> threads;
  std::atomic<int> answered{0};
  for (int i = 0; i < 24; ++i) {
    threads.emplace_back([&, i] {
      RawClient client(server.port());
      client.send(request_text("GET /" + std::to_string(i)));
      if (body_of(client.read_answer()) == "GET /" + std::to_string(i) + "||127.0.0.1") ++answered;
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(answered == 24);
}

TEST_CASE("requests are handled on as many threads as configured") {
  ServerOptions options = patient_options();
  options.threads = 3;
  Counter entered;
  Counter release;
  HttpServer server(std::move(options), [&](const HttpRequest&, const ClientConnection&) {
    entered.increment();
    HttpResponse response;
    response.status = release.wait_for(1) ? 200 : 500;
    return response;
  });
  server.start();
  RawClient first(server.port());
  RawClient second(server.port());
  RawClient third(server.port());
  for (RawClient* client : {&first, &second, &third})
    client->send(request_text("GET /"));
  CHECK(entered.wait_for(3));
  CHECK(server.in_flight() == 3);
  release.increment();
  for (RawClient* client : {&first, &second, &third})
    CHECK(status_of(client->read_answer()) == 200);
}

TEST_CASE("an idle connection is dropped after the idle timeout") {
  ServerOptions options = patient_options();
  options.idle_timeout = 50ms;
  HttpServer server(std::move(options), echo);
  server.start();
  RawClient silent(server.port());
  CHECK(silent.read_to_end().empty());
  RawClient served(server.port());
  served.send(request_text("GET /"));
  CHECK(status_of(served.read_answer()) == 200);
  CHECK(served.read_to_end().empty());
}

TEST_CASE("connections that send nothing, or not all, take no thread") {
  ServerOptions options = patient_options();
  options.threads = 1;
  HttpServer server(std::move(options), echo);
  server.start();
  RawClient silent(server.port());
  RawClient idle(server.port());
  idle.send(request_text("GET /1"));
  CHECK(status_of(idle.read_answer()) == 200);
  RawClient half_head(server.port());
  half_head.send("GET / HT");
  RawClient half_body(server.port());
  half_body.send(request_text("POST /", "Content-Length: 10\r\n", "half"));
  RawClient half_chunks(server.port());
  half_chunks.send(request_text("POST /", "Transfer-Encoding: chunked\r\n", "5\r\nhal"));
  for (int i = 0; i < 3; ++i) {
    RawClient next(server.port());
    next.send(request_text("GET /2"));
    CHECK(status_of(next.read_answer()) == 200);
  }
  half_body.send(" body.");
  CHECK(body_of(half_body.read_answer()) == "POST /|half body.|127.0.0.1");
  half_chunks.send("f \r\n0\r\n\r\n");
  CHECK(body_of(half_chunks.read_answer()) == "POST /|half |127.0.0.1");
  idle.send(request_text("GET /3"));
  CHECK(status_of(idle.read_answer()) == 200);
}

TEST_CASE("a reader that is slower than the write timeout but steady gets all of a large answer") {
  const std::string large(50u << 20, 'x');
  ServerOptions options = patient_options();
  options.write_timeout = 500ms;
  HttpServer server(std::move(options), [&](const HttpRequest&, const ClientConnection&) {
    HttpResponse response;
    response.body = large;
    return response;
  });
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /", "Connection: close\r\n"));
  const std::string head = client.read_answer_head();
  CHECK(test::field_of(head, "Content-Length") == std::to_string(large.size()));
  const auto started = steady_clock::now();
  CHECK(client.count_to_end(1u << 20, 20ms) == large.size());
  CHECK(steady_clock::now() - started > 500ms);
}

TEST_CASE("a reader that takes nothing holds no thread, and is left after the write timeout") {
  const std::string large(50u << 20, 'x');
  ServerOptions options = patient_options();
  options.threads = 1;
  options.write_timeout = 50ms;
  HttpServer server(std::move(options), [&](const HttpRequest& request, const ClientConnection& connection) {
    HttpResponse response;
    if (request.path == "/large") response.body = large;
    if (request.path == "/later") connection.wait(-1, 500ms);
    return response;
  });
  server.start();
  RawClient stuck(server.port());
  stuck.send(request_text("GET /large"));
  RawClient next(server.port());
  next.send(request_text("GET /later"));
  CHECK(status_of(next.read_answer()) == 200);
  CHECK(stuck.read_to_end().size() < large.size());
}

struct Waited {
  bool client_gone = false;
  bool stopping = false;
  std::chrono::milliseconds time{0};
};

// A server whose handler waits, and what the wait ended with.
class WaitingServer {
 public:
  WaitingServer()
      : server(patient_options(), [this](const HttpRequest&, const ClientConnection& connection) {
          entered.increment();
          const auto started = steady_clock::now();
          connection.wait(wake.fd(), kPatience);
          waited = {connection.client_gone(), connection.stopping(),
                    std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - started)};
          left.increment();
          HttpResponse response;
          response.body = "state";
          return response;
        }) {
    server.start();
  }

  EventFlag wake;
  Counter entered;
  Counter left;
  Waited waited;
  HttpServer server;
};

TEST_CASE("a waiting handler is woken by its event") {
  WaitingServer waiting;
  RawClient client(waiting.server.port());
  client.send(request_text("GET /"));
  REQUIRE(waiting.entered.wait_for(1));
  waiting.wake.raise();
  CHECK(body_of(client.read_answer()) == "state");
  CHECK_FALSE(waiting.waited.client_gone);
  CHECK_FALSE(waiting.waited.stopping);
  CHECK(waiting.waited.time < kPatience);
}

TEST_CASE("a waiting handler is woken when its client leaves") {
  WaitingServer waiting;
  {
    RawClient client(waiting.server.port());
    client.send(request_text("GET /"));
    REQUIRE(waiting.entered.wait_for(1));
  }
  REQUIRE(waiting.left.wait_for(1));
  CHECK(waiting.waited.client_gone);
  CHECK(waiting.waited.time < kPatience);
}

TEST_CASE("a waiting handler is woken by a stop and its answer still sent") {
  WaitingServer waiting;
  RawClient client(waiting.server.port());
  client.send(request_text("GET /"));
  REQUIRE(waiting.entered.wait_for(1));
  waiting.server.stop(kPatience);
  const std::string answer = client.read_to_end();
  CHECK(body_of(answer) == "state");
  CHECK(test::field_of(answer, "Connection") == "close");
  CHECK(waiting.waited.stopping);
  CHECK_FALSE(waiting.waited.client_gone);
}

TEST_CASE("a wait without an event ends at its timeout") {
  HttpServer server(patient_options(), [](const HttpRequest&, const ClientConnection& connection) {
    connection.wait(-1, 30ms);
    HttpResponse response;
    response.status = connection.client_gone() || connection.stopping() ? 500 : 200;
    return response;
  });
  server.start();
  const auto started = steady_clock::now();
  RawClient client(server.port());
  client.send(request_text("GET /"));
  CHECK(status_of(client.read_answer()) == 200);
  CHECK(steady_clock::now() - started >= 30ms);
}

TEST_CASE("a stop lets a request in flight finish within its grace") {
  Counter entered;
  Counter release;
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection&) {
    if (request.path == "/idle") return HttpResponse{};
    entered.increment();
    HttpResponse response;
    response.status = release.wait_for(1) ? 200 : 500;
    return response;
  });
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /"));
  REQUIRE(entered.wait_for(1));
  RawClient idle(server.port());
  idle.send(request_text("GET /idle"));
  CHECK(status_of(idle.read_answer()) == 200);
  std::thread stopping([&] { server.stop(kPatience); });
  CHECK(idle.read_to_end().empty());  // the stop has begun
  release.increment();
  CHECK(status_of(client.read_to_end()) == 200);
  stopping.join();
  CHECK(server.in_flight() == 0);
}

TEST_CASE("a stop ends idle connections at once and closes the port") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient idle(server.port());
  idle.send(request_text("GET /"));
  CHECK(status_of(idle.read_answer()) == 200);
  const auto started = steady_clock::now();
  server.stop(kPatience);
  CHECK(steady_clock::now() - started < kPatience);
  CHECK(idle.read_to_end().empty());
  CHECK_THROWS_WITH(RawClient(server.port()), "connection refused");
}

TEST_CASE("a stop without grace cuts off a client that is still sending and one that does not read") {
  const std::string large(50u << 20, 'x');
  Counter entered;
  HttpServer server(patient_options(), [&](const HttpRequest&, const ClientConnection&) {
    entered.increment();
    HttpResponse response;
    response.body = large;
    return response;
  });
  server.start();
  RawClient sending(server.port());
  sending.send("GET / HT");
  RawClient not_reading(server.port());
  not_reading.send(request_text("GET /"));
  REQUIRE(entered.wait_for(1));
  const auto started = steady_clock::now();
  server.stop();
  CHECK(steady_clock::now() - started < kPatience);
  CHECK(sending.read_to_end().empty());
  CHECK(not_reading.read_to_end().size() < large.size());
}

TEST_CASE("a port that is taken is named in the error") {
  HttpServer first(patient_options(), echo);
  first.start();
  ServerOptions options = patient_options();
  options.port = first.port();
  HttpServer second(std::move(options), echo);
  CHECK_THROWS_WITH(second.start(), "cannot listen on 127.0.0.1 port " + std::to_string(first.port()) +
                                        ": Address already in use");
  CHECK_THROWS_AS(second.start(), ListenError);
}

TEST_CASE("the address of a server is a URL, IPv6 in brackets") {
  HttpServer v4(patient_options(), echo);
  v4.start();
  CHECK(v4.url() == "http://127.0.0.1:" + std::to_string(v4.port()));
  ServerOptions options = patient_options();
  options.host = "::1";
  HttpServer v6(std::move(options), echo);
  v6.start();
  CHECK(v6.url() == "http://[::1]:" + std::to_string(v6.port()));
}

// The descriptor of this process that listens on `port`, found without the server's help.
int listening_descriptor(int port) {
  constexpr int kHighestDescriptor = 1024;
  for (int fd = 0; fd < kHighestDescriptor; ++fd) {
    int listening = 0;
    socklen_t size = sizeof listening;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || listening == 0) continue;
    if (test::local_port(fd) == port) return fd;
  }
  return -1;
}

TEST_CASE("the owner learns when the listening socket closes without a stop") {
  Counter closed;
  HttpServer server(patient_options(), echo);
  server.on_unexpected_close([&] { closed.increment(); });
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /"));
  CHECK(status_of(client.read_answer()) == 200);
  REQUIRE(::shutdown(listening_descriptor(server.port()), SHUT_RDWR) == 0);
  CHECK(closed.wait_for(1));
  // Connections that exist are served on.
  client.send(request_text("GET /"));
  CHECK(status_of(client.read_answer()) == 200);
}

TEST_CASE("a stop is not an unexpected close") {
  std::atomic<bool> called{false};
  HttpServer server(patient_options(), echo);
  server.on_unexpected_close([&] { called = true; });
  server.start();
  server.stop();
  CHECK_FALSE(called);
}

}  // namespace
}  // namespace net
