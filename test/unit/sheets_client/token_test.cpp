#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <nlohmann/json.hpp>
#include <thread>

#include "fakes.h"
#include "keys.h"
#include "sheets_client/token_issuers.h"

namespace sheets {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// Hands out "t1", "t2", …, each valid for an hour; fails as told.
class ScriptedIssuer : public TokenIssuer {
 public:
  IssuedToken issue(const roadmap::RunControl&) override {
    const int number = ++*issued;
    during(number);
    return {"t" + std::to_string(number), lifetime};
  }
  std::string account() const override { return "robot"; }

  std::shared_ptr<std::atomic<int>> issued = std::make_shared<std::atomic<int>>(0);
  std::function<void(int)> during = [](int) {};
  seconds lifetime{3600};
};

struct Cached {
  Cached() {
    auto made = std::make_unique<ScriptedIssuer>();
    issuer = made.get();
    tokens = std::make_unique<CachedTokens>(std::move(made), time, &observer);
  }
  testing::FakeTime time;
  testing::RecordingObserver observer;
  ScriptedIssuer* issuer;
  std::unique_ptr<CachedTokens> tokens;
  roadmap::RunControl control;
};

[[noreturn]] void fail_unavailable() { throw TokenError(TokenFailure::kUnavailable, "down", "down"); }

TEST_CASE("a token is kept and renewed five minutes before it ends") {
  Cached cached;
  CHECK(cached.tokens->token(cached.control) == "t1");
  cached.time.advance(minutes{54});
  CHECK(cached.tokens->token(cached.control) == "t1");
  cached.time.advance(minutes{2});
  CHECK(cached.tokens->token(cached.control) == "t2");
  CHECK(cached.observer.refreshes == std::vector<TokenRefresh>{TokenRefresh::kIssued, TokenRefresh::kIssued});
}

TEST_CASE("a token with a short life is not renewed on every call") {
  Cached cached;
  cached.issuer->lifetime = seconds{240};
  CHECK(cached.tokens->token(cached.control) == "t1");
  cached.time.advance(seconds{100});
  CHECK(cached.tokens->token(cached.control) == "t1");
  cached.time.advance(seconds{30});
  CHECK(cached.tokens->token(cached.control) == "t2");
}

TEST_CASE("a rejected token is replaced, one that was replaced already is left alone") {
  Cached cached;
  CHECK(cached.tokens->token(cached.control) == "t1");
  cached.tokens->reject("t1");
  CHECK(cached.tokens->token(cached.control) == "t2");
  cached.tokens->reject("t1");
  CHECK(cached.tokens->token(cached.control) == "t2");
}

TEST_CASE("while an early renewal fails the old token serves, until it ends") {
  Cached cached;
  CHECK(cached.tokens->token(cached.control) == "t1");
  cached.issuer->during = [](int) { fail_unavailable(); };
  cached.time.advance(minutes{56});
  CHECK(cached.tokens->token(cached.control) == "t1");
  CHECK(cached.tokens->token(cached.control) == "t1");
  CHECK(*cached.issuer->issued == 2);  // not asked again right away
  cached.time.advance(minutes{5});
  CHECK_THROWS_AS(cached.tokens->token(cached.control), TokenError);
  CHECK(cached.observer.refreshes.back() == TokenRefresh::kFailed);
}

// Threads that all want a token; the issuer answers once all of them have started.
std::vector<std::string> ask_together(Cached& cached, int count, const std::function<void()>& outcome) {
  std::atomic<int> started{0};
  std::mutex mutex;
  std::condition_variable all_started;
  cached.issuer->during = [&](int) {
    std::unique_lock lock(mutex);
    all_started.wait(lock, [&] { return started == count; });
    outcome();
  };
  std::vector<std::string> results(static_cast<std::size_t>(count));
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&] {
      {
        const std::lock_guard lock(mutex);
        ++started;
      }
      all_started.notify_all();
      try {
        result = cached.tokens->token(cached.control);
      } catch (const TokenError& error) {
        result = error.what();
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  return results;
}

TEST_CASE("threads that need a token together cause one request") {
  Cached cached;
  CHECK(ask_together(cached, 8, [] {}) == std::vector<std::string>(8, "t1"));
  CHECK(*cached.issuer->issued == 1);
}

TEST_CASE("threads that waited for a failed request get its failure") {
  Cached cached;
  // A thread that starts only after the failure asks anew, so the number of requests is not fixed here.
  CHECK(ask_together(cached, 8, fail_unavailable) == std::vector<std::string>(8, "down"));
}

TEST_CASE("a stopped run's renewal does not fail the others") {
  Cached cached;
  cached.issuer->during = [](int number) {
    if (number == 1) throw roadmap::RunStopped(roadmap::StopReason::kCancelled);
  };
  CHECK_THROWS_AS(cached.tokens->token(cached.control), roadmap::RunStopped);
  CHECK(cached.tokens->token(cached.control) == "t2");
}

TEST_CASE("a thread that waits for another one's request can be stopped") {
  Cached cached;
  std::mutex mutex;
  std::condition_variable changed;
  bool issuing = false, release = false;
  cached.issuer->during = [&](int) {
    std::unique_lock lock(mutex);
    issuing = true;
    changed.notify_all();
    changed.wait(lock, [&] { return release; });
  };
  std::thread leader([&] { cached.tokens->token({}); });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return issuing; });
  }
  std::stop_source stop;
  roadmap::RunControl control;
  control.stop = stop.get_token();
  std::thread stopper([&] { stop.request_stop(); });
  CHECK_THROWS_AS(cached.tokens->token(control), roadmap::RunStopped);
  stopper.join();
  {
    const std::lock_guard lock(mutex);
    release = true;
  }
  changed.notify_all();
  leader.join();
}

// ----- the two issuers, against scripted endpoints

struct Endpoint {
  testing::FakeTime time;
  testing::ScriptedTransport transport;
  roadmap::Backoff backoff{2, time, time, [] { return 1.0; }};
  const TokenExchange exchange{transport, time, backoff};
  ServiceAccountIssuer account{
      {"robot@example.com", testing::rsa_2048().private_pem, "", "https://tokens.example/token"}, exchange};
  MetadataIssuer metadata{exchange};
  roadmap::RunControl control;

  TokenError failure(TokenIssuer& issuer) {
    try {
      issuer.issue(control);
    } catch (const TokenError& error) {
      return error;
    }
    FAIL("a token was issued");
    throw std::logic_error("unreachable");
  }
};

const char* const kToken = R"({"access_token":"ya29.x","expires_in":3599,"token_type":"Bearer"})";
const char* const kShortLived =
    R"({"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."})";

TEST_CASE("a service account's token is asked for with a signed assertion") {
  Endpoint endpoint;
  endpoint.transport.answer(200, kToken);
  const IssuedToken issued = endpoint.account.issue(endpoint.control);
  CHECK(issued.token == "ya29.x");
  CHECK(issued.lifetime == seconds{3599});
  const testing::SentRequest sent = endpoint.transport.sent().at(0);
  CHECK(sent.method == "POST");
  CHECK(sent.headers.get("Content-Type") == "application/x-www-form-urlencoded");
  const auto form = net::parse_query(sent.body);
  REQUIRE(form.size() == 2);
  CHECK(form[0].second == "urn:ietf:params:oauth:grant-type:jwt-bearer");
  const std::string assertion = form[1].second;
  const std::size_t dot = assertion.rfind('.');
  CHECK(testing::verifies(testing::rsa_2048().public_pem, assertion.substr(0, dot),
                          testing::base64url_decode(assertion.substr(dot + 1))));
}

TEST_CASE("a clock that is off is named with how far and in which direction") {
  Endpoint endpoint;
  endpoint.transport.answer(400, kShortLived, {{"Date", "Tue, 03 Mar 2026 22:03:07 GMT"}});
  const TokenError ahead = endpoint.failure(endpoint.account);
  CHECK(ahead.failure() == TokenFailure::kClock);
  CHECK(std::string(ahead.what()) ==
        "Google refused to sign in because this machine's clock is 7 hours 3 minutes ahead. Set the clock "
        "and try again.");
  endpoint.transport.answer(400, kShortLived, {{"Date", "Fri, 06 Mar 2026 05:06:07 GMT"}});
  CHECK_THAT(endpoint.failure(endpoint.account).what(), Catch::Contains("is 2 days behind"));
}

TEST_CASE("without a Date, or with a right clock, the endpoint's own words are told") {
  Endpoint endpoint;
  endpoint.transport.answer(400, kShortLived);
  CHECK(endpoint.failure(endpoint.account).failure() == TokenFailure::kRefused);
  endpoint.transport.answer(400, kShortLived, {{"Date", "Wed, 04 Mar 2026 05:06:00 GMT"}});
  CHECK(endpoint.failure(endpoint.account).failure() == TokenFailure::kRefused);
  endpoint.transport.answer(400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
  const TokenError refused = endpoint.failure(endpoint.account);
  CHECK(std::string(refused.what()) ==
        "The credentials were refused by https://tokens.example/token: Invalid JWT Signature.");
  CHECK(refused.detail() == "invalid_grant: Invalid JWT Signature.");
}

TEST_CASE("a token endpoint that does not answer is tried again, then the reason is told") {
  Endpoint endpoint;
  endpoint.transport.fail(net::TransferFailure::kClosed);
  endpoint.transport.answer(503, "", {{"Retry-After", "9"}});
  endpoint.transport.answer(200, kToken);
  CHECK(endpoint.account.issue(endpoint.control).token == "ya29.x");
  CHECK(endpoint.time.waits() == std::vector<std::chrono::milliseconds>{seconds{1}, seconds{9}});

  for (int i = 0; i < 3; ++i)
    endpoint.transport.fail(net::TransferFailure::kUnreachable, "could not connect");
  const TokenError error = endpoint.failure(endpoint.account);
  CHECK(error.failure() == TokenFailure::kUnavailable);
  CHECK(std::string(error.what()) ==
        "No access token could be had from https://tokens.example/token: could not connect");
}

TEST_CASE("an answer that is no token is refused without repeating it") {
  Endpoint endpoint;
  for (const char* body :
       {"", "<html>", "[]", R"({"access_token":"secret"})", R"({"access_token":7,"expires_in":1})",
        R"({"access_token":"","expires_in":1})", R"({"access_token":"secret","expires_in":"1"})"}) {
    CAPTURE(body);
    endpoint.transport.answer(200, body);
    const TokenError error = endpoint.failure(endpoint.account);
    CHECK(error.failure() == TokenFailure::kMalformed);
    CHECK(std::string(error.what() + error.detail()).find("secret") == std::string::npos);
  }
}

TEST_CASE("a stop during the token request ends it as stopped") {
  Endpoint endpoint;
  endpoint.transport.fail(net::TransferFailure::kStopped);
  CHECK_THROWS_AS(endpoint.account.issue(endpoint.control), roadmap::RunStopped);
  endpoint.transport.fail(net::TransferFailure::kDeadline);
  CHECK_THROWS_AS(endpoint.account.issue(endpoint.control), roadmap::RunStopped);
}

TEST_CASE("the metadata server is asked with its header and never through a proxy") {
  Endpoint endpoint;
  endpoint.transport.answer(200, kToken, {{"Metadata-Flavor", "Google"}});
  endpoint.transport.answer(200, "vm@example.iam.gserviceaccount.com", {{"Metadata-Flavor", "Google"}});
  CHECK(endpoint.metadata.account() == "this machine's service account");
  CHECK(endpoint.metadata.issue(endpoint.control).token == "ya29.x");
  CHECK(endpoint.metadata.account() == "vm@example.iam.gserviceaccount.com");
  const testing::SentRequest sent = endpoint.transport.sent().at(0);
  CHECK(sent.path == "/computeMetadata/v1/instance/service-accounts/default/token");
  CHECK(sent.all("scopes") == std::vector<std::string>{"https://www.googleapis.com/auth/spreadsheets"});
  CHECK(sent.headers.get("Metadata-Flavor") == "Google");
  CHECK_FALSE(sent.uses_proxy);
}

TEST_CASE("something else that answers in the metadata server's place is not believed") {
  Endpoint endpoint;
  endpoint.transport.answer(200, kToken);
  const TokenError error = endpoint.failure(endpoint.metadata);
  CHECK(error.failure() == TokenFailure::kMalformed);
  CHECK_THAT(error.what(), Catch::Contains("is no metadata server"));
}

TEST_CASE("a token without the account's address is still a token") {
  Endpoint endpoint;
  endpoint.transport.answer(200, kToken, {{"Metadata-Flavor", "Google"}});
  endpoint.transport.answer(404, "");
  CHECK(endpoint.metadata.issue(endpoint.control).token == "ya29.x");
  CHECK(endpoint.metadata.account() == "this machine's service account");
}

TEST_CASE("durations are told in their two largest units") {
  CHECK(in_words(seconds{0}) == "0 seconds");
  CHECK(in_words(seconds{-61}) == "1 minute 1 second");
  CHECK(in_words(seconds{90061}) == "1 day 1 hour");
  CHECK(in_words(seconds{86405}) == "1 day 5 seconds");
}

}  // namespace
}  // namespace sheets
