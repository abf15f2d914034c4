#include "chat_bench.h"

namespace roadmap::app::test {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("a question is one POST to the completions below the configured address") {
  ChatBench bench;
  bench.transport.answer(200, completion("{}"));
  CHECK(bench.text() == "{}");
  const auto sent = bench.transport.sent().at(0);
  CHECK(sent.method == "POST");
  CHECK(sent.path == "/v1/chat/completions");
  CHECK(sent.headers.get("Authorization") == "Bearer " + kKey);
  CHECK(bench.body(0) ==
        Json{{"model", "gpt-test"},
             {"messages",
              {{{"role", "system"}, {"content", "Answer in JSON."}}, {{"role", "user"}, {"content", "{}"}}}},
             {"temperature", 0.2},
             {"max_tokens", 2048},
             {"response_format", {{"type", "json_object"}}},
             {"stream", false}});
}

TEST_CASE("the address is used as configured, slashes at its end aside") {
  for (const auto& [configured, path] : {std::pair{"http://h:1", "/chat/completions"},
                                         {"http://h:1/", "/chat/completions"},
                                         {"http://h:1/v1/", "/v1/chat/completions"},
                                         {"http://h:1/a/v1", "/a/v1/chat/completions"}}) {
    ChatOptions options = test_options();
    options.base_url = configured;
    ChatBench bench(options);
    bench.transport.answer(200, completion("{}"));
    bench.text();
    CHECK(bench.transport.sent().at(0).path == path);
  }
}

TEST_CASE("without a key no Authorization is sent, and without a model no model") {
  ChatOptions options = test_options();
  options.api_key.clear();
  ChatBench bench(options);
  bench.transport.answer(200, completion("{}"));
  bench.text("");
  CHECK_FALSE(bench.transport.sent().at(0).headers.get("Authorization").has_value());
  CHECK_FALSE(bench.body(0).contains("model"));
}

TEST_CASE("a server without JSON mode is asked again without it, and from then on at once") {
  ChatBench bench;
  bench.transport.answer(400, endpoint_error("response_format is not supported"));
  bench.transport.answer(200, completion("{}"));
  bench.transport.answer(200, completion("{}"));
  bench.text();
  CHECK(bench.body(0).contains("response_format"));
  CHECK_FALSE(bench.body(1).contains("response_format"));
  bench.text();
  CHECK_FALSE(bench.body(2).contains("response_format"));
  CHECK(bench.time.waits().empty());
}

TEST_CASE("what a model refuses by name is renamed or left out, and the rest kept") {
  ChatBench bench;
  bench.transport.answer(
      400, endpoint_error("Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                          "'max_completion_tokens' instead.",
                          "max_tokens", "unsupported_parameter"));
  bench.transport.answer(400, endpoint_error("Unsupported value: 'temperature' does not support 0.2",
                                             "temperature", "unsupported_value"));
  bench.transport.answer(200, completion("{}"));
  bench.text();
  CHECK(bench.body(1)["max_completion_tokens"] == 2048);
  CHECK_FALSE(bench.body(1).contains("max_tokens"));
  CHECK(bench.body(1).contains("temperature"));
  CHECK_FALSE(bench.body(2).contains("temperature"));
  CHECK(bench.body(2).contains("response_format"));
}

TEST_CASE("what one model refuses says nothing about another") {
  ChatBench bench;
  bench.transport.answer(400, endpoint_error("response_format is not supported"));
  bench.transport.answer(200, completion("{}"));
  bench.transport.answer(200, completion("{}"));
  bench.text("small");
  bench.text("large");
  CHECK(bench.body(2).contains("response_format"));
}

TEST_CASE("a request that is refused whatever is left out fails, and nothing of it is remembered") {
  ChatBench bench;
  for (int i = 0; i < 2; ++i)
    bench.transport.answer(400, endpoint_error("context length exceeded"));
  const AssistantError error = bench.error();
  CHECK(error.failure == AssistantFailure::kRefused);
  CHECK(error.detail == "HTTP 400: context length exceeded");
  CHECK(bench.transport.unused() == 0);
  bench.transport.answer(200, completion("{}"));
  bench.text();
  CHECK(bench.body(2).contains("response_format"));
}

TEST_CASE("429 is tried again after the time that the endpoint asks for") {
  ChatBench bench;
  bench.transport.answer(429, endpoint_error("slow down"), {{"Retry-After", "7"}});
  bench.transport.answer(200, completion("{}"));
  std::vector<std::string> labels;
  bench.control.on_wait = [&](std::string_view label) { labels.emplace_back(label); };
  CHECK(bench.text() == "{}");
  CHECK(bench.time.waits() == std::vector<milliseconds>{seconds{7}});
  CHECK(labels == std::vector<std::string>{"Waiting for the assistant", ""});
}

TEST_CASE("tries are limited, with growing waits between them") {
  ChatBench bench;
  for (int i = 0; i < 4; ++i)
    bench.transport.answer(503, "<html>overloaded</html>");
  CHECK(bench.error().failure == AssistantFailure::kUnavailable);
  CHECK(bench.time.waits() == std::vector<milliseconds>{seconds{1}, seconds{2}, seconds{4}});
  CHECK(bench.transport.unused() == 0);
}

TEST_CASE("a wait beyond the deadline is not begun; the error says how long was asked for") {
  ChatBench bench;
  bench.control.deadline = bench.time.steady_now() + seconds{30};
  bench.transport.answer(429, endpoint_error("slow down"), {{"Retry-After", "31"}});
  const AssistantError error = bench.error();
  CHECK(error.failure == AssistantFailure::kQuota);
  CHECK(error.retry_after == seconds{31});
  CHECK(bench.time.waits().empty());
}

TEST_CASE("an account that is used up is not asked again") {
  ChatBench bench;
  bench.transport.answer(429,
                         endpoint_error("You exceeded your current quota", nullptr, "insufficient_quota"));
  const AssistantError error = bench.error();
  CHECK(error.failure == AssistantFailure::kQuota);
  CHECK(error.message == "the assistant's account is used up; tell your operator");
}

TEST_CASE("lost connections are tried again, a timeout once, a broken certificate never") {
  ChatBench lost;
  lost.transport.fail(net::TransferFailure::kUnreachable);
  lost.transport.fail(net::TransferFailure::kClosed);
  lost.transport.answer(200, completion("{}"));
  CHECK(lost.text() == "{}");

  ChatBench slow;
  slow.transport.fail(net::TransferFailure::kTimeout);
  slow.transport.fail(net::TransferFailure::kTimeout);
  const AssistantError error = slow.error();
  CHECK(error.failure == AssistantFailure::kTimeout);
  CHECK(error.message == "the assistant did not answer in time; try again later");

  ChatBench tls;
  tls.transport.fail(net::TransferFailure::kTls, "certificate has expired");
  CHECK(tls.error().failure == AssistantFailure::kUnavailable);
  CHECK(tls.transport.unused() == 0);
}

TEST_CASE("what asking again cannot change is said at once, without the key") {
  const auto error_for = [](int status, const std::string& body) {
    ChatBench bench;
    bench.transport.answer(status, body);
    return bench.error();
  };
  const AssistantError key = error_for(401, endpoint_error("Incorrect API key provided: " + kKey));
  CHECK(key.failure == AssistantFailure::kRefused);
  CHECK(key.message == "the assistant refused its key; tell your operator");
  CHECK(key.detail == "HTTP 401: Incorrect API key provided: (key)");
  CHECK_THAT(error_for(404, "<html>").detail, Catch::Contains("usually ends in /v1"));
  CHECK(error_for(302, "").failure == AssistantFailure::kRefused);
  CHECK(error_for(404, R"({"error": "model 'x' not found"})").detail ==
        "HTTP 404: model 'x' not found; llm.base_url usually ends in /v1");
}

TEST_CASE("a key that is part of what stands in its place is taken out once wherever it stands") {
  const std::string key = GENERATE(as<std::string>{}, "key", "k", "(key)");
  ChatOptions options = test_options();
  options.api_key = key;
  ChatBench bench(options);
  bench.transport.answer(401, endpoint_error("refused: " + key + ", " + key));
  CHECK(bench.error().detail == "HTTP 401: refused: (key), (key)");
}

TEST_CASE("an answer that is no completion is malformed, and not asked for again here") {
  const auto message_for = [](const std::string& body) {
    ChatBench bench;
    bench.transport.answer(200, body);
    const AssistantError error = bench.error();
    CHECK(error.failure == AssistantFailure::kMalformed);
    return error.message;
  };
  CHECK(message_for("<html>Welcome</html>") == "the assistant's answer could not be read");
  CHECK(message_for("") == "the assistant's answer could not be read");
  CHECK(message_for(R"({"choices": []})") == "the assistant's answer could not be read");
  CHECK(message_for(R"({"choices": {"0": 1}})") == "the assistant's answer could not be read");
  CHECK(message_for(R"({"choices": ["text"]})") == "the assistant's answer could not be read");
  CHECK(message_for(R"({"choices": [{"message": {"content": null}}]})") == "the assistant answered nothing");
  CHECK(message_for(R"({"choices": [{"message": {"content": null, "refusal": "I can't."}}]})") ==
        "the assistant declined to answer");
  CHECK(message_for(completion("{\"formula\": ", "length")) == "the assistant's answer was cut");
  CHECK(message_for(completion("", "content_filter")) == "the assistant declined to answer");
}

TEST_CASE("a stop or the end of the run's time ends a question") {
  ChatBench stopped;
  std::stop_source source;
  stopped.control.stop = source.get_token();
  stopped.control.why_stopped = [] { return StopReason::kDraining; };
  stopped.transport.answer(429, "{}");
  stopped.time.on_wait_begin = [&] { source.request_stop(); };
  try {
    stopped.ask();
    FAIL("it went on");
  } catch (const RunStopped& stop) {
    CHECK(stop.reason() == StopReason::kDraining);
  }

  ChatBench late;
  late.transport.fail(net::TransferFailure::kDeadline);
  CHECK_THROWS_AS(late.ask(), RunStopped);
  late.control.deadline = late.time.steady_now();
  CHECK_THROWS_AS(late.ask(), RunStopped);
  CHECK(late.transport.sent().size() == 1);
}

}  // namespace
}  // namespace roadmap::app::test
