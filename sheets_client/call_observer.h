#pragma once

#include <chrono>
#include <string_view>

namespace sheets {

// One request to Google and what became of it. Retries are reports of their own.
struct CallReport {
  std::string_view method{};  // "values.batchGet", "spreadsheets.batchUpdate"
  std::string_view spreadsheet_id{};
  int attempt = 1;             // 1: the first
  int http_status = 0;         // 0: no answer
  std::string_view failure{};  // "": 2xx; else "quota", "timeout", "closed", …
  std::string_view message{};  // Google's or the transport's words; may name tabs and ranges
  std::chrono::milliseconds took{0};
  std::chrono::milliseconds limiter_wait{0};
};

enum class TokenRefresh { kIssued, kFailed };

// Where calls are told to: metrics and logs. Called on the calling thread, many at once; implementations are
// thread-safe and do not block. No report holds a cell's content, a token or a key.
class CallObserver {
 public:
  virtual ~CallObserver() = default;
  virtual void call_finished(const CallReport& report) = 0;
  virtual void token_refreshed(TokenRefresh outcome, std::chrono::milliseconds took) = 0;
};

}  // namespace sheets
