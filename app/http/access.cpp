#include "app/http/access.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>

#include "core/errors.h"

namespace roadmap::app {
namespace {

SecretDigest digest(std::string_view text) {
  SecretDigest bytes{};
  ::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data());
  return bytes;
}

// 256 random bits, in hexadecimal.
std::string random_token() {
  std::array<unsigned char, 32> bytes{};
  if (::RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw Error("random", "The system gives no random numbers.");
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

}  // namespace

bool same_token(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

SecretCheck::SecretCheck(const std::string& secret, const std::string& previous_secret, const Clock& clock)
    : clock_(clock) {
  for (const std::string* valid : {&secret, &previous_secret}) {
    if (!valid->empty()) digests_.push_back(digest(*valid));
  }
}

SecretCheck::Verdict SecretCheck::check(std::optional<std::string_view> sent, const std::string& address) {
  if (!has_secret()) return Verdict::kGranted;
  if (!sent) return Verdict::kMissing;
  const SecretDigest given = digest(*sent);
  bool right = false;
  for (const SecretDigest& valid : digests_) {  // all of them: where it stops would tell which one was right
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
  std::erase_if(wrong_, [&](const auto& entry) {
    return entry.second.empty() || now - entry.second.back() >= kWindow;
  });
  // Guesses from that many addresses at once: memory stays bounded, the count starts over.
  if (wrong_.size() >= kMaxAddresses) wrong_.clear();
}

ConsoleSessions::Session ConsoleSessions::begin() {
  Session session{random_token(), random_token(), clock_.now() + kLongest};
  const std::lock_guard lock(mutex_);
  const Moment now = clock_.steady_now();
  make_room(now);
  entries_[digest(session.token)] = Entry{session.csrf_token, session.ends_at, now, now};
  return session;
}

std::optional<ConsoleSessions::Session> ConsoleSessions::find(std::string_view token) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(digest(token));
  const Moment now = clock_.steady_now();
  if (found == entries_.end() || found->second.has_ended(now)) return std::nullopt;
  Entry& entry = found->second;
  entry.used = now;
  return Session{"", entry.csrf_token, entry.ends_at};
}

void ConsoleSessions::end(std::string_view token) {
  const std::lock_guard lock(mutex_);
  entries_.erase(digest(token));
}

void ConsoleSessions::make_room(Moment now) {
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.has_ended(now); });
  if (entries_.size() < kMaxSessions) return;
  entries_.erase(std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
    return a.second.used < b.second.used;
  }));
}

}  // namespace roadmap::app
