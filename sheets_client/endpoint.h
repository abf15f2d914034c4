#pragma once

#include <string>
#include <string_view>

#include "core/errors.h"

namespace sheets {

// A setting that the client cannot work with. what() names its key.
class InvalidSetting : public roadmap::Error {
 public:
  InvalidSetting(std::string_view key, const std::string& problem)
      : Error("configuration", std::string(key) + ": " + problem) {}
};

// Whether credentials may be sent to that URL: https with a host, or http to this machine itself (localhost,
// 127.x.x.x, [::1]). No user name in it, no blanks.
bool is_safe_url(std::string_view url);

// Throws InvalidSetting naming `key` unless is_safe_url.
void require_safe_url(std::string_view key, std::string_view url);

}  // namespace sheets
