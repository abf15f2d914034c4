#include "app/http/secret_check.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace roadmap::app {

SecretCheck::SecretCheck(const std::string& secret, const std::string& previous_secret, const Clock& clock)
    : clock_(clock) {
  for (const std::string* valid : {&secret, &previous_secret}) {
    if (!valid->empty()) digests_.push_back(digest(*valid));
  }
}

// Digests have one length, so that comparing them tells nothing about a secret's length either.
SecretCheck::Digest SecretCheck::digest(std::string_view text) {
  Digest bytes{};
  ::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data());
  return bytes;
}

SecretCheck::Verdict SecretCheck::check(std::optional<std::string_view> sent, const std::string& address) {
  if (!has_secret()) return Verdict::kGranted;
  if (!sent) return Verdict::kMissing;
  const Digest given = digest(*sent);
  bool right = false;
  for (const Digest& valid : digests_) {  // all of them: where it stops would tell which one was right
    if (::CRYPTO_memcmp(valid.data(), given.data(), valid.size()) == 0) right = true;
  }
  if (right) return Verdict::kGranted;

  const std::lock_guard lock(mutex_);
  const Moment now = clock_.steady_now();
  if (wrong_.size() >= kMaxAddresses) forget_old(now);
  std::deque<Moment>& times = wrong_[address];
  while (!times.empty() && now - times.front() >= kWindow)
    times.pop_front();
  if (times.size() >= kMaxWrong) return Verdict::kThrottled;
  times.push_back(now);
  return Verdict::kWrong;
}

void SecretCheck::forget_old(Moment now) {
  for (auto entry = wrong_.begin(); entry != wrong_.end();) {
    entry = entry->second.empty() || now - entry->second.back() >= kWindow ? wrong_.erase(entry)
                                                                           : std::next(entry);
  }
  // Guesses from that many addresses at once: memory stays bounded, the count starts over.
  if (wrong_.size() >= kMaxAddresses) wrong_.clear();
}

}  // namespace roadmap::app
