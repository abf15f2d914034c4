#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "net/transport.h"
#include "sheets_client/call_observer.h"
#include "sheets_client/google_sheets.h"
#include "sheets_client/token_source.h"
#include "test/fakes/fake_time.h"

namespace sheets::testing {

using roadmap::test::FakeTime;

// A request as it left the client, its body read to the end.
struct SentRequest {
  std::string method;
  std::string path;                                        // without scheme and host
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  net::Headers headers;
  std::string body;
  bool can_be_rewound = false;
  bool uses_proxy = true;

  std::vector<std::string> all(const std::string& name) const;  // values of that query parameter
};

// Answers requests from a script and remembers them. A request beyond the script's end fails the test.
class ScriptedTransport : public net::Transport {
 public:
  using Answer = std::function<net::TransferResult(const SentRequest&)>;

  net::TransferResult perform(const net::ClientRequest& request,
                              const net::TransferControl& control) override;

  void answer(int status, std::string body, net::Headers headers = {});
  void fail(net::TransferFailure failure, std::string message = "it broke");
  void then(Answer answer);

  std::vector<SentRequest> sent() const;
  std::size_t unused() const;

 private:
  mutable std::mutex mutex_;
  std::deque<Answer> answers_;
  std::vector<SentRequest> sent_;
};

// Hands out "token-1", and the next number after each rejected one.
class NumberedTokens : public TokenSource {
 public:
  std::string token(const roadmap::RunControl&) override { return "token-" + std::to_string(number_); }
  void reject(const std::string& token) override {
    if (token == "token-" + std::to_string(number_)) ++number_;
  }
  std::string account() const override { return "robot@example.iam.gserviceaccount.com"; }

 private:
  int number_ = 1;
};

class RecordingObserver : public CallObserver {
 public:
  void call_finished(const CallReport& report) override {
    calls.push_back(std::string(report.method) + " " + std::to_string(report.http_status) + " " +
                    std::string(report.failure) + " #" + std::to_string(report.attempt));
    limiter_waits.push_back(report.limiter_wait);
  }
  void token_refreshed(TokenRefresh outcome, std::chrono::milliseconds) override {
    refreshes.push_back(outcome);
  }

  std::vector<std::string> calls;
  std::vector<std::chrono::milliseconds> limiter_waits;
  std::vector<TokenRefresh> refreshes;
};

// The client over a scripted transport. Jitter is the whole backoff.
struct ScriptedSheets {
  explicit ScriptedSheets(const ClientOptions& options = {});

  // The answer to the first question about a spreadsheet: tabs "Backlog" (id 11, 100 × 10) and "Old Ideas"
  // (id 22, 50 × 5).
  void answer_directory();

  FakeTime time;
  ScriptedTransport transport;
  NumberedTokens tokens;
  RecordingObserver observer;
  GoogleSheets sheets;
  roadmap::RunControl control;
};

// {"error": {code, message, status}} as Google sends it.
std::string google_error(int code, const std::string& message, const std::string& status);

}  // namespace sheets::testing
