#include "app/telemetry/log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/telemetry/line_output.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

struct RunOfThread {
  std::string run_id;
  std::string action;
};

RunOfThread& run_of_thread() {
  thread_local RunOfThread run;
  return run;
}

struct Level {
  std::string_view name;
  spdlog::level::level_enum of_spdlog;
};
constexpr std::array<Level, 4> kLevels = {{{"debug", spdlog::level::debug},
                                           {"info", spdlog::level::info},
                                           {"warn", spdlog::level::warn},
                                           {"error", spdlog::level::err}}};  // by LogLevel

const Level& level_row(LogLevel level) { return kLevels[static_cast<std::size_t>(level)]; }

bool part_of_address(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
         c == '_' || c == '+' || static_cast<unsigned char>(c) >= 0x80;
}

// Replaces what looks like an e-mail address.
std::string without_addresses(std::string_view text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool inside = text[i] == '@' && !clean.empty() && part_of_address(clean.back()) &&
                        i + 1 < text.size() && part_of_address(text[i + 1]);
    if (!inside) {
      clean += text[i];
      continue;
    }
    while (!clean.empty() && part_of_address(clean.back()))
      clean.pop_back();
    while (i + 1 < text.size() && part_of_address(text[i + 1]))
      ++i;
    clean += "<address>";
  }
  return clean;
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool control = c >= 0 && c < ' ';
    line += control ? ' ' : c;
  }
  return line;
}

// A sink that hands each line to a function.
class FunctionSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(std::function<void(const std::string&)> out) : out_(std::move(out)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    out_(std::string(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

 private:
  std::function<void(const std::string&)> out_;
};

}  // namespace

class Log::Impl {
 public:
  Impl(LogLevel level, LogFormat format, const Clock& clock, std::function<void(const std::string&)> out)
      : format_(format), clock_(clock), logger_("roadmapd", std::make_shared<FunctionSink>(std::move(out))) {
    logger_.set_pattern("%v");
    logger_.set_level(level_row(level).of_spdlog);
  }

  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
    if (!logger_.should_log(level_row(level).of_spdlog)) return;
    const bool keep_addresses = level == LogLevel::kDebug;
    const auto clean = [&](std::string_view text) {
      return keep_addresses ? std::string(text) : without_addresses(text);
    };
    Named named;
    const RunOfThread& run = run_of_thread();
    if (!run.run_id.empty()) named = {{"run_id", run.run_id}, {"action", run.action}};
    for (const LogField& field : fields) {
      const std::string* text = field.value.text();
      named.emplace_back(field.name, text != nullptr ? LogValue(clean(*text)) : field.value);
    }
    const std::string time = to_iso8601(clock_.now());
    const std::string line = format_ == LogFormat::kJson ? json_line(time, level, clean(message), named)
                                                         : text_line(time, level, clean(message), named);
    logger_.log(level_row(level).of_spdlog, spdlog::string_view_t(line.data(), line.size()));
  }

 private:
  using Named = std::vector<std::pair<std::string, LogValue>>;

  static std::string json_line(const std::string& time, LogLevel level, const std::string& message,
                               const Named& named) {
    Json json = {{"time", time}, {"level", level_row(level).name}, {"message", message}};
    for (const auto& [name, value] : named) {
      if (value.text() != nullptr) {
        json[name] = *value.text();
      } else {
        json[name] = value.number();
      }
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  // "12:30:05.123 info  run finished  run_id=run_… status=success"
  static std::string text_line(const std::string& time, LogLevel level, const std::string& message,
                               const Named& named) {
    std::string line =
        fmt::format("{} {:<5} {}", time.substr(11, 12), level_row(level).name, on_one_line(message));
    for (const auto& [name, logged] : named) {
      const std::string value = logged.text() != nullptr ? *logged.text() : std::to_string(logged.number());
      if (value.empty()) continue;
      const bool plain = value.find_first_of(" \"=") == std::string::npos;
      line += plain ? fmt::format(" {}={}", name, on_one_line(value))
                    : fmt::format(" {}=\"{}\"", name, on_one_line(value));
    }
    return line;
  }

  const LogFormat format_;
  const Clock& clock_;
  spdlog::logger logger_;
};

Log::Log(LogLevel level, LogFormat format, const Clock& clock)
    : Log(level, format, clock, [output = LineOutput(STDERR_FILENO)](const std::string& line) mutable {
        output.write_line(line);
      }) {}

Log::Log(LogLevel level, LogFormat format, const Clock& clock, std::function<void(const std::string&)> out)
    : impl_(std::make_unique<Impl>(level, format, clock, std::move(out))) {}

Log::~Log() = default;

void Log::debug(std::string_view message, std::initializer_list<LogField> fields) {
  write(LogLevel::kDebug, message, fields);
}
void Log::info(std::string_view message, std::initializer_list<LogField> fields) {
  write(LogLevel::kInfo, message, fields);
}
void Log::warn(std::string_view message, std::initializer_list<LogField> fields) {
  write(LogLevel::kWarn, message, fields);
}
void Log::error(std::string_view message, std::initializer_list<LogField> fields) {
  write(LogLevel::kError, message, fields);
}

void Log::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  impl_->write(level, message, fields);
}

LogRunScope::LogRunScope(std::string run_id, std::string action)
    : previous_id_(std::exchange(run_of_thread().run_id, std::move(run_id))),
      previous_action_(std::exchange(run_of_thread().action, std::move(action))) {}

LogRunScope::~LogRunScope() {
  run_of_thread().run_id = std::move(previous_id_);
  run_of_thread().action = std::move(previous_action_);
}

LogLevel log_level_from(std::string_view name) {
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if (kLevels[i].name == name) return static_cast<LogLevel>(i);
  }
  return LogLevel::kInfo;
}

LogFormat log_format_from(std::string_view name) {
  if (name == "json") return LogFormat::kJson;
  if (name == "text") return LogFormat::kText;
  return ::isatty(STDERR_FILENO) != 0 ? LogFormat::kText : LogFormat::kJson;
}

}  // namespace roadmap::app
