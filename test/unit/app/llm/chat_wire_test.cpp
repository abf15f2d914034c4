#include "app/llm/llm_access.h"
#include "chat_bench.h"
#include "net/http_client.h"
#include "test/unit/net/raw_client.h"
#include "test/unit/net/raw_server.h"

// Over real sockets: what a scripted transport cannot show.
namespace roadmap::app::test {
namespace {

using net::test::RawPeer;
using net::test::RawServer;

std::string http(const std::string& status, const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 " + status +
         "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + more + "\r\n" + body;
}

LlmConfig config_for(const RawServer& server) {
  LlmConfig config;
  config.base_url = server.url("/v1");
  config.formula_model = "test";
  return config;
}

SuggestionAnswer ask(const std::shared_ptr<Assistant>& assistant, const RunControl& control = {}) {
  REQUIRE(assistant != nullptr);
  return assistant->suggest_formula({{{"title", "Ädressen"}}, {}, {}}, control);
}

TEST_CASE("a question and its answer travel over HTTP") {
  std::string request;
  RawServer server([&](RawPeer& peer, int) {
    request = peer.read_request();
    peer.send(http("200 OK", completion(R"({"formula": "value = a"})")));
  });
  const SystemClock clock;
  const auto assistant = make_assistant(config_for(server), kKey, clock);
  const auto answer = ask(assistant);
  REQUIRE(std::holds_alternative<FormulaSuggestion>(answer));
  CHECK(request.rfind("POST /v1/chat/completions HTTP/1.1\r\n", 0) == 0);
  CHECK(net::test::field_of(request, "Authorization") == "Bearer " + kKey);
  CHECK_THAT(net::test::body_of(request), Catch::Contains("Ädressen"));
}

TEST_CASE("without an address there is no assistant") {
  const SystemClock clock;
  CHECK(make_assistant(LlmConfig{}, "", clock) == nullptr);
}

TEST_CASE("a server that reads and never answers ends in a timeout after its second chance") {
  RawServer server([](RawPeer& peer, int) {
    peer.read_request();
    peer.wait_until_left();
  });
  sheets::testing::FakeTime time;
  net::HttpClient transport("test");
  ChatOptions options = test_options();
  options.base_url = server.url("/v1");
  options.timeout = std::chrono::milliseconds{50};
  ChatClient client(options, {transport, time, time, [] { return 1.0; }});
  const auto answer = client.complete("m", {{ChatRole::kUser, "{}"}}, {});
  REQUIRE(std::holds_alternative<AssistantError>(answer));
  CHECK(std::get<AssistantError>(answer).failure == AssistantFailure::kTimeout);
  CHECK(server.connections() == 2);
}

TEST_CASE("a body that breaks off is asked for again") {
  RawServer server([](RawPeer& peer, int number) {
    peer.read_request();
    const std::string whole = http("200 OK", completion(R"({"formula": "value = a"})"));
    peer.send(number == 0 ? whole.substr(0, whole.size() - 20) : whole);
  });
  sheets::testing::FakeTime time;
  net::HttpClient transport("test");
  ChatOptions options = test_options();
  options.base_url = server.url("/v1");
  ChatClient client(options, {transport, time, time, [] { return 1.0; }});
  const auto answer = client.complete("m", {{ChatRole::kUser, "{}"}}, {});
  CHECK(std::holds_alternative<std::string>(answer));
  CHECK(server.connections() == 2);
}

TEST_CASE("an endless answer is given up") {
  RawServer server([](RawPeer& peer, int) {
    peer.read_request();
    std::string bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
    while (peer.send(bytes))
      bytes.assign(64u << 10, ' ');
  });
  const SystemClock clock;
  const auto assistant = make_assistant(config_for(server), "", clock);
  const auto answer = ask(assistant);
  REQUIRE(std::holds_alternative<AssistantError>(answer));
  CHECK(std::get<AssistantError>(answer).failure == AssistantFailure::kMalformed);
}

TEST_CASE("a redirect is not followed: the key goes to the configured host only") {
  RawServer elsewhere([](RawPeer& peer, int) { peer.read_request(); });
  RawServer server([&](RawPeer& peer, int) {
    peer.read_request();
    peer.send(
        http("307 Temporary Redirect", "", "Location: " + elsewhere.url("/v1/chat/completions") + "\r\n"));
  });
  const SystemClock clock;
  const auto assistant = make_assistant(config_for(server), kKey, clock);
  const auto answer = ask(assistant);
  REQUIRE(std::holds_alternative<AssistantError>(answer));
  CHECK(std::get<AssistantError>(answer).failure == AssistantFailure::kRefused);
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE("cancelling a run ends a question that waits for its answer") {
  std::stop_source source;
  RawServer server([&](RawPeer& peer, int) {
    peer.read_request();
    source.request_stop();
    peer.wait_until_left();
  });
  const SystemClock clock;
  const auto assistant = make_assistant(config_for(server), "", clock);
  RunControl control;
  control.stop = source.get_token();
  CHECK_THROWS_AS(ask(assistant, control), RunStopped);
}

}  // namespace
}  // namespace roadmap::app::test
