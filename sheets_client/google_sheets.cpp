#include "sheets_client/google_sheets.h"

#include <algorithm>

#include "sheets_client/endpoint.h"

namespace sheets {
namespace {

ClientOptions checked(ClientOptions options) {
  const auto require = [](bool valid, const char* key, long long value, const std::string& range) {
    if (!valid) throw InvalidSetting(key, std::to_string(value) + " is not " + range);
  };
  const auto require_within = [&](int min, int max, const char* key, int value) {
    require(value >= min && value <= max, key, value, std::to_string(min) + " to " + std::to_string(max));
  };
  require_safe_url("sheets.base_url", options.base_url);
  while (options.base_url.back() == '/')
    options.base_url.pop_back();
  require_within(1, kMaxCallsPerMinute, "sheets.reads_per_minute", options.reads_per_minute);
  require_within(1, kMaxCallsPerMinute, "sheets.writes_per_minute", options.writes_per_minute);
  require_within(0, kMaxRetries, "sheets.max_retries", options.max_retries);
  require(options.timeout.count() > 0, "sheets.timeout_seconds", options.timeout.count() / 1000, "positive");
  options.write_timeout = std::max(options.write_timeout, options.timeout);
  return options;
}

ApiCaller::Parts parts_of(const GoogleSheets::Surroundings& with, CallLimiter& reads, CallLimiter& writes,
                          roadmap::Backoff& backoff) {
  return {with.transport, with.tokens, reads, writes, backoff, with.clock, with.observer};
}

}  // namespace

GoogleSheets::GoogleSheets(ClientOptions options, const Surroundings& with)
    : options_(checked(std::move(options))),
      reads_(options_.reads_per_minute, with.clock, with.waiter),
      writes_(options_.writes_per_minute, with.clock, with.waiter),
      backoff_(options_.max_retries, with.clock, with.waiter, with.random),
      api_(options_.base_url, {options_.timeout, options_.write_timeout},
           parts_of(with, reads_, writes_, backoff_)),
      directory_(api_) {}

void GoogleSheets::back_off(int attempt, std::chrono::milliseconds at_least,
                            const roadmap::RunControl& control) {
  backoff_.wait(attempt, at_least, kRetryLabel, control);
}

SpreadsheetInfo GoogleSheets::describe(const std::string& spreadsheet_id,
                                       const roadmap::RunControl& control) {
  return *directory_.refresh(spreadsheet_id, control);
}

}  // namespace sheets
