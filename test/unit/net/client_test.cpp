#include "net/http_client.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <cstring>
#include <set>

#include "gzip.h"
#include "raw_server.h"
#include "test_server.h"

namespace net {
namespace {

using test::Counter;
using test::field_of;
using test::patient_options;
using test::RawPeer;
using test::RawServer;

constexpr const char* kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

ClientResponse response_of(const TransferResult& result) {
  if (const auto* error = std::get_if<TransferError>(&result)) FAIL(error->message);
  return std::get<ClientResponse>(result);
}

ClientRequest get_of(const std::string& url) {
  ClientRequest request;
  request.url = url;
  request.total_timeout = test::kPatience;
  return request;
}

// A body of `size` letters, read in pieces.
BodySource letters(std::size_t size, std::size_t& position) {
  BodySource source;
  source.read = [size, &position](char* buffer, std::size_t room) {
    const std::size_t count = std::min(room, size - position);
    for (std::size_t i = 0; i < count; ++i)
      buffer[i] = static_cast<char>('a' + (position + i) % 26);
    position += count;
    return count;
  };
  source.rewind = [&position] { position = 0; };
  return source;
}

std::string letters(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    text[i] = static_cast<char>('a' + i % 26);
  return text;
}

TEST_CASE("a request arrives as it was asked for") {
  HttpRequest seen;
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection&) {
    seen = request;
    HttpResponse response;
    response.status = 201;
    response.headers.add("X-Answer", "yes");
    response.body = "made";
    return response;
  });
  server.start();
  HttpClient client("roadmapd-test/1");
  ClientRequest request = get_of(server.url() + "/a%2Fb?x=1%202");
  request.method = GENERATE(as<std::string>{}, "POST", "PUT", "PATCH", "DELETE");
  request.headers = {{"Authorization", "Bearer t"}, {"X-Empty", ""}};
  request.body = std::string("{\0}", 3);
  const ClientResponse response = response_of(client.perform(request));
  CHECK(response.status == 201);
  CHECK(response.headers.get("x-answer") == "yes");
  CHECK(response.body == "made");
  CHECK(seen.method == request.method);
  CHECK(seen.target == "/a%2Fb?x=1%202");
  CHECK(seen.body == std::string("{\0}", 3));
  CHECK(seen.headers.get("Authorization") == "Bearer t");
  CHECK(seen.headers.get("X-Empty") == "");
  CHECK(seen.headers.get("User-Agent") == "roadmapd-test/1 (gzip)");
  CHECK(seen.headers.get("Accept-Encoding") == "gzip");
  CHECK_FALSE(seen.headers.get("Content-Type"));
  CHECK_FALSE(seen.headers.get("Expect"));
}

TEST_CASE("requests without a body say so where a server may insist") {
  std::string length;
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection&) {
    length = request.headers.get("Content-Length").value_or("none");
    HttpResponse response;
    response.body = request.method;
    return response;
  });
  server.start();
  HttpClient client("t");
  ClientRequest request = get_of(server.url());
  const auto length_for = [&](const char* method, const char* body) {
    request.method = method;
    CHECK(response_of(client.perform(request)).body == body);
    return length;
  };
  CHECK(length_for("GET", "GET") == "none");
  CHECK(length_for("HEAD", "") == "none");
  CHECK(length_for("DELETE", "DELETE") == "none");
  CHECK(length_for("POST", "POST") == "0");
  CHECK(length_for("PUT", "PUT") == "0");
}

TEST_CASE("any status is an answer, redirects too") {
  HttpServer server(patient_options(), [](const HttpRequest& request, const ClientConnection&) {
    HttpResponse response;
    response.status = std::stoi(request.path.substr(1));
    response.headers.add("Location", "/200");
    return response;
  });
  server.start();
  HttpClient client("t");
  const int status = GENERATE(204, 302, 307, 404, 429, 503);
  CHECK(response_of(client.perform(get_of(server.url() + "/" + std::to_string(status)))).status == status);
}

TEST_CASE("a compressed answer is delivered decompressed") {
  const std::string text(100000, 'x');
  HttpServer server(patient_options(), [&](const HttpRequest&, const ClientConnection&) {
    HttpResponse response;
    response.headers.add("Content-Encoding", "gzip");
    response.body = test::gzip(text);
    return response;
  });
  server.start();
  HttpClient client("t");
  CHECK(response_of(client.perform(get_of(server.url()))).body == text);
}

TEST_CASE("informational answers before the real one are not mixed into it") {
  RawServer server([](RawPeer& peer, int) {
    peer.read_request();
    peer.send(
        "HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\nHTTP/1.1 200 OK\r\nX: real\r\nContent-Length: "
        "0\r\n\r\n");
  });
  HttpClient client("t");
  const ClientResponse response = response_of(client.perform(get_of(server.url())));
  CHECK(response.status == 200);
  CHECK(response.headers.get("X") == "real");
  CHECK_FALSE(response.headers.get("Link"));
}

TEST_CASE("a request header value cannot end its line") {
  std::string seen;
  RawServer server([&](RawPeer& peer, int) {
    seen = peer.read_request();
    peer.send(kOk);
  });
  HttpClient client("t");
  ClientRequest request = get_of(server.url());
  request.headers = {{"X-Tab", "a\r\nX-Injected: 1"}};
  response_of(client.perform(request));
  CHECK(field_of(seen, "X-Tab") == "a  X-Injected: 1");
  CHECK(field_of(seen, "X-Injected").empty());
}

TEST_CASE("a body is streamed with its length where it is known and in chunks where not") {
  HttpRequest seen;
  ServerOptions options = patient_options();
  options.max_body_bytes = 8u << 20;
  HttpServer server(std::move(options), [&](const HttpRequest& request, const ClientConnection&) {
    seen = request;
    return HttpResponse{};
  });
  server.start();
  HttpClient client("t");
  const std::size_t size = GENERATE(0u, 1u, 3u << 20);
  std::size_t position = 0;
  ClientRequest request = get_of(server.url());
  request.method = "PATCH";
  BodySource source = letters(size, position);
  source.size = size;
  request.body = source;
  CHECK(response_of(client.perform(request)).status == 200);
  CHECK(seen.method == "PATCH");
  CHECK(seen.body == letters(size));
  CHECK(seen.headers.get("Content-Length") == std::to_string(size));
  CHECK_FALSE(seen.headers.get("Expect"));

  position = 0;
  request.body = letters(size, position);
  CHECK(response_of(client.perform(request)).status == 200);
  CHECK(seen.body == letters(size));
  CHECK(seen.headers.get("Transfer-Encoding") == "chunked");
}

TEST_CASE("what a body source throws reaches the caller, and the client still works") {
  HttpServer server(patient_options(), test::echo);
  server.start();
  HttpClient client("t");
  ClientRequest request = get_of(server.url());
  request.method = "POST";
  BodySource broken;
  broken.read = [](char*, std::size_t) -> std::size_t { throw std::runtime_error("disk gone"); };
  request.body = broken;
  CHECK_THROWS_WITH(client.perform(request), "disk gone");
  BodySource ends_early;
  ends_early.read = [left = std::size_t{3}](char* buffer, std::size_t) mutable {
    std::memset(buffer, 'x', left);
    return std::exchange(left, 0);
  };
  ends_early.size = 10;
  request.body = ends_early;
  CHECK_THROWS_WITH(client.perform(request), "a body of 10 bytes ended after 3");
  request.body = std::string("fine");
  CHECK(response_of(client.perform(request)).status == 200);
}

TEST_CASE("one thread's requests share a connection") {
  RawServer server([](RawPeer& peer, int) {
    while (!peer.read_request().empty())
      peer.send(kOk);
  });
  {
    HttpClient client("t");
    for (int i = 0; i < 5; ++i)
      CHECK(response_of(client.perform(get_of(server.url()))).body == "ok");
  }
  CHECK(server.connections() == 1);
}

TEST_CASE("a request whose kept connection has died is sent again, its body from the start") {
  const std::string body = letters(1000);
  std::string second;
  RawServer server([&](RawPeer& peer, int number) {
    const std::string request = peer.read_request();
    if (number == 0) {
      peer.send(kOk);
      peer.read_request();  // and leaves without an answer
      return;
    }
    second = request;
    peer.send(kOk);
  });
  HttpClient client("t");
  CHECK(response_of(client.perform(get_of(server.url()))).status == 200);
  std::size_t position = 0;
  ClientRequest request = get_of(server.url());
  request.method = "POST";
  BodySource source = letters(1000, position);
  source.size = 1000;
  request.body = source;
  CHECK(response_of(client.perform(request)).status == 200);
  CHECK(server.connections() == 2);
  CHECK(test::body_of(second) == body);
}

TEST_CASE("many threads use one client at once") {
  ServerOptions options = patient_options();
  options.threads = 16;
  HttpServer server(std::move(options), test::echo);
  server.start();
  HttpClient client("t");
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 10; ++j) {
        ClientRequest request = get_of(server.url() + "/" + std::to_string(i));
        request.method = "POST";
        request.body = std::to_string(j);
        const TransferResult result = client.perform(request);
        const auto* response = std::get_if<ClientResponse>(&result);
        const std::string expected = "POST /" + std::to_string(i) + "|" + std::to_string(j) + "|127.0.0.1";
        if (response != nullptr && response->body == expected) ++right;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(right == 80);
}

}  // namespace
}  // namespace net
