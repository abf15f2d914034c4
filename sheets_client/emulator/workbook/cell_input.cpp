#include "sheets_client/emulator/workbook/cell_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "sheets_client/emulator/workbook/serial_date.h"
#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

// Digits with commas where thousands end; nullopt when a comma stands elsewhere.
std::optional<std::string> without_grouping(std::string_view integer) {
  std::string digits;
  for (std::size_t i = 0; i < integer.size(); ++i) {
    if (integer[i] == ',') {
      const std::size_t after = integer.size() - i - 1;
      const std::size_t next = std::min(integer.find(',', i + 1), integer.size()) - i - 1;
      if (i == 0 || next != 3 || after < 3) return std::nullopt;
    } else {
      digits += integer[i];
    }
  }
  return digits;
}

struct TypedNumber {
  double number = 0;
  bool grouped = false;
  bool exponent = false;
  int decimals = 0;
};

// "1,234.50", "1e3", ".5"; no sign, nothing around it.
std::optional<TypedNumber> parse_digits(std::string_view text) {
  if (text.empty() || (!is_digit(text.front()) && text.front() != '.')) return std::nullopt;
  TypedNumber typed;
  const std::size_t end = std::min(text.find_first_not_of("0123456789,"), text.size());
  const auto integer = without_grouping(text.substr(0, end));
  if (!integer) return std::nullopt;
  typed.grouped = integer->size() != end;
  const std::string plain = *integer + std::string(text.substr(end));
  const char* last = plain.data() + plain.size();
  const auto [stop, error] = std::from_chars(plain.data(), last, typed.number);
  if (error != std::errc{} || stop != last || !std::isfinite(typed.number)) return std::nullopt;
  typed.exponent = plain.find_first_of("eE") != std::string::npos;
  if (const std::size_t point = plain.find('.'); point != std::string::npos)
    typed.decimals = static_cast<int>(plain.size() - point - 1);
  return typed;
}

// Dollars are the money of an en_US sheet; the others keep their sign in the format.
struct Money {
  std::string_view sign;
  std::string_view pattern;
};
constexpr std::array<Money, 4> kMoney = {
    {{"$", "\"$\""}, {"\u20ac", "[$\u20ac]"}, {"\u00a3", "[$\u00a3]"}, {"\u00a5", "[$\u00a5]"}}};

const Money* money_before(std::string_view text) {
  const auto found = std::find_if(kMoney.begin(), kMoney.end(), [&](const Money& money) {
    return text.substr(0, money.sign.size()) == money.sign;
  });
  return found == kMoney.end() ? nullptr : &*found;
}

NumberFormat currency_format(const Money& money, const TypedNumber& typed) {
  return {"CURRENCY", std::string(money.pattern) + (typed.decimals > 0 ? "#,##0.00" : "#,##0")};
}

// Signs, money, "%" and accountants' parentheses around a number.
std::optional<TypedInput> parse_number(std::string_view text) {
  bool negative = false, percent = false;
  const Money* currency = nullptr;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    negative = true;
    text = text.substr(1, text.size() - 2);
  }
  for (int i = 0; i < 2 && !text.empty(); ++i) {
    if ((text.front() == '-' || text.front() == '+') && !negative) {
      negative = text.front() == '-';
      text.remove_prefix(1);
    } else if (const Money* money = money_before(text); money && !currency) {
      currency = money;
      text.remove_prefix(money->sign.size());
    }
  }
  if (!currency && !text.empty() && text.back() == '%') {
    percent = true;
    text = trimmed(text.substr(0, text.size() - 1));
  }
  const auto typed = parse_digits(text);
  if (!typed) return std::nullopt;
  TypedInput input;
  double number = negative ? -typed->number : typed->number;
  if (percent) {
    number /= 100.0;
    input.format = NumberFormat{"PERCENT", typed->decimals > 0 ? "0.00%" : "0%"};
  } else if (currency) {
    input.format = currency_format(*currency, *typed);
  } else if (typed->exponent) {
    input.format = NumberFormat{"SCIENTIFIC", "0.00E+00"};
  } else if (typed->grouped) {
    input.format = NumberFormat{"NUMBER", typed->decimals > 0 ? "#,##0.00" : "#,##0"};
  }
  input.value = number;
  return input;
}

struct Part {
  int number;
  std::size_t width;
};
// The whole numbers of up to four digits between `separator`s; empty when something else stands there.
std::vector<Part> split_integers(std::string_view text, char separator) {
  std::vector<Part> parts;
  while (true) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view digits = text.substr(0, end);
    if (digits.empty() || digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), is_digit))
      return {};
    std::from_chars(digits.data(), digits.data() + end, parts.emplace_back(Part{0, end}).number);
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

int full_year(int year, std::size_t width) {
  if (width > 2) return year;
  return year < 30 ? 2000 + year : 1900 + year;
}

std::optional<TypedInput> as_date(const CivilTime& date, std::string pattern) {
  const auto serial = to_serial(date);
  if (!serial) return std::nullopt;
  return TypedInput{*serial, {}, NumberFormat{"DATE", std::move(pattern)}};
}

// "1 1/2": a whole number and a part of one. Without the whole number it is a date.
std::optional<TypedInput> parse_fraction(std::string_view text) {
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t gap = std::min(text.find(' '), text.size());
  const auto whole = parse_digits(text.substr(0, gap));
  const auto part = split_integers(trimmed(text.substr(gap)), '/');
  if (!whole || whole->decimals > 0 || whole->exponent || part.size() != 2 || part[1].number == 0)
    return std::nullopt;
  const double size = whole->number + static_cast<double>(part[0].number) / part[1].number;
  const char* pattern = part[1].width > 1 ? "# ?\?/??" : "# ?/?";  // "??/" would be a trigraph
  return TypedInput{negative ? -size : size, {}, NumberFormat{"NUMBER", pattern}};
}

// "1/31", "1-31", "12/2026".
std::optional<TypedInput> short_date(const std::vector<Part>& part, char separator, int this_year) {
  const Part first = part[0], second = part[1];
  if (second.width == 4)
    return as_date({.year = second.number, .month = first.number, .day = 1},
                   fmt::format("m{}yyyy", separator));
  if (second.width > 2 || this_year == kNoYear) return std::nullopt;
  return as_date({.year = this_year, .month = first.number, .day = second.number},
                 fmt::format("m{}d", separator));
}

// "2020-01-31", "2020/1/31", "1/31/2020", "1-31-20".
std::optional<TypedInput> full_date(const std::vector<Part>& part, char separator) {
  const auto number = [&](std::size_t i) { return part[i].number; };
  const auto width = [&](std::size_t i) { return part[i].width; };
  if (width(0) == 4) {
    const bool padded = width(1) == 2 && width(2) == 2;
    return as_date({.year = number(0), .month = number(1), .day = number(2)},
                   fmt::format("yyyy{0}{1}{0}{2}", separator, padded ? "mm" : "m", padded ? "dd" : "d"));
  }
  if (width(0) > 2 || width(1) > 2 || width(2) == 1 || width(2) == 3) return std::nullopt;
  return as_date({.year = full_year(number(2), width(2)), .month = number(0), .day = number(1)},
                 fmt::format("m{0}d{0}{1}", separator, width(2) > 2 ? "yyyy" : "yy"));
}

// 1 to 12 for "Dec", "sept" or "December"; 0 for anything else.
int month_named(std::string_view word) {
  const std::string folded = fold_case(word);
  if (folded == "sept") return 9;
  for (std::size_t i = 0; i < kMonthNames.size(); ++i) {
    const std::string name = fold_case(kMonthNames[i]);
    if (folded == name || folded == name.substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

// "Dec 31, 2026", "31 December 2026", "31-Dec-26", "Dec 31", "December 2026". The cell goes on showing what
// was typed: month, day and year in its order.
std::optional<TypedInput> parse_named_date(std::string_view text, int this_year) {
  CivilTime date;
  date.month = 0, date.day = 0, date.year = 0;
  std::string pattern;
  for (std::size_t i = 0; i < text.size();) {
    const auto same_kind = [&](bool (*kind)(char)) {
      std::size_t end = i;
      while (end < text.size() && kind(text[end]))
        ++end;
      return text.substr(i, end - i);
    };
    std::string_view token = same_kind(is_letter);
    if (!token.empty()) {
      if (date.month != 0) return std::nullopt;
      date.month = month_named(token);
      if (date.month == 0) return std::nullopt;
      pattern += token.size() == 3 || fold_case(token) == "sept" ? "mmm" : "mmmm";
    } else if (token = same_kind(is_digit); !token.empty()) {
      int number = 0;
      std::from_chars(token.data(), token.data() + token.size(), number);
      const bool is_year = token.size() == 4 || (date.day != 0 && date.month != 0 && token.size() == 2);
      if (token.size() > 4 || token.size() == 3 || (is_year ? date.year : date.day) != 0) return std::nullopt;
      (is_year ? date.year : date.day) = is_year ? full_year(number, token.size()) : number;
      pattern +=
          is_year ? (token.size() == 4 ? "yyyy" : "yy") : (token.size() == 2 && number < 10 ? "dd" : "d");
    } else {
      token = same_kind([](char c) { return c == ' ' || c == ',' || c == '-' || c == '/'; });
      const bool fits = token == " " || token == "-" || token == "/" || token == ", " || token == ",";
      if (!fits || pattern.empty() || i + token.size() == text.size()) return std::nullopt;
      pattern += token;
    }
    i += token.size();
  }
  if (date.month == 0 || (date.day == 0 && date.year == 0)) return std::nullopt;
  if (date.day == 0) date.day = 1;
  if (date.year == 0) date.year = this_year;
  return as_date(date, pattern);
}

std::optional<TypedInput> parse_date(std::string_view text, int this_year) {
  for (const char separator : {'-', '/'}) {
    const auto part = split_integers(text, separator);
    if (part.size() == 3) return full_date(part, separator);
    if (part.size() == 2 && part[0].width <= 2) return short_date(part, separator, this_year);
  }
  return parse_named_date(text, this_year);
}

// "10:30", "10:30:05", "2:05 PM", "2 pm": the fraction of a day. With more hours than
// a day has a duration: "36:30", "25:00:00".
std::optional<TypedInput> parse_time(std::string_view text) {
  int half_day = -1;
  const std::string folded = fold_case(text);
  if (folded.size() > 2 && (folded.ends_with("am") || folded.ends_with("pm"))) {
    half_day = folded[folded.size() - 2] == 'p' ? 12 : 0;
    text = trimmed(text.substr(0, text.size() - 2));
  }
  const auto part = split_integers(text, ':');
  if (part.empty() || part.size() > 3 || (part.size() == 1 && half_day < 0)) return std::nullopt;
  const int hour = part[0].number, minute = part.size() > 1 ? part[1].number : 0,
            second = part.size() > 2 ? part[2].number : 0;
  if (minute > 59 || second > 59 || (half_day >= 0 && (hour < 1 || hour > 12))) return std::nullopt;
  if (hour > 23) {
    const double seconds = (hour * 60.0 + minute) * 60.0 + second;
    return TypedInput{seconds / 86400.0, {}, NumberFormat{"TIME", "[h]:mm:ss"}};
  }
  CivilTime time;
  time.hour = half_day >= 0 ? hour % 12 + half_day : hour, time.minute = minute, time.second = second;
  const std::string pattern = std::string("h") + (part.size() > 1 ? ":mm" : "") +
                              (part.size() > 2 ? ":ss" : "") + (half_day >= 0 ? " am/pm" : "");
  return TypedInput{*to_serial(time), {}, NumberFormat{"TIME", pattern}};
}

std::optional<TypedInput> parse_date_time(std::string_view text, int this_year) {
  for (std::size_t gap = text.find(' '); gap != std::string_view::npos; gap = text.find(' ', gap + 1)) {
    const auto date = parse_date(text.substr(0, gap), this_year);
    const auto time = date ? parse_time(trimmed(text.substr(gap + 1))) : std::nullopt;
    if (!time || time->format->pattern.front() == '[') continue;
    return TypedInput{std::get<double>(date->value) + std::get<double>(time->value),
                      {},
                      NumberFormat{"DATE_TIME", date->format->pattern + " " + time->format->pattern}};
  }
  return std::nullopt;
}

}  // namespace

TypedInput parse_user_entered(std::string_view text, int this_year) {
  if (text.empty()) return {};
  if (text.front() == '\'') return {std::string(text.substr(1)), {}, {}};
  if (text.front() == '=' && text.size() > 1) return {{}, std::string(text), {}};
  const std::string_view typed = trimmed(text);
  const std::string folded = fold_case(typed);
  if (folded == "true" || folded == "false") return {folded == "true", {}, {}};
  if (const auto error = error_at_start(typed); error && typed == error_text(*error)) return {*error, {}, {}};
  if (typed.empty()) return {std::string(text), {}, {}};
  for (const auto parse : {parse_number, parse_fraction, parse_time}) {
    if (auto input = parse(typed)) return *input;
  }
  for (const auto parse : {parse_date, parse_date_time}) {
    if (auto input = parse(typed, this_year)) return *input;
  }
  if (typed.front() == '+' && typed.size() > 1) return {{}, '=' + std::string(typed), {}};
  return {std::string(text), {}, {}};
}

void enter(Cell& cell, const TypedInput& input) {
  if (!input.formula.empty()) {
    cell.set_formula(input.formula);
    return;
  }
  cell.set_value(input.value);
  if (input.format && !(cell.number_format() == *input.format))
    cell.change_detail([&](CellDetail& detail) { detail.number_format = *input.format; });
}

}  // namespace sheets::emulator
