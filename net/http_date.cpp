#include "net/http_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace net {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Digits of a fixed-width field; nullopt when any is none.
std::optional<int> digits(std::string_view text) {
  const bool all = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  int value = 0;
  if (!all || std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{})
    return std::nullopt;
  return value;
}

}  // namespace

std::string http_date(std::chrono::sys_seconds time) {
  using namespace std::chrono;
  const sys_days midnight = floor<days>(time);
  const year_month_day date{midnight};
  const hh_mm_ss clock{time - midnight};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kWeekdays[weekday{midnight}.c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::optional<HttpTime> parse_http_date(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view kShape = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (text.size() != kShape.size() || text[3] != ',' || text[4] != ' ' || text[19] != ':' ||
      text[22] != ':' || text.substr(25) != " GMT") {
    return std::nullopt;
  }
  const auto month_at = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  const auto d = digits(text.substr(5, 2)), y = digits(text.substr(12, 4));
  const auto h = digits(text.substr(17, 2)), m = digits(text.substr(20, 2)), s = digits(text.substr(23, 2));
  if (month_at == kMonths.end() || !d || !y || !h || !m || !s) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(month_at - kMonths.begin() + 1)},
                            day{static_cast<unsigned>(*d)}};
  if (!date.ok() || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  return sys_days{date} + hours{*h} + minutes{*m} + seconds{*s};
}

std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view text, HttpTime now) {
  using std::chrono::milliseconds;
  if (const auto date = parse_http_date(text)) return std::max(milliseconds{0}, milliseconds{*date - now});
  unsigned seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return std::chrono::seconds{seconds};
}

}  // namespace net
