#include "sheets_client/emulator/workbook/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/workbook/serial_date.h"
#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

constexpr int kAutomaticDigits = 10;
constexpr double kScientificFrom = 1e15;
constexpr double kScientificBelow = 1e-9;

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string group_thousands(std::string digits) {
  for (std::size_t i = digits.size(); i > 3;)
    digits.insert(i -= 3, ",");
  return digits;
}

std::string scientific(double number, int decimals) { return fmt::format("{:.{}E}", number, decimals); }

// What stands for itself at `i`, in quotes or behind a backslash, is added to `text`; false: nothing does.
bool take_literal(std::string_view pattern, std::size_t& i, std::string& text) {
  if (pattern[i] == '"') {
    const std::size_t end = std::min(pattern.find('"', i + 1), pattern.size());
    text += pattern.substr(i + 1, end - i - 1);
    i = end + 1;
    return true;
  }
  if (pattern[i] != '\\' || i + 1 >= pattern.size()) return false;
  text += pattern[i + 1];
  i += 2;
  return true;
}

// A number pattern's section: literals before and after one run of "#,##0.00".
struct NumberPattern {
  std::string prefix, suffix;
  int min_integer = 0, min_decimals = 0, max_decimals = 0, percents = 0;
  bool grouping = false, exponent = false, digits = false;
};

bool is_placeholder(char c) { return c == '0' || c == '#' || c == '?'; }

void read_digits(std::string_view pattern, std::size_t& i, NumberPattern& parsed) {
  bool after_point = false;
  for (; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '.') {
      after_point = true;
    } else if (c == ',') {
      parsed.grouping = true;
    } else if (!is_placeholder(c)) {
      break;
    } else if (after_point) {
      ++parsed.max_decimals;
      if (c == '0') parsed.min_decimals = parsed.max_decimals;
    } else if (c == '0') {
      ++parsed.min_integer;
    }
  }
  parsed.digits = true;
  if (i < pattern.size() && (pattern[i] == 'E' || pattern[i] == 'e')) {
    parsed.exponent = true;
    for (++i; i < pattern.size() && (is_placeholder(pattern[i]) || pattern[i] == '+' || pattern[i] == '-');)
      ++i;
  }
}

NumberPattern parse_number_pattern(std::string_view pattern) {
  NumberPattern parsed;
  for (std::size_t i = 0; i < pattern.size();) {
    std::string& literal = parsed.digits ? parsed.suffix : parsed.prefix;
    const char c = pattern[i];
    if (take_literal(pattern, i, literal)) continue;
    if (!parsed.digits &&
        (is_placeholder(c) || (c == '.' && i + 1 < pattern.size() && is_placeholder(pattern[i + 1])))) {
      read_digits(pattern, i, parsed);
    } else if (pattern.substr(i, 2) == "[$") {  // money: "[$€]", "[$€-407]"
      const std::size_t end = std::min(pattern.find(']', i), pattern.size());
      const std::string_view sign = pattern.substr(i + 2, end - i - 2);
      literal += sign.substr(0, sign.find('-'));
      i = end + 1;
    } else if (c == '[') {  // a colour or a condition
      i = std::min(pattern.find(']', i), pattern.size() - 1) + 1;
    } else if (c == '_' || c == '*') {  // width of a character, filling
      if (c == '_') literal += ' ';
      i += 2;
    } else {
      if (c == '%') ++parsed.percents;
      literal += c;
      ++i;
    }
  }
  return parsed;
}

std::string apply_number_pattern(double number, std::string_view section, bool show_sign) {
  const NumberPattern pattern = parse_number_pattern(section);
  if (!pattern.digits) return pattern.prefix;
  double scaled = std::fabs(number);
  for (int i = 0; i < pattern.percents; ++i)
    scaled *= 100.0;
  std::string text;
  if (pattern.exponent) {
    text = scientific(scaled, pattern.max_decimals);
  } else {
    text = fmt::format("{:.{}f}", scaled, pattern.max_decimals);
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string integer = text.substr(0, point);
    std::string decimals = point < text.size() ? text.substr(point + 1) : std::string{};
    while (static_cast<int>(decimals.size()) > pattern.min_decimals && decimals.back() == '0')
      decimals.pop_back();
    if (pattern.min_integer == 0 && integer == "0" && !decimals.empty()) integer.clear();
    integer = fmt::format("{:0>{}}", integer, pattern.min_integer);
    if (pattern.grouping) integer = group_thousands(integer);
    text = decimals.empty() ? integer : integer + "." + decimals;
  }
  return (show_sign && number < 0 ? "-" : "") + pattern.prefix + text + pattern.suffix;
}

// Sections of a pattern: positive; negative; zero; text.
std::vector<std::string_view> split_sections(std::string_view pattern) {
  std::vector<std::string_view> sections;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '"') quoted = !quoted;
    if (pattern[i] == ';' && !quoted) {
      sections.push_back(pattern.substr(start, i - start));
      start = i + 1;
    }
  }
  sections.push_back(pattern.substr(start));
  return sections;
}

constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

std::string padded(int number, std::size_t width) { return fmt::format("{:0{}}", number, width); }

// One run of the same letter in a date pattern. `minutes`: an m beside hours or seconds.
std::string part_of_date(char letter, std::size_t run, bool minutes, bool half_day, const CivilTime& time) {
  const std::size_t digits = std::min<std::size_t>(run, 2);
  if (letter == 'y') return run <= 2 ? padded(time.year % 100, 2) : padded(time.year, 4);
  if (letter == 'h') return padded(half_day ? (time.hour + 11) % 12 + 1 : time.hour, digits);
  if (letter == 's') return padded(time.second, digits);
  if (minutes) return padded(time.minute, digits);
  if (run < 3) return padded(letter == 'd' ? time.day : time.month, run);
  const std::string_view name = letter == 'd' ? kDays[static_cast<std::size_t>(weekday(time))]
                                              : kMonthNames[static_cast<std::size_t>(time.month - 1)];
  return std::string(run == 3 ? name.substr(0, 3) : name);
}

// Whether the m at `at` means minutes: an h before it or an s after it, only separators between.
bool means_minutes(std::string_view pattern, std::size_t at, std::size_t end) {
  const auto separator = [](char c) { return c == ':' || c == ' ' || c == '.' || c == '[' || c == ']'; };
  std::size_t before = at;
  while (before > 0 && separator(pattern[before - 1]))
    --before;
  if (before > 0 && lower_case(pattern[before - 1]) == 'h') return true;
  while (end < pattern.size() && separator(pattern[end]))
    ++end;
  return end < pattern.size() && lower_case(pattern[end]) == 's';
}

constexpr std::string_view kHalfDay = "am/pm";

// "[h]", "[mm]": hours, minutes or seconds that go on counting.
bool is_elapsed(std::string_view text) {
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos || end < 2) return false;
  const char unit = lower_case(text[1]);
  return (unit == 'h' || unit == 'm' || unit == 's') &&
         std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](char c) { return lower_case(c) == unit; });
}

// "# ?/?" and "# ??/??": the nearest fraction with so many digits below the line.
std::string apply_fraction_pattern(double number, std::string_view pattern) {
  const std::size_t slash = pattern.find('/');
  const auto below = static_cast<std::size_t>(
      std::count(pattern.begin() + static_cast<std::ptrdiff_t>(slash), pattern.end(), '?'));
  const int limit =
      static_cast<int>(std::pow(10.0, static_cast<double>(std::min<std::size_t>(below, 4)))) - 1;
  const double size = std::fabs(number);
  double whole = std::floor(size);
  int best_top = 0, best_bottom = 1;
  double least = size - whole;
  for (int bottom = 1; bottom <= limit; ++bottom) {
    const int top = static_cast<int>(std::round((size - whole) * bottom));
    const double away = std::fabs(size - whole - static_cast<double>(top) / bottom);
    if (away < least - 1e-12) {
      least = away;
      best_top = top;
      best_bottom = bottom;
    }
  }
  if (best_top == best_bottom) {
    whole += 1;
    best_top = 0;
  }
  std::string text = number < 0 ? "-" : "";
  if (best_top == 0) return text + fmt::format("{:.0f}", whole);
  if (whole > 0) text += fmt::format("{:.0f} ", whole);
  return text + fmt::format("{}/{}", best_top, best_bottom);
}

std::string apply_date_pattern(double serial, std::string_view pattern) {
  const CivilTime time = from_serial(serial);
  const bool half_day = fold_case(pattern).find(kHalfDay) != std::string::npos;
  std::string text;
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = lower_case(pattern[i]);
    if (take_literal(pattern, i, text)) continue;
    if (fold_case(pattern.substr(i, kHalfDay.size())) == kHalfDay) {
      text += time.hour < 12 ? "AM" : "PM";
      i += kHalfDay.size();
    } else if (c == '[' && is_elapsed(pattern.substr(i))) {
      const std::size_t end = pattern.find(']', i);
      const double seconds = std::round(std::fabs(serial) * 86400.0);
      const char unit = lower_case(pattern[i + 1]);
      const double units = std::floor(unit == 'h' ? seconds / 3600 : unit == 'm' ? seconds / 60 : seconds);
      text += (serial < 0 ? "-" : "") + padded(static_cast<int>(units), end - i - 1);
      i = end + 1;
    } else if (c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's') {
      std::size_t end = i;
      while (end < pattern.size() && lower_case(pattern[end]) == c)
        ++end;
      text += part_of_date(c, end - i, c == 'm' && means_minutes(pattern, i, end), half_day, time);
      i = end;
    } else if (c == '.' && pattern.substr(i, 4) == ".000") {
      text += '.' + padded(time.millisecond, 3);
      i += 4;
    } else {
      text += pattern[i++];
    }
  }
  return text;
}

std::string_view default_pattern(std::string_view type) {
  if (type == "DATE") return "m/d/yyyy";
  if (type == "TIME") return "h:mm:ss AM/PM";
  if (type == "DATE_TIME") return "m/d/yyyy h:mm:ss";
  if (type == "PERCENT") return "0.00%";
  if (type == "CURRENCY") return "$#,##0.00";
  if (type == "SCIENTIFIC") return "0.00E+00";
  if (type == "NUMBER") return "#,##0.00";
  return {};
}

}  // namespace

bool is_date_pattern(std::string_view pattern) {
  std::string literal;
  for (std::size_t i = 0; i < pattern.size();) {
    if (take_literal(pattern, i, literal)) continue;
    const char c = lower_case(pattern[i++]);
    if (c == '0' || c == '#') return false;
    if (c == 'y' || c == 'd' || c == 'h' || c == 's' || c == 'm') return true;
  }
  return false;
}

bool is_date_time(const NumberFormat& format) {
  return format.type == "DATE" || format.type == "TIME" || format.type == "DATE_TIME";
}

std::string format_automatic(double number) {
  const double size = std::fabs(number);
  if (size == 0) return "0";
  if (size >= kScientificFrom || size < kScientificBelow) {
    const std::string text = scientific(number, kAutomaticDigits - 1);
    const std::size_t e = text.find('E');
    return without_trailing_zeros(text.substr(0, e)) + text.substr(e);
  }
  if (number == std::floor(number)) return fmt::format("{:.0f}", number);
  const int integer_digits = size < 1 ? 0 : static_cast<int>(std::floor(std::log10(size))) + 1;
  return without_trailing_zeros(
      fmt::format("{:.{}f}", number, std::max(0, kAutomaticDigits - integer_digits)));
}

std::string format_number(double number, const NumberFormat& format) {
  const std::string_view pattern = format.pattern.empty() ? default_pattern(format.type) : format.pattern;
  if (pattern.empty() || format.type == "TEXT" || pattern == "General") return format_automatic(number);
  if (is_date_time(format)) return apply_date_pattern(number, pattern);
  if (pattern.find("?/?") != std::string_view::npos) return apply_fraction_pattern(number, pattern);
  const auto sections = split_sections(pattern);
  if (number < 0 && sections.size() > 1) return apply_number_pattern(number, sections[1], false);
  if (number == 0 && sections.size() > 2) return apply_number_pattern(number, sections[2], false);
  return apply_number_pattern(number, sections[0], true);
}

}  // namespace sheets::emulator
