#pragma once

#include <chrono>
#include <string_view>

namespace sheets {

// What the progress view says meanwhile.
inline constexpr std::string_view kQuotaLabel = "Waiting for Google's quota";
inline constexpr std::string_view kRetryLabel = "Waiting to try Google Sheets again";

// Google's quota comes back within a minute and often without a Retry-After: five tries have to span it.
inline constexpr std::chrono::milliseconds kQuotaBackoffUnit{4000};

}  // namespace sheets
