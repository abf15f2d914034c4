#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>

#include "core/clock.h"
#include "sheets_client/call_observer.h"
#include "sheets_client/token_source.h"

namespace sheets {

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
