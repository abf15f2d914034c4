#include "core/clock.h"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace roadmap {

std::string to_iso8601(UtcTime time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::string to_compact_time(UtcTime time) {
  std::string compact = to_iso8601(time).substr(0, 19) + 'Z';
  std::erase_if(compact, [](char c) { return c == '-' || c == ':'; });
  return compact;
}

namespace {

// Digits of a fixed-width field; -1 when any is none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return -1;
  int value = 0;
  const char* end = text.data() + at + count;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc{} && stop == end && text[at] != '-' ? value : -1;
}

}  // namespace

UtcTime from_iso8601(const std::string& text) {
  using namespace std::chrono;
  const int y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  const int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  const bool has_millis = text.size() == 24 && text[19] == '.';
  const int ms = has_millis ? digits(text, 20, 3) : 0;
  const bool shape = (has_millis || text.size() == 20) && text[4] == '-' && text[7] == '-' &&
                     text[10] == 'T' && text[13] == ':' && text[16] == ':' && text.back() == 'Z';
  const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
  if (!shape || y < 0 || mo < 0 || d < 0 || !date.ok() || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 ||
      s > 59 || ms < 0) {
    throw std::invalid_argument("'" + text + "' is not a time such as 2026-01-02T03:04:05Z");
  }
  return sys_days{date} + hours{h} + minutes{mi} + seconds{s} + milliseconds{ms};
}

}  // namespace roadmap
