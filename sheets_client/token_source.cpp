#include "sheets_client/token_source.h"

#include <algorithm>

#include "core/run/waiter.h"

namespace sheets {
namespace {

constexpr std::chrono::seconds kRenewEarly{300};
// After a failed early renewal: not every call in the old token's last minutes asks again.
constexpr std::chrono::seconds kRenewAgain{30};

}  // namespace

CachedTokens::CachedTokens(std::unique_ptr<TokenIssuer> issuer, const roadmap::Clock& clock,
                           CallObserver* observer)
    : issuer_(std::move(issuer)), clock_(clock), observer_(observer) {}

std::string CachedTokens::token(const roadmap::RunControl& control) {
  std::unique_lock lock(mutex_);
  while (true) {
    const Moment now = clock_.steady_now();
    if (usable(now) && (now < renew_at_ || renewing_)) return token_;
    if (!renewing_) return renew(lock, control);
    wait_for_renewal(lock, control);
  }
}

// Returns when there may be a token. Throws the failure of the request that this thread waited for: were
// each waiter to try again, a dead endpoint would be asked once per thread, one after the other.
void CachedTokens::wait_for_renewal(std::unique_lock<std::mutex>& lock, const roadmap::RunControl& control) {
  const std::uint64_t before = latest_.number;
  const auto done = [&] { return latest_.number != before || !renewing_; };
  if (control.deadline == Moment::max()) {
    renewed_.wait(lock, control.stop, done);
  } else {
    renewed_.wait_until(lock, control.stop, control.deadline, done);
  }
  if (!done()) {
    lock.unlock();
    control.check(clock_.steady_now());
    lock.lock();
  }
  if (latest_.number != before && latest_.failure) std::rethrow_exception(latest_.failure);
}

std::string CachedTokens::renew(std::unique_lock<std::mutex>& lock, const roadmap::RunControl& control) {
  renewing_ = true;
  lock.unlock();
  IssuedToken issued;
  std::exception_ptr failure;  // what everybody who waited gets
  std::exception_ptr own;      // what this thread alone gets: its run was stopped, the others' were not
  try {
    issued = issue_observed(control);
  } catch (const roadmap::RunStopped&) {
    own = std::current_exception();
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  renewing_ = false;
  const Moment now = clock_.steady_now();
  if (!own) latest_ = {latest_.number + 1, usable(now) ? nullptr : failure};
  if (!own && !failure) {
    token_ = std::move(issued.token);
    ends_ = now + issued.lifetime;
    renew_at_ = ends_ - std::min<std::chrono::seconds>(kRenewEarly, issued.lifetime / 2);
  }
  if (failure && usable(now)) renew_at_ = now + kRenewAgain;
  renewed_.notify_all();
  if (own) std::rethrow_exception(own);
  if (failure && !usable(now)) std::rethrow_exception(failure);
  return token_;
}

IssuedToken CachedTokens::issue_observed(const roadmap::RunControl& control) {
  const Moment started = clock_.steady_now();
  const auto told = [&](TokenRefresh outcome) {
    if (!observer_) return;
    observer_->token_refreshed(
        outcome, std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady_now() - started));
  };
  try {
    IssuedToken issued = issuer_->issue(control);
    told(TokenRefresh::kIssued);
    return issued;
  } catch (...) {
    told(TokenRefresh::kFailed);
    throw;
  }
}

void CachedTokens::reject(const std::string& token) {
  const std::lock_guard lock(mutex_);
  if (token_ == token) token_.clear();
}

}  // namespace sheets
