#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

// What lets a caller in: the service's secret, or a session of a browser that logged in with it.
namespace roadmap::app {

// Equal, in a time that depends on the lengths only.
bool same_token(std::string_view a, std::string_view b);

// SHA-256. Digests have one length, so that comparing them tells nothing about a secret's length either.
using SecretDigest = std::array<unsigned char, 32>;

// Compares what callers send with the secrets that are valid now, in a time that does not depend on them, and
// slows down who guesses. Thread-safe.
class SecretCheck {
 public:
  enum class Verdict { kGranted, kMissing, kWrong, kThrottled };

  // Empty secrets are none. Without any, everything is granted.
  SecretCheck(const std::string& secret, const std::string& previous_secret, const Clock& clock);

  bool has_secret() const { return !digests_.empty(); }

  // A right secret is always granted. Beyond kMaxWrong wrong ones within kWindow from one address, further
  // wrong ones are throttled.
  Verdict check(std::optional<std::string_view> sent, const std::string& address);

  static constexpr std::size_t kMaxWrong = 10;
  static constexpr std::chrono::seconds kWindow{60};
  static constexpr std::size_t kMaxAddresses = 10000;

 private:
  using Moment = std::chrono::steady_clock::time_point;

  void forget_old(Moment now);

  std::vector<SecretDigest> digests_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::deque<Moment>> wrong_;  // by address, oldest first
};

// Who is logged in to the web pages. A browser holds a token in a cookie that its scripts cannot read, and
// sends a second one with everything that changes something; a page of another origin has neither. In memory:
// after a restart people log in again. Thread-safe; never blocks for longer than its lock.
class ConsoleSessions {
 public:
  explicit ConsoleSessions(const Clock& clock) : clock_(clock) {}

  struct Session {
    std::string token;       // of the cookie; known to the browser only, a digest is kept here
    std::string csrf_token;  // of the header X-CSRF-Token
    UtcTime ends_at{};       // at the latest
  };
  // Beyond kMaxSessions the one that was used least recently ends.
  Session begin();

  // The session without its token, and its idle time starts over; nullopt when it has ended or never was.
  std::optional<Session> find(std::string_view token);
  void end(std::string_view token);

  static constexpr std::size_t kMaxSessions = 64;
  static constexpr std::chrono::hours kIdle{8};
  static constexpr std::chrono::hours kLongest{24};

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Entry {
    std::string csrf_token;
    UtcTime ends_at{};
    Moment begun;
    Moment used;

    bool has_ended(Moment now) const { return now - used >= kIdle || now - begun >= kLongest; }
  };

  void make_room(Moment now);

  const Clock& clock_;
  std::mutex mutex_;
  // By digest: how long a lookup takes tells nothing about a valid token.
  std::map<SecretDigest, Entry> entries_;
};

}  // namespace roadmap::app
