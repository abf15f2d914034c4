#include "app/http/console_sessions.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>

#include "core/errors.h"

namespace roadmap::app {
namespace {

// 256 random bits, in hexadecimal.
std::string random_token() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, 32> bytes{};
  if (::RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw Error("random", "The system gives no random numbers.");
  }
  std::string token;
  token.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    token += kDigits[byte >> 4U];
    token += kDigits[byte & 15U];
  }
  return token;
}

}  // namespace

bool same_token(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

ConsoleSessions::Digest ConsoleSessions::digest(std::string_view token) {
  Digest bytes{};
  ::SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(), bytes.data());
  return bytes;
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
  if (found == entries_.end()) return std::nullopt;
  const Moment now = clock_.steady_now();
  Entry& entry = found->second;
  if (now - entry.used >= kIdle || now - entry.begun >= kLongest) {
    entries_.erase(found);
    return std::nullopt;
  }
  entry.used = now;
  return Session{"", entry.csrf_token, entry.ends_at};
}

void ConsoleSessions::end(std::string_view token) {
  const std::lock_guard lock(mutex_);
  entries_.erase(digest(token));
}

void ConsoleSessions::make_room(Moment now) {
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const bool ended = now - entry->second.used >= kIdle || now - entry->second.begun >= kLongest;
    entry = ended ? entries_.erase(entry) : std::next(entry);
  }
  if (entries_.size() < kMaxSessions) return;
  entries_.erase(std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
    return a.second.used < b.second.used;
  }));
}

}  // namespace roadmap::app
