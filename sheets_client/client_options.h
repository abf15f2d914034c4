#pragma once

#include <chrono>
#include <string>

namespace sheets {

// The [sheets] part of the configuration that the client depends on.
struct ClientOptions {
  std::string base_url = "https://sheets.googleapis.com";  // https; http for this machine only
  std::chrono::milliseconds timeout{60000};                // a read, its answer included
  // A write: Google takes up to three minutes, and one that is given up sooner may be applied all the same
  // (https://developers.google.com/workspace/sheets/api/limits).
  std::chrono::milliseconds write_timeout{180000};
  int max_retries = 5;        // after the first try; 0 to kMaxRetries
  int reads_per_minute = 60;  // 1 to 1,000,000
  int writes_per_minute = 60;
};

inline constexpr int kMaxRetries = 100;

}  // namespace sheets
