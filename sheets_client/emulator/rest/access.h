#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace sheets::emulator {

using WallTime = std::chrono::system_clock::time_point;

// Whose a token is and what it allows.
struct Grant {
  std::string email;
  std::string scope;  // separated by blanks
};

// Whether the scopes allow a Sheets call; reading is allowed by the read-only ones too.
bool scope_allows(std::string_view scope, bool write);

// The tokens that were given out. Thread safety: all of it.
class AccessTokens {
 public:
  static constexpr std::chrono::seconds kLifetime{3600};

  // A new random token. The oldest is forgotten when there are too many.
  std::string issue(Grant grant, WallTime now);
  // nullopt for a token that is unknown or has expired.
  std::optional<Grant> find(std::string_view token, WallTime now) const;

 private:
  struct Entry {
    Grant grant;
    WallTime expires;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> tokens_;
};

// Calls per minute and account, counted over the last sixty seconds. Thread safety: all of it.
class Quota {
 public:
  // 0: no limit.
  Quota(int reads_per_minute, int writes_per_minute) : limits_{reads_per_minute, writes_per_minute} {}

  // Counts one call. Throws ApiError (429) when it is one too many; that one does not count.
  void take(const std::string& email, bool write, WallTime now);

 private:
  int limits_[2];  // reads, writes
  std::mutex mutex_;
  std::map<std::string, std::deque<WallTime>> recent_[2];
};

}  // namespace sheets::emulator
