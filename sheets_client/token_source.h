#pragma once

#include <chrono>
#include <string>

#include "core/errors.h"
#include "core/run/run_control.h"

namespace sheets {

inline constexpr const char* kSheetsScope = "https://www.googleapis.com/auth/spreadsheets";

enum class TokenFailure {
  kRefused,      // the account or its key is unknown, disabled or deleted
  kClock,        // refused because this machine's clock is off
  kUnavailable,  // the endpoint did not answer, retries used up
  kMalformed,    // its answer is no token
};

// No access token could be had. what() is one sentence; detail() is the endpoint's own message.
class TokenError : public roadmap::Error {
 public:
  TokenError(TokenFailure failure, const std::string& message, std::string detail)
      : Error("sheets_token", message, std::move(detail)), failure_(failure) {}
  TokenFailure failure() const { return failure_; }

 private:
  TokenFailure failure_;
};

// Where access tokens come from. Implementations are safe to call from many threads.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  // A token that is valid now. May block for a request. Throws TokenError, RunStopped.
  virtual std::string token(const roadmap::RunControl& control) = 0;
  // Google refused that token: the next call fetches another one. Without effect when there is another one
  // already.
  virtual void reject(const std::string& token) = 0;
  // Whom people share their sheets with: "roadmap@example.iam.gserviceaccount.com". Never blocks.
  virtual std::string account() const = 0;
};

// A token as its issuer hands it out.
struct IssuedToken {
  std::string token;
  std::chrono::seconds lifetime{0};  // from now
};

// Fetches new tokens. Called by one thread at a time.
class TokenIssuer {
 public:
  virtual ~TokenIssuer() = default;
  // Blocks for a request and its retries. Throws TokenError, RunStopped.
  virtual IssuedToken issue(const roadmap::RunControl& control) = 0;
  // As TokenSource::account; from any thread.
  virtual std::string account() const = 0;
};

}  // namespace sheets
