#include <catch2/catch.hpp>

#include "test_server.h"

namespace net {
namespace {

using test::body_of;
using test::echo;
using test::field_of;
using test::patient_options;
using test::RawClient;
using test::request_text;
using test::status_of;

std::string answer_to(const HttpServer& server, const std::string& request) {
  RawClient client(server.port());
  client.send(request);
  return client.read_answer();
}

TEST_CASE("a handler sees the target as it was sent, and the query decoded") {
  HttpRequest seen;
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection&) {
    seen = request;
    return HttpResponse{};
  });
  server.start();
  CHECK(status_of(answer_to(server, request_text("GET /a%2Fb/c?x=%2F&y=1+2&x=z"))) == 200);
  CHECK(seen.method == "GET");
  CHECK(seen.target == "/a%2Fb/c?x=%2F&y=1+2&x=z");
  CHECK(seen.path == "/a%2Fb/c");
  const std::vector<std::pair<std::string, std::string>> query = {{"x", "/"}, {"y", "1 2"}, {"x", "z"}};
  CHECK(seen.query == query);
  CHECK(seen.remote_address == "127.0.0.1");
}

TEST_CASE("a question mark may stand in a query") {
  HttpRequest seen;
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection&) {
    seen = request;
    return HttpResponse{};
  });
  server.start();
  CHECK(status_of(answer_to(server, request_text("GET /a?why=what?&b=??"))) == 200);
  CHECK(seen.path == "/a");
  CHECK(seen.param("why") == "what?");
  CHECK(seen.param("b") == "??");
}

TEST_CASE("a target in absolute form is reduced to its path") {
  HttpServer server(patient_options(), echo);
  server.start();
  CHECK(body_of(answer_to(server, request_text("GET http://localhost/a?b"))) == "GET /a?b||127.0.0.1");
  CHECK(body_of(answer_to(server, request_text("GET http://localhost"))) == "GET /||127.0.0.1");
  CHECK(body_of(answer_to(server, request_text("GET http://localhost?b"))) == "GET /?b||127.0.0.1");
  CHECK(body_of(answer_to(server, request_text("GET /to?u=http://x/"))) == "GET /to?u=http://x/||127.0.0.1");
}

TEST_CASE("header fields reach the handler undecoded, in order, empty ones too") {
  std::vector<std::pair<std::string, std::string>> seen;
  HttpServer server(patient_options(), [&](const HttpRequest& request, const ClientConnection&) {
    seen.assign(request.headers.begin(), request.headers.end());
    return HttpResponse{};
  });
  server.start();
  CHECK(status_of(answer_to(server, request_text("GET /", "X-B:  a%0d%0ab \r\nX-A:\r\nx-b: 2\r\n"))) == 200);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"Host", "localhost"}, {"X-B", "a%0d%0ab"}, {"X-A", ""}, {"x-b", "2"}};
  CHECK(seen == expected);
}

TEST_CASE("every method goes to the one handler, with and without a body") {
  HttpServer server(patient_options(), echo);
  server.start();
  const std::string method = GENERATE(as<std::string>{}, "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  CHECK(body_of(answer_to(server, request_text(method + " /x"))) == method + " /x||127.0.0.1");
  CHECK(body_of(answer_to(server, request_text(method + " /x", "Content-Length: 2\r\n", "hi"))) ==
        method + " /x|hi|127.0.0.1");
}

TEST_CASE("one connection carries request after request") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient client(server.port());
  for (const std::string body : {"one", "two", "three"}) {
    client.send(request_text("POST /", "Content-Length: " + std::to_string(body.size()) + "\r\n", body));
    const std::string answer = client.read_answer();
    CHECK(body_of(answer) == "POST /|" + body + "|127.0.0.1");
    CHECK(field_of(answer, "Connection") == "keep-alive");
  }
}

TEST_CASE("pipelined requests are answered in order") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient client(server.port());
  client.send(request_text("POST /1", "Transfer-Encoding: chunked\r\n", "2\r\nhi\r\n0\r\n\r\n") +
              request_text("DELETE /2", "Transfer-Encoding: chunked\r\n", "3\r\nyou\r\n0\r\n\r\n") +
              request_text("GET /3"));
  CHECK(body_of(client.read_answer()) == "POST /1|hi|127.0.0.1");
  CHECK(body_of(client.read_answer()) == "DELETE /2|you|127.0.0.1");
  CHECK(body_of(client.read_answer()) == "GET /3||127.0.0.1");
}

TEST_CASE("an empty line before a request is ignored") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /1") + "\r\n\r\n" + request_text("GET /2"));
  CHECK(body_of(client.read_answer()) == "GET /1||127.0.0.1");
  CHECK(body_of(client.read_answer()) == "GET /2||127.0.0.1");
}

TEST_CASE("a client that asks to close gets its answer and the end") {
  HttpServer server(patient_options(), echo);
  server.start();
  const std::string request =
      GENERATE(as<std::string>{}, "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep, Close\r\n\r\n",
               "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /again");
  RawClient client(server.port());
  client.send(request);
  const std::string answer = client.read_to_end();
  CHECK(body_of(answer) == "GET /||127.0.0.1");
  CHECK(field_of(answer, "Connection") == "close");
}

TEST_CASE("an HTTP/1.0 client may ask to keep the connection") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient client(server.port());
  client.send("GET /1 HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
  CHECK(field_of(client.read_answer(), "Connection") == "keep-alive");
  client.send("GET /2 HTTP/1.0\r\n\r\n");
  CHECK(body_of(client.read_answer()) == "GET /2||127.0.0.1");
}

TEST_CASE("HEAD says the length of the body and sends none") {
  HttpServer server(patient_options(), echo);
  server.start();
  RawClient client(server.port());
  client.send(request_text("HEAD /x"));
  CHECK(field_of(client.read_answer_head(), "Content-Length") == "18");
  client.send(request_text("GET /x"));
  CHECK(body_of(client.read_answer()) == "GET /x||127.0.0.1");
}

TEST_CASE("an answer that may have no body has neither body nor length") {
  HttpServer server(patient_options(), [](const HttpRequest& request, const ClientConnection&) {
    HttpResponse response;
    response.status = request.path == "/204" ? 204 : 304;
    response.body = "dropped";
    return response;
  });
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /204") + request_text("GET /304", "Connection: close\r\n"));
  const std::string answers = client.read_to_end();
  CHECK(answers.find("HTTP/1.1 204 No Content\r\n") == 0);
  CHECK(answers.find("HTTP/1.1 304 Not Modified\r\n") != std::string::npos);
  CHECK(answers.find("Content-Length") == std::string::npos);
  CHECK(answers.find("dropped") == std::string::npos);
}

TEST_CASE("default headers are added where the answer does not say otherwise") {
  ServerOptions options = patient_options();
  options.default_headers = {{"X-Frame-Options", "DENY"}, {"Cache-Control", "no-store"}};
  HttpServer server(std::move(options), [](const HttpRequest&, const ClientConnection&) {
    HttpResponse response;
    response.headers.add("cache-control", "max-age=60");
    response.headers.add("Content-Length", "999");
    return response;
  });
  server.start();
  const std::string answer = answer_to(server, request_text("GET /"));
  CHECK(field_of(answer, "X-Frame-Options") == "DENY");
  CHECK(field_of(answer, "cache-control") == "max-age=60");
  CHECK(field_of(answer, "Cache-Control").empty());
  CHECK(field_of(answer, "Content-Length") == "0");
  CHECK(field_of(answer, "Date").size() == std::string("Sun, 06 Nov 1994 08:49:37 GMT").size());
  CHECK(field_of(answer_to(server, "nonsense\r\n\r\n"), "X-Frame-Options") == "DENY");
}

TEST_CASE("a header value cannot end its line") {
  HttpServer server(patient_options(), [](const HttpRequest&, const ClientConnection&) {
    HttpResponse response;
    response.headers.add("Location", "/x\r\nSet-Cookie: stolen=1");
    return response;
  });
  server.start();
  const std::string answer = answer_to(server, request_text("GET /"));
  CHECK(field_of(answer, "Set-Cookie").empty());
  CHECK(field_of(answer, "Location") == "/x  Set-Cookie: stolen=1");
}

TEST_CASE("an exception in a handler is reported to the owner and hidden from the client") {
  std::string reported;
  std::string path;
  ServerOptions options = patient_options();
  options.on_handler_exception = [&](const HttpRequest& request, const std::string& what) {
    reported = what;
    path = request.path;
  };
  HttpServer server(std::move(options),
                    [](const HttpRequest& request, const ClientConnection&) -> HttpResponse {
                      if (request.path == "/fine") return {};
                      if (request.path == "/number") throw 42;
                      throw std::runtime_error("secret\r\nX-Leak: 1");
                    });
  server.start();
  RawClient client(server.port());
  client.send(request_text("GET /boom"));
  const std::string answer = client.read_answer();
  CHECK(status_of(answer) == 500);
  CHECK(answer.find("secret") == std::string::npos);
  CHECK(reported == "secret\r\nX-Leak: 1");
  CHECK(path == "/boom");
  client.send(request_text("GET /number"));
  CHECK(status_of(client.read_answer()) == 500);
  CHECK(path == "/number");
  client.send(request_text("GET /fine"));
  CHECK(status_of(client.read_answer()) == 200);
}

TEST_CASE("what the server refuses itself is worded by the owner") {
  ServerOptions options = patient_options();
  options.error_response = [](int status, const std::string& detail) {
    return HttpResponse{status, {{"Content-Type", "application/problem+json"}}, "{" + detail + "}"};
  };
  HttpServer server(std::move(options), [](const HttpRequest&, const ClientConnection&) -> HttpResponse {
    throw std::runtime_error("secret");
  });
  server.start();
  const std::string internal = answer_to(server, request_text("GET /"));
  CHECK(status_of(internal) == 500);
  CHECK(field_of(internal, "Content-Type") == "application/problem+json");
  CHECK(body_of(internal) == "{internal error}");
  const std::string malformed = answer_to(server, "nonsense\r\n\r\n");
  CHECK(status_of(malformed) == 400);
  CHECK(body_of(malformed) == "{malformed request line}");
}

TEST_CASE("only a trusted proxy names the client, and only the last address it cannot vouch for") {
  ServerOptions options = patient_options();
  options.trusted_proxies = {"127.0.0.1", "10.0.0.1"};
  HttpServer behind_proxy(std::move(options), echo);
  behind_proxy.start();
  const auto address = [](const HttpServer& server, const std::string& fields) {
    const std::string body = body_of(answer_to(server, request_text("GET /", fields)));
    return body.substr(body.rfind('|') + 1);
  };
  CHECK(address(behind_proxy, "") == "127.0.0.1");
  CHECK(address(behind_proxy, "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.0.0.1\r\n") == "192.0.2.7");
  CHECK(address(behind_proxy, "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 192.0.2.7\r\n") == "192.0.2.7");
  CHECK(address(behind_proxy, "X-Forwarded-For: 2001:DB8::0:1\r\n") == "2001:db8::1");
  CHECK(address(behind_proxy, "X-Forwarded-For: nonsense\r\n") == "127.0.0.1");
  CHECK(address(behind_proxy, "X-Forwarded-For: ::ffff:10.0.0.1\r\n") == "10.0.0.1");

  HttpServer direct(patient_options(), echo);
  direct.start();
  CHECK(address(direct, "X-Forwarded-For: 192.0.2.7\r\n") == "127.0.0.1");
}

TEST_CASE("a request counts as sent over TLS when a trusted proxy says so, and nobody else") {
  const auto tell_scheme = [](const HttpRequest& request, const ClientConnection&) {
    HttpResponse response;
    response.body = request.over_tls ? "tls" : "plain";
    return response;
  };
  const auto scheme = [](const HttpServer& server, const std::string& fields) {
    return body_of(answer_to(server, request_text("GET /", fields)));
  };
  ServerOptions options = patient_options();
  options.trusted_proxies = {"127.0.0.1"};
  HttpServer behind_proxy(std::move(options), tell_scheme);
  behind_proxy.start();
  CHECK(scheme(behind_proxy, "X-Forwarded-Proto: https\r\n") == "tls");
  CHECK(scheme(behind_proxy, "X-Forwarded-Proto: http\r\n") == "plain");
  CHECK(scheme(behind_proxy, "") == "plain");

  HttpServer direct(patient_options(), tell_scheme);
  direct.start();
  CHECK(scheme(direct, "X-Forwarded-Proto: https\r\n") == "plain");
}

TEST_CASE("a fault on purpose closes without an answer or halfway through the body") {
  HttpServer server(patient_options(), [](const HttpRequest& request, const ClientConnection&) {
    HttpResponse response;
    response.body = "0123456789";
    response.delivery = request.path == "/close" ? Delivery::kCloseWithoutAnswer : Delivery::kTruncateBody;
    return response;
  });
  server.start();
  RawClient closed(server.port());
  closed.send(request_text("GET /close"));
  CHECK(closed.read_to_end().empty());
  RawClient truncated(server.port());
  truncated.send(request_text("GET /truncate"));
  const std::string answer = truncated.read_to_end();
  CHECK(status_of(answer) == 200);
  CHECK(field_of(answer, "Content-Length") == "10");
  CHECK(body_of(answer) == "01234");
}

}  // namespace
}  // namespace net
