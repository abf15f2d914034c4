#include "sheets_client/emulator/quota.h"

#include "sheets_client/emulator/api_error.h"

namespace sheets::emulator {

void Quota::take(const std::string& email, bool write, WallTime now) {
  const int limit = limits_[write ? 1 : 0];
  if (limit <= 0) return;
  const std::lock_guard lock(mutex_);
  auto& recent = recent_[write ? 1 : 0][email];
  while (!recent.empty() && recent.front() + std::chrono::minutes{1} <= now)
    recent.pop_front();
  if (recent.size() >= static_cast<std::size_t>(limit)) throw quota_exceeded(write ? "Write" : "Read", limit);
  recent.push_back(now);
}

}  // namespace sheets::emulator
