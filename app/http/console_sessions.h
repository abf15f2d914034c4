#pragma once

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"

namespace roadmap::app {

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
  using Digest = std::array<unsigned char, 32>;
  struct Entry {
    std::string csrf_token;
    UtcTime ends_at{};
    Moment begun;
    Moment used;
  };

  static Digest digest(std::string_view token);
  void make_room(Moment now);

  const Clock& clock_;
  std::mutex mutex_;
  // By digest: how long a lookup takes tells nothing about a valid token.
  std::map<Digest, Entry> entries_;
};

// Equal, in a time that depends on the lengths only.
bool same_token(std::string_view a, std::string_view b);

}  // namespace roadmap::app
