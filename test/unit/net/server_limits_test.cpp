#include <catch2/catch.hpp>

#include "gzip.h"
#include "test_server.h"

namespace net {
namespace {

using namespace std::chrono_literals;
using test::body_of;
using test::drip;
using test::echo;
using test::patient_options;
using test::RawClient;
using test::request_text;
using test::status_of;

TEST_CASE("a request that drips in is refused with 408 at its deadline") {
  ServerOptions options = patient_options();
  options.request_deadline = 150ms;
  HttpServer server(std::move(options), echo);
  server.start();
  const auto started = std::chrono::steady_clock::now();
  CHECK(status_of(drip(server.port(), "GET /", 'x')) == 408);
  CHECK(status_of(drip(server.port(), request_text("POST /", "Content-Length: 100000\r\n"), 'x')) == 408);
  CHECK(status_of(drip(server.port(), request_text("POST /", "Transfer-Encoding: chunked\r\n"), '1')) == 408);
  // Three deadlines, each with its second of patience for the rest of the request.
  CHECK(std::chrono::steady_clock::now() - started < 10s);
}

TEST_CASE("a client that keeps dripping after its refusal gives the thread back") {
  ServerOptions options = patient_options();
  options.threads = 1;
  options.request_deadline = 50ms;
  HttpServer server(std::move(options), echo);
  server.start();
  RawClient hostile(server.port());
  while (!hostile.wait_readable(5ms) && hostile.send("x")) {
  }
  RawClient next(server.port());
  next.send(request_text("GET /", "Connection: close\r\n"));
  while (!next.wait_readable(5ms)) {
    hostile.send("x");
  }
  CHECK(status_of(next.read_answer()) == 200);
}

TEST_CASE("a head above the limit is refused with 431 and one of exactly the limit is served") {
  ServerOptions options = patient_options();
  options.max_head_bytes = 2000;
  HttpServer server(std::move(options), echo);
  server.start();
  const auto head_of = [](std::size_t bytes) {
    const std::string empty = request_text("GET /", "X: \r\n");
    return request_text("GET /", "X: " + std::string(bytes - empty.size(), 'x') + "\r\n");
  };
  RawClient exact(server.port());
  exact.send(head_of(2000));
  CHECK(status_of(exact.read_answer()) == 200);
  RawClient above(server.port());
  above.send(head_of(2001));
  CHECK(status_of(above.read_to_end()) == 431);
}

TEST_CASE("floods of header fields, of one field and of request line end at the limit") {
  HttpServer server(patient_options(), echo);
  server.start();
  const std::string start = GENERATE(as<std::string>{}, "GET / HTTP/1.1\r\nX: ", "GET /");
  RawClient client(server.port());
  client.send(start);
  std::size_t sent = 0;
  while (!client.wait_readable(0ms) && client.send(std::string(10000, 'x')))
    sent += 10000;
  CHECK(status_of(client.read_answer()) == 431);
  // What the kernel buffers on both sides comes on top of the 64 KiB.
  CHECK(sent < 32u << 20);

  RawClient fields(server.port());
  fields.send("GET / HTTP/1.1\r\n");
  while (!fields.wait_readable(0ms) && fields.send("A: b\r\nC: d\r\nE: f\r\n")) {
  }
  CHECK(status_of(fields.read_answer()) == 431);
}

TEST_CASE("a header field of 60 KiB is served") {
  std::size_t seen = 0;
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection&) {
    seen = request.headers.get("X-Long").value_or("").size();
    return HttpResponse{};
  });
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /", "X-Long: " + std::string(60 << 10, 'x') + "\r\n"));
  CHECK(status_of(client.read_answer()) == 200);
  CHECK(seen == 60u << 10);
}

TEST_CASE("a target too long for the parser is refused with 414") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /" + std::string(9000, 'x')));
  CHECK(status_of(client.read_answer()) == 414);
}

TEST_CASE("a body above the limit is refused with 413 however it is sent") {
  ServerOptions options = patient_options();
  options.max_body_bytes = 100000;
  HttpServer server(std::move(options), echo);
  server.start();
  const std::string large(100001, 'x');
  const std::string bomb = test::gzip(std::string(50u << 20, 'x'));
  REQUIRE(bomb.size() < 100000);
  const auto status = [&](const std::string& fields, const std::string& body) {
    RawClient client(server.port());
    client.send(request_text("POST /", fields, body));
    return status_of(client.read_to_end());
  };
  CHECK(status("Content-Length: 100001\r\n", large) == 413);
  CHECK(status("Transfer-Encoding: chunked\r\n", test::chunk(large) + "0\r\n\r\n") == 413);
  const std::string length = "Content-Length: " + std::to_string(bomb.size()) + "\r\n";
  CHECK(status(length + "Content-Encoding: gzip\r\n", bomb) == 413);
  CHECK(status("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", test::chunk(bomb) + "0\r\n\r\n") ==
        413);
}

TEST_CASE("an endless chunked body is refused at the limit, not stored") {
  ServerOptions options = patient_options();
  options.max_body_bytes = 100000;
  HttpServer server(std::move(options), echo);
  server.start();
  RawClient client(server.port());
  client.send(request_text("POST /", "Transfer-Encoding: chunked\r\n"));
  while (!client.wait_readable(0ms) && client.send(test::chunk(std::string(10000, 'x')))) {
  }
  CHECK(status_of(client.read_answer()) == 413);
}

TEST_CASE("a body that is all extensions is refused while it comes, not stored") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient client(server.port());
  client.send(request_text("POST /", "Transfer-Encoding: chunked\r\n"));
  const std::string chunk = "1;" + std::string(1000, 'e') + "\r\nx\r\n";
  std::size_t sent = 0;
  while (!client.wait_readable(0ms) && sent < 64u << 20 && client.send(chunk))
    sent += chunk.size();
  CHECK(status_of(client.read_answer()) == 400);
  // What the kernel buffers on both sides comes on top.
  CHECK(sent < 32u << 20);
}

TEST_CASE("a client that leaves within its head or its body is let go, and no handler is called") {
  std::atomic<int> calls{0};
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection& connection) {
    ++calls;
    return echo(request, connection);
  });
  server.start();
  const std::string start =
      GENERATE(std::string("GET / HT"), request_text("POST /", "Content-Length: 5\r\n") + "hel",
               request_text("POST /", "Transfer-Encoding: chunked\r\n") + "5\r\nhel");
  RawClient client(server.port());
  REQUIRE(client.send(start));
  client.end_sending();
  CHECK(client.read_to_end().empty());
  CHECK(calls == 0);
}

TEST_CASE("a client that waits for 100 Continue learns at once that its body is too large") {
  ServerOptions options = patient_options();
  options.max_body_bytes = 1000;
  HttpServer server(std::move(options), echo);
  server.start();
  RawClient refused(server.port());
  refused.send(request_text("POST /", "Expect: 100-continue\r\nContent-Length: 1001\r\n"));
  CHECK(status_of(refused.read_answer()) == 413);

  RawClient welcome(server.port());
  welcome.send(request_text("POST /", "Expect: 100-continue\r\nContent-Length: 2\r\n"));
  CHECK(welcome.read_answer_head() == "HTTP/1.1 100 Continue\r\n\r\n");
  welcome.send("hi");
  CHECK(body_of(welcome.read_answer()) == "POST /|hi|127.0.0.1");

  RawClient unknown(server.port());
  unknown.send(request_text("POST /", "Expect: miracle\r\nContent-Length: 2\r\n", "hi"));
  CHECK(status_of(unknown.read_answer()) == 417);
}

TEST_CASE("an answer sent before the body was read closes the connection") {
  ServerOptions options = patient_options();
  options.max_body_bytes = 10;
  HttpServer server(std::move(options), echo);
  server.start();
  RawClient client(server.port());
  // The body is itself a request: nobody may answer it.
  client.send(request_text("POST /", "Content-Length: 40\r\n", request_text("GET /smuggled")));
  const std::string all = client.read_to_end();
  CHECK(status_of(all) == 413);
  CHECK(all.find("HTTP/1.1", 1) == std::string::npos);
  CHECK(test::field_of(all, "Connection") == "close");
}

TEST_CASE("a refusal reaches a client that is still sending") {
  ServerOptions options = patient_options();
  options.max_body_bytes = 1000;
  HttpServer server(std::move(options), echo);
  server.start();
  for (int i = 0; i < 20; ++i) {
    RawClient client(server.port());
    client.send(request_text("POST /", "Content-Length: 2000000\r\n", std::string(2000000, 'x')));
    CHECK(status_of(client.read_to_end()) == 413);
  }
}

TEST_CASE("requests that two servers could read differently are refused") {
  HttpServer server(patient_options(), echo);
  server.start();
  const auto status = [&](const std::string& request) {
    RawClient client(server.port());
    client.send(request);
    return status_of(client.read_to_end());
  };
  CHECK(status(request_text("POST /", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "hi")) == 400);
  CHECK(status(request_text("POST /", "Content-Length: 2\r\nContent-Length: 3\r\n", "hi")) == 400);
  CHECK(status(request_text("POST /", "Content-Length: 2, 2\r\n", "hi")) == 400);
  CHECK(status(request_text("POST /", "Content-Length: -2\r\n", "hi")) == 400);
  CHECK(status(request_text("POST /", "Content-Length: +2\r\n", "hi")) == 400);
  CHECK(status(request_text("POST /", "Content-Length: 99999999999999999999\r\n", "hi")) == 400);
  CHECK(status(request_text("POST /", "Content-Length:\r\n", "hi")) == 400);
  CHECK(status(request_text("GET /", "X: a\r\n folded\r\n")) == 400);
  CHECK(status(request_text("GET /", "X : a\r\n")) == 400);
  CHECK(status(request_text("GET /", ": a\r\n")) == 400);
  CHECK(status(request_text("GET /", "no colon\r\n")) == 400);
  CHECK(status(request_text("GET /", std::string("X: a\0b\r\n", 8))) == 400);
  CHECK(status(request_text("GET /", "X: a\rb\r\n")) == 400);
  CHECK(status(request_text("GET /", "Host: second\r\n")) == 400);
  CHECK(status("GET / HTTP/1.1\r\n\r\n") == 400);
  CHECK(status("GET / HTTP/1.1\nHost: x\n\n") == 400);
  CHECK(status("GET / HTTP/2.0\r\nHost: x\r\n\r\n") == 400);
  CHECK(status("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n") == 400);
  CHECK(status("BREW / HTTP/1.1\r\nHost: x\r\n\r\n") == 400);
  CHECK(status("\x16\x03\x01\x02") == 400);
  CHECK(status(request_text("POST /", "Transfer-Encoding: gzip, chunked\r\n")) == 501);
  CHECK(status(request_text("POST /", "Transfer-Encoding: xchunked\r\n")) == 501);
  CHECK(status(request_text("POST /", "Content-Encoding: br\r\nContent-Length: 2\r\n", "hi")) == 415);
}

TEST_CASE("a compressed body arrives decompressed") {
  HttpServer server(patient_options(), echo);
  server.start();
  const std::string packed = test::gzip("hello");
  RawClient client(server.port());
  client.send(request_text(
      "POST /", "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(packed.size()) + "\r\n",
      packed));
  CHECK(body_of(client.read_answer()) == "POST /|hello|127.0.0.1");
}

}  // namespace
}  // namespace net
