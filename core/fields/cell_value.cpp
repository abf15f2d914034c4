#include "core/fields/cell_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "core/fields/text.h"

namespace roadmap {
namespace {

constexpr std::size_t kQuotedCharacters = 40;  // of a bad text repeated in a message

std::optional<double> decimal(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::string_view unsigned_text = text.starts_with('-') ? text.substr(1) : text;
  const bool starts_as_number =
      !unsigned_text.empty() &&
      (unsigned_text[0] == '.' || (unsigned_text[0] >= '0' && unsigned_text[0] <= '9'));
  if (!starts_as_number) return std::nullopt;  // also keeps "inf" and "nan" out
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

ParsedCell parse_number(const Cell& shown) {
  if (const auto* number = std::get_if<double>(&shown)) {
    if (std::isfinite(*number)) return shown;
    return BadCell{"not a finite number"};
  }
  const auto* text = std::get_if<std::string>(&shown);
  if (text != nullptr) {
    std::string_view body = trim(*text);
    const bool percent = body.ends_with('%');
    if (percent) body = trim(body.substr(0, body.size() - 1));
    if (const auto value = decimal(body)) return Cell(percent ? *value / 100 : *value);
    const bool digits_and_commas = !body.empty() && body.find(',') != std::string_view::npos &&
                                   body.find_first_not_of("0123456789.,-+") == std::string_view::npos;
    if (digits_and_commas)
      return BadCell{quoted(shown, kQuotedCharacters) +
                     " is text: retype it as a number, without thousands separators"};
  }
  return BadCell{quoted(shown, kQuotedCharacters) + " is not a number"};
}

ParsedCell parse_bool(const Cell& shown) {
  if (std::holds_alternative<bool>(shown)) return shown;
  constexpr std::array<std::string_view, 7> kTrue = {"true", "yes", "y", "1", "✅", "✔", "ok"};
  constexpr std::array<std::string_view, 4> kFalse = {"false", "no", "n", "0"};
  const std::string word = lower(trim(to_text(shown)));
  if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) return Cell(true);
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return Cell(false);
  return BadCell{quoted(shown, kQuotedCharacters) + " is neither TRUE nor FALSE"};
}

std::string iso_date(std::chrono::year_month_day date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// The whole numbers between separators: "2/1/2026" gives 2, 1, 2026; nullopt for any other shape.
std::optional<std::array<int, 3>> three_numbers(std::string_view text, char separator) {
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = i == 2 ? text.size() : text.find(separator);
    if (end == std::string_view::npos || end == 0 || end > 4) return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + end, parts[i]);
    if (error != std::errc{} || stop != text.data() + end || text[0] == '-') return std::nullopt;
    text.remove_prefix(i == 2 ? end : end + 1);
  }
  return parts;
}

ParsedCell parse_date(const Cell& shown, DateOrder order) {
  using namespace std::chrono;
  constexpr sys_days kSerialZero = year{1899} / December / 30;  // what Google counts days from
  constexpr double kLastSerial = 2958465;                       // 9999-12-31
  if (const auto* serial = std::get_if<double>(&shown)) {
    if (*serial >= 0 && *serial < kLastSerial + 1) {
      return Cell(iso_date(kSerialZero + days{static_cast<int>(std::floor(*serial))}));
    }
    return BadCell{quoted(shown, kQuotedCharacters) + " is not a date"};
  }
  const auto* text = std::get_if<std::string>(&shown);
  if (text != nullptr) {
    const std::string_view body = trim(*text);
    if (const auto ymd = three_numbers(body, '-'); ymd && body.find('-') == 4) {
      const auto date =
          year{(*ymd)[0]} / month{static_cast<unsigned>((*ymd)[1])} / day{static_cast<unsigned>((*ymd)[2])};
      if (date.ok()) return Cell(iso_date(date));
    } else if (const auto slashed = three_numbers(body, '/'); slashed && (*slashed)[2] >= 1000) {
      const bool day_first = order == DateOrder::kDayMonthYear;
      const auto d = static_cast<unsigned>((*slashed)[day_first ? 0 : 1]);
      const auto m = static_cast<unsigned>((*slashed)[day_first ? 1 : 0]);
      const auto date = year{(*slashed)[2]} / month{m} / day{d};
      if (date.ok()) return Cell(iso_date(date));
    }
  }
  return BadCell{fmt::format("{} is not a date: write YYYY-MM-DD or {}", quoted(shown, kQuotedCharacters),
                             order == DateOrder::kDayMonthYear ? "D/M/YYYY" : "M/D/YYYY")};
}

ParsedCell parse_framework(const Cell& shown) {
  if (const auto name = framework_name(to_text(shown))) return Cell(std::string(*name));
  return BadCell{fmt::format("{} is not {}", quoted(shown, kQuotedCharacters), framework_choice())};
}

ParsedCell parse_key_list(const Cell& shown) {
  std::string joined;
  for (const std::string& key : split_keys(shown)) {
    if (is_error_text(key)) return BadCell{fmt::format("'{}' is not an initiative key", key)};
    joined += (joined.empty() ? "" : ", ") + key;
  }
  if (joined.empty()) return Cell{};
  return Cell(joined);
}

}  // namespace

std::optional<std::string_view> framework_name(std::string_view typed) {
  std::string name = lower(trim(typed));
  for (char& c : name) {
    if (c == ' ' || c == '-') c = '_';
  }
  for (const std::string_view known : kFrameworkNames) {
    if (lower(known) == name) return known;
  }
  return std::nullopt;
}

std::string framework_choice() { return spoken_list({kFrameworkNames.begin(), kFrameworkNames.end()}, "or"); }

std::vector<std::string> split_keys(const Cell& key_list) {
  std::vector<std::string> keys;
  const std::string text = to_text(key_list);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view key = trim(rest.substr(0, end));
    if (!key.empty()) keys.emplace_back(key);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return keys;
}

ParsedCell parse_cell(FieldType type, const Cell& shown, DateOrder date_order) {
  if (is_blank(shown)) return Cell{};
  if (is_error(shown)) return BadCell{"the cell shows " + std::string(trim(to_text(shown)))};
  switch (type) {
    case FieldType::kNumber:
      return parse_number(shown);
    case FieldType::kBool:
      return parse_bool(shown);
    case FieldType::kDate:
      return parse_date(shown, date_order);
    case FieldType::kFramework:
      return parse_framework(shown);
    case FieldType::kKeyList:
      return parse_key_list(shown);
    case FieldType::kText:
    case FieldType::kKey:
    case FieldType::kTimestamp:
      break;
  }
  return Cell(std::string(trim(to_text(shown))));
}

bool same_value(FieldType type, const Cell& a, const Cell& b) {
  const auto is_false_or_blank = [](const Cell& cell) {
    const auto* flag = std::get_if<bool>(&cell);
    return is_blank(cell) || (flag != nullptr && !*flag);
  };
  if (is_blank(a) && is_blank(b)) return true;
  if (type == FieldType::kBool && is_false_or_blank(a) && is_false_or_blank(b)) return true;
  if (type == FieldType::kKeyList) return split_keys(a) == split_keys(b);
  if (a.index() != b.index()) return false;
  const auto* text = std::get_if<std::string>(&a);
  if (text != nullptr) return trim(*text) == trim(std::get<std::string>(b));
  return a == b;
}

}  // namespace roadmap
