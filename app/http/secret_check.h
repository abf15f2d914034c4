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

namespace roadmap::app {

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
  using Digest = std::array<unsigned char, 32>;
  using Moment = std::chrono::steady_clock::time_point;

  static Digest digest(std::string_view text);
  void forget_old(Moment now);

  std::vector<Digest> digests_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::deque<Moment>> wrong_;  // by address, oldest first
};

}  // namespace roadmap::app
