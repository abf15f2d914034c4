#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "sheets_client/emulator/access_tokens.h"

namespace sheets::emulator {

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
