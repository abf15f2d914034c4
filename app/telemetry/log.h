#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "core/clock.h"

namespace roadmap::app {

enum class LogLevel { kDebug, kInfo, kWarn, kError };
enum class LogFormat { kText, kJson };

LogLevel log_level_from(std::string_view name);  // "debug", "info", "warn", "error"; anything else is info
// "auto" is text when standard error is a terminal.
LogFormat log_format_from(std::string_view name);

// A text or a whole number, which JSON lines keep apart.
class LogValue {
 public:
  template <std::convertible_to<std::string_view> Text>
  LogValue(const Text& text) : value_(std::string(std::string_view(text))) {}
  template <std::integral Number>
  LogValue(Number number) : value_(static_cast<std::int64_t>(number)) {}

  const std::string* text() const { return std::get_if<std::string>(&value_); }
  std::int64_t number() const { return std::get<std::int64_t>(value_); }  // where it is no text

 private:
  std::variant<std::string, std::int64_t> value_;
};

struct LogField {
  std::string_view name;
  LogValue value;
};

// The service's log: one line a message, on standard error, so that standard output stays free for results.
// It never blocks: where nobody reads, lines are lost in the end, and their number is told (LineOutput).
// E-mail addresses are left out of every line above debug level; callers never pass secrets or cell contents.
// Thread-safe.
class Log {
 public:
  Log(LogLevel level, LogFormat format, const Clock& clock);
  // The same with lines going to `out`, for tests.
  Log(LogLevel level, LogFormat format, const Clock& clock, std::function<void(const std::string&)> out);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void debug(std::string_view message, std::initializer_list<LogField> fields = {});
  void info(std::string_view message, std::initializer_list<LogField> fields = {});
  void warn(std::string_view message, std::initializer_list<LogField> fields = {});
  void error(std::string_view message, std::initializer_list<LogField> fields = {});

 private:
  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields);

  class Impl;
  std::unique_ptr<Impl> impl_;
};

// While it lives, every line that its thread logs carries this run's id and action.
class LogRunScope {
 public:
  LogRunScope(std::string run_id, std::string action);
  ~LogRunScope();
  LogRunScope(const LogRunScope&) = delete;
  LogRunScope& operator=(const LogRunScope&) = delete;

 private:
  std::string previous_id_;
  std::string previous_action_;
};

}  // namespace roadmap::app
