#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <string>

#include "core/clock.h"
#include "core/errors.h"
#include "core/run/run_control.h"
#include "sheets_client/call_observer.h"

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

// Keeps an issuer's token and renews it 5 minutes before it ends (or at half of a short life), one request
// at a time: other threads use the old token while it lasts, else wait for that request and share its
// outcome. A failed early renewal is no failure while the old token lasts.
// Thread safety: safe to call from many threads.
class CachedTokens : public TokenSource {
 public:
  // `observer` may be nullptr; it and `clock` outlive this.
  CachedTokens(std::unique_ptr<TokenIssuer> issuer, const roadmap::Clock& clock, CallObserver* observer);

  std::string token(const roadmap::RunControl& control) override;
  void reject(const std::string& token) override;
  std::string account() const override { return issuer_->account(); }

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Renewal {  // how the latest finished request ended
    std::uint64_t number = 0;
    std::exception_ptr failure;
  };

  void wait_for_renewal(std::unique_lock<std::mutex>& lock, const roadmap::RunControl& control);
  std::string renew(std::unique_lock<std::mutex>& lock, const roadmap::RunControl& control);
  IssuedToken issue_observed(const roadmap::RunControl& control);
  bool usable(Moment now) const { return !token_.empty() && now < ends_; }

  const std::unique_ptr<TokenIssuer> issuer_;
  const roadmap::Clock& clock_;
  CallObserver* const observer_;

  std::mutex mutex_;
  std::condition_variable_any renewed_;
  std::string token_;  // empty: none
  Moment ends_;
  Moment renew_at_;
  bool renewing_ = false;
  Renewal latest_;
};

}  // namespace sheets
