// What somebody can take of a server who does not know its secret.
#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <vector>

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

constexpr const char* kSecret = "Secret: right\r\n";

// "/open" is for everybody; everything else is for who sends the secret.
Judgement judge(const HttpRequest& head) {
  Judgement judgement;
  const bool right = head.headers.get("Secret") == "right";
  judgement.knows_secret = right;
  if (!right && head.path != "/open") judgement.refusal = HttpResponse{401, {}, "no", Delivery::kNormal};
  if (head.path == "/open") judgement.max_body_bytes = 100;
  return judgement;
}

ServerOptions judging_options() {
  ServerOptions options = patient_options();
  options.threads = 2;
  options.judge = judge;
  return options;
}

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients crowd(int port, int size, const std::string& start) {
  Clients clients;
  for (int i = 0; i < size; ++i) {
    clients.push_back(std::make_unique<RawClient>(port));
    clients.back()->send(start);
  }
  return clients;
}

// How many of them are open once the server has dropped all but so many, however slow the machine is.
int open_among(const Clients& clients, int most) {
  const auto end = std::chrono::steady_clock::now() + 20s;
  std::ptrdiff_t open = 0;
  do {
    open = std::count_if(clients.begin(), clients.end(),
                         [](const auto& client) { return !client->wait_readable(20ms); });
  } while (open > most && std::chrono::steady_clock::now() < end);
  return static_cast<int>(open);
}

TEST_CASE("a secret is judged before the body is read") {
  HttpServer server(judging_options(), echo);
  server.start();
  RawClient stranger(server.port());
  stranger.send(request_text("POST /", "Content-Length: 1000\r\n"));  // and no byte of it
  CHECK(status_of(stranger.read_to_end()) == 401);
  RawClient chunked(server.port());
  chunked.send(request_text("POST /", "Transfer-Encoding: chunked\r\n"));
  CHECK(status_of(chunked.read_to_end()) == 401);
  RawClient polite(server.port());
  polite.send(request_text("POST /", "Expect: 100-continue\r\nContent-Length: 1000\r\n"));
  CHECK(status_of(polite.read_to_end()) == 401);

  RawClient friendly(server.port());
  friendly.send(request_text("POST /", std::string(kSecret) + "Content-Length: 4\r\n"));
  friendly.send("body");
  CHECK(body_of(friendly.read_answer()) == "POST /|body|127.0.0.1");
}

TEST_CASE("a refused request without a body leaves its connection open") {
  HttpServer server(judging_options(), echo);
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /"));
  CHECK(status_of(client.read_answer()) == 401);
  client.send(request_text("GET /", kSecret));
  CHECK(status_of(client.read_answer()) == 200);
}

TEST_CASE("where room runs short no connection stays behind its answer, a stranger's refusal least of all") {
  ServerOptions options = judging_options();
  options.max_connections = 8;  // three quarters of them are no shortage yet
  HttpServer server(std::move(options), echo);
  server.start();
  const Clients known = crowd(server.port(), 6, request_text("GET /", kSecret));
  for (const auto& client : known)
    CHECK(test::field_of(client->read_answer(), "Connection") == "keep-alive");
  RawClient stranger(server.port());
  stranger.send(request_text("GET /"));
  const std::string refusal = stranger.read_answer();
  CHECK(status_of(refusal) == 401);
  CHECK(test::field_of(refusal, "Connection") == "close");
  CHECK(stranger.read_to_end().empty());
}

TEST_CASE("what everybody may send is short") {
  HttpServer server(judging_options(), echo);
  server.start();
  const auto status = [&](const std::string& fields, const std::string& body) {
    RawClient client(server.port());
    client.send(request_text("POST /open", fields, body));
    return status_of(client.read_to_end());
  };
  CHECK(status("Connection: close\r\nContent-Length: 100\r\n", std::string(100, 'x')) == 200);
  CHECK(status("Content-Length: 101\r\n", std::string(101, 'x')) == 413);
  CHECK(status("Transfer-Encoding: chunked\r\n", "65\r\n" + std::string(101, 'x') + "\r\n0\r\n\r\n") == 413);
}

TEST_CASE("one address without a right secret holds a bounded number of connections") {
  ServerOptions options = judging_options();
  options.strangers_per_address = 4;
  HttpServer server(std::move(options), echo);
  server.start();
  const std::string start = GENERATE(std::string(), std::string("GET / HT"),
                                     request_text("POST /open", "Content-Length: 100\r\n", "part"));
  const Clients strangers = crowd(server.port(), 20, start);
  RawClient known(server.port());  // the same address, with the secret
  known.send(request_text("GET /", kSecret));
  CHECK(status_of(known.read_answer()) == 200);
  CHECK(open_among(strangers, 4) == 4);
  // Who sent the secret stays, and does not count.
  known.send(request_text("GET /again", kSecret));
  CHECK(status_of(known.read_answer()) == 200);
}

TEST_CASE("those who know the secret may be many") {
  ServerOptions options = judging_options();
  options.strangers_per_address = 2;
  HttpServer server(std::move(options), echo);
  server.start();
  const Clients clients = crowd(server.port(), 12, request_text("GET /", kSecret));
  for (const auto& client : clients)
    CHECK(status_of(client->read_answer()) == 200);
  CHECK(open_among(clients, 12) == 12);
}

TEST_CASE("a trusted proxy's connections are counted by the client that it names") {
  ServerOptions options = judging_options();
  options.strangers_per_address = 2;
  options.trusted_proxies = {"127.0.0.1"};
  HttpServer server(std::move(options), echo);
  server.start();
  const auto start = [](const std::string& client) {
    return request_text("POST /open", "X-Forwarded-For: " + client + "\r\nContent-Length: 100\r\n", "part");
  };
  const Clients silent = crowd(server.port(), 10, "");
  const Clients one = crowd(server.port(), 10, start("10.0.0.1"));
  const Clients other = crowd(server.port(), 2, start("10.0.0.2"));
  CHECK(open_among(one, 2) == 2);
  CHECK(open_among(other, 2) == 2);
  CHECK(open_among(silent, 10) == 10);
}

TEST_CASE("a request that comes more slowly than a kilobyte a second is refused after its first second") {
  ServerOptions options = judging_options();
  options.least_bytes_per_second = 1024;
  HttpServer server(std::move(options), echo);
  server.start();
  const auto began = std::chrono::steady_clock::now();
  const std::string start = request_text("POST /", std::string(kSecret) + "Content-Length: 100000\r\n");
  CHECK(status_of(drip(server.port(), start, 'x')) == 408);
  CHECK(std::chrono::steady_clock::now() - began >= 1s);
}

TEST_CASE("where there is no room left the slowest stranger goes first, then who idles") {
  ServerOptions options = judging_options();
  options.max_connections = 4;
  HttpServer server(std::move(options), echo);
  server.start();
  RawClient known(server.port());
  known.send(request_text("GET /", kSecret));
  CHECK(status_of(known.read_answer()) == 200);
  const Clients strangers = crowd(server.port(), 6, "");
  RawClient next(server.port());
  next.send(request_text("GET /", kSecret));
  CHECK(status_of(next.read_answer()) == 200);
  CHECK(open_among(strangers, 3) <= 3);
}

}  // namespace
}  // namespace net
