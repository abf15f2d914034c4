#include <netinet/in.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>

#include "gzip.h"
#include "net/http_client.h"
#include "raw_server.h"
#include "test_server.h"

namespace net {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::Counter;
using test::kPatience;
using test::RawPeer;
using test::RawServer;

ClientRequest get(const std::string& url) {
  ClientRequest request;
  request.url = url;
  request.total_timeout = kPatience * 2;  // what ends a test earlier is what it is about
  return request;
}

TransferError error_of(const TransferResult& result) {
  if (const auto* response = std::get_if<ClientResponse>(&result)) {
    FAIL("an answer with status " << response->status);
  }
  return std::get<TransferError>(result);
}

TransferFailure failure_of(const TransferResult& result) { return error_of(result).failure; }

// Reads a request, sends `answer`, and closes.
RawServer::Script answering(const std::string& answer) {
  return [answer](RawPeer& peer, int) {
    peer.read_request();
    peer.send(answer);
  };
}

// Reads a request, sends `start`, says so, and stays silent.
RawServer::Script hanging(Counter& hangs, const std::string& start = {}) {
  return [&hangs, start](RawPeer& peer, int) {
    peer.read_request();
    peer.send(start);
    hangs.increment();
    peer.wait_until_left();
  };
}

TEST_CASE("a stop ends a hanging transfer at once") {
  const std::string start =
      GENERATE(as<std::string>{}, "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  Counter hangs;
  RawServer server(hanging(hangs, start));
  HttpClient client("t");
  std::stop_source stop;
  std::thread canceller([&] {
    hangs.wait_for(1);
    stop.request_stop();
  });
  const auto started = steady_clock::now();
  CHECK(failure_of(client.perform(get(server.url()), {stop.get_token()})) == TransferFailure::kStopped);
  CHECK(steady_clock::now() - started < kPatience);
  canceller.join();
}

TEST_CASE("after a stop the same client works on") {
  Counter hangs;
  RawServer silent(hanging(hangs));
  HttpServer server(test::patient_options(), test::echo);
  server.start();
  HttpClient client("t");
  std::stop_source stop;
  std::thread canceller([&] {
    hangs.wait_for(1);
    stop.request_stop();
  });
  CHECK(failure_of(client.perform(get(silent.url()), {stop.get_token()})) == TransferFailure::kStopped);
  canceller.join();
  CHECK(std::holds_alternative<ClientResponse>(client.perform(get(server.url()))));
}

TEST_CASE("a transfer that is stopped already sends nothing") {
  RawServer server(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  HttpClient client("t");
  std::stop_source stop;
  stop.request_stop();
  CHECK(failure_of(client.perform(get(server.url()), {stop.get_token()})) == TransferFailure::kStopped);
  CHECK(failure_of(client.perform(get(server.url()), {{}, steady_clock::now()})) ==
        TransferFailure::kDeadline);
  CHECK(server.connections() == 0);
}

TEST_CASE("a deadline ends a hanging transfer") {
  Counter hangs;
  RawServer server(hanging(hangs));
  HttpClient client("t");
  const auto started = steady_clock::now();
  CHECK(failure_of(client.perform(get(server.url()), {{}, started + 50ms})) == TransferFailure::kDeadline);
  const auto took = steady_clock::now() - started;
  CHECK(took >= 50ms);
  CHECK(took < kPatience);
}

TEST_CASE("the total timeout ends a transfer that was sent") {
  Counter hangs;
  RawServer server(hanging(hangs));
  HttpClient client("t");
  ClientRequest request = get(server.url());
  request.total_timeout = 50ms;
  CHECK(failure_of(client.perform(request)) == TransferFailure::kTimeout);
}

TEST_CASE("a connection that is refused or does not come about is unreachable") {
  int taken_port = 0;
  {
    const RawServer gone([](RawPeer&, int) {});
    taken_port = gone.port();
  }
  HttpClient client("t");
  const TransferError refused =
      error_of(client.perform(get("http://127.0.0.1:" + std::to_string(taken_port) + "/")));
  CHECK(refused.failure == TransferFailure::kUnreachable);
  CHECK(refused.message.find("127.0.0.1 port " + std::to_string(taken_port)) != std::string::npos);
  CHECK(failure_of(client.perform(get("not a url"))) == TransferFailure::kUnreachable);
  CHECK(failure_of(client.perform(get("ftp://127.0.0.1/"))) == TransferFailure::kUnreachable);
  CHECK(failure_of(client.perform(get("file:///etc/hostname"))) == TransferFailure::kUnreachable);
}

TEST_CASE("the connect timeout counts as unreachable: nothing was sent") {
  // A full backlog leaves further connections unanswered.
  ListeningSocket full("127.0.0.1", 0, 0);
  const test::RawClient first(full.port());
  std::vector<FileDescriptor> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(full.port()));
    ::connect(waiting.back().get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  HttpClient client("t");
  ClientRequest request = get("http://127.0.0.1:" + std::to_string(full.port()) + "/");
  request.connect_timeout = 50ms;
  CHECK(failure_of(client.perform(request)) == TransferFailure::kUnreachable);
}

TEST_CASE("an answer that ends early is no answer") {
  const std::string answer =
      GENERATE(as<std::string>{}, "", "HTTP/1.1 200 OK\r\nContent-",
               "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "nonsense\r\n\r\n");
  CAPTURE(answer);
  RawServer server(answering(answer));
  HttpClient client("t");
  CHECK(failure_of(client.perform(get(server.url()))) == TransferFailure::kClosed);
}

TEST_CASE("a compressed answer that is damaged is no answer") {
  const std::string packed = test::gzip(std::string(1000, 'x'));
  const std::string damaged = "not gzip at all";
  RawServer server(answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                             std::to_string(damaged.size()) + "\r\n\r\n" + damaged));
  HttpClient client("t");
  CHECK(failure_of(client.perform(get(server.url()))) == TransferFailure::kClosed);
}

TEST_CASE("an answer above the limit is cut off, counted decompressed") {
  const std::string bomb = test::gzip(std::string(20u << 20, 'x'));
  const std::string start = GENERATE_COPY(
      as<std::string>{}, "HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\n" + std::string(1000001, 'x'),
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + test::chunk(std::string(2000000, 'x')),
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + std::to_string(bomb.size()) +
          "\r\n\r\n" + bomb);
  Counter hangs;
  RawServer server(hanging(hangs, start));
  HttpClient client("t");
  ClientRequest request = get(server.url());
  request.max_response_bytes = 1000000;
  CHECK(failure_of(client.perform(request)) == TransferFailure::kTooLarge);
}

TEST_CASE("an answer of exactly the limit is taken") {
  RawServer server(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
  HttpClient client("t");
  ClientRequest request = get(server.url());
  request.max_response_bytes = 5;
  CHECK(std::holds_alternative<ClientResponse>(client.perform(request)));
}

TEST_CASE("a flood of answer headers is cut off") {
  RawServer server([](RawPeer& peer, int) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n");
    std::string fields;
    for (int i = 0; i < 1000; ++i)
      fields += "X-Flood: 0123456789\r\n";
    while (peer.send(fields)) {
    }
  });
  HttpClient client("t");
  CHECK(failure_of(client.perform(get(server.url()))) == TransferFailure::kTooLarge);
}

}  // namespace
}  // namespace net
