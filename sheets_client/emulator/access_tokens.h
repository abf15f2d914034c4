#pragma once

#include <chrono>
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

}  // namespace sheets::emulator
